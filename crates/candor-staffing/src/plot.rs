//! Pictures of results.
//!
//! Owns: bars as SVG. Must not know: what is measured.

use core::fmt::Write;

/// Bars in groups, one below the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// What the picture shows.
    pub title: String,
    /// What stands behind each number, such as ` %`.
    pub unit: String,
    /// A heading and its bars.
    pub groups: Vec<(String, Vec<(String, f64)>)>,
}

const WIDTH: f64 = 640.0;
const LABEL: f64 = 120.0;
const NUMBER: f64 = 80.0;
const ROW: f64 = 20.0;

impl Bars {
    /// A standing picture without scripts, readable on light and dark ground.
    pub fn svg(&self) -> String {
        let rows: usize = self.groups.iter().map(|(_, bars)| bars.len() + 2).sum();
        let height = ROW * (rows as f64 + 2.0);
        let all = self.groups.iter().flat_map(|(_, bars)| bars);
        let largest = all.map(|(_, value)| *value).fold(1e-9, f64::max);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
             font-family=\"sans-serif\" font-size=\"13\">\n<title>{0}</title>\n\
             <style>text{{fill:#222}}rect{{fill:#3a6b8c}}\
             @media (prefers-color-scheme: dark){{text{{fill:#eee}}rect{{fill:#7fb2d1}}}}</style>\n\
             <text x=\"0\" y=\"{ROW}\" font-weight=\"bold\">{0}</text>\n",
            escaped(&self.title)
        );
        let mut y = 2.5 * ROW;
        for (heading, bars) in &self.groups {
            line(&mut svg, 0.0, y, heading);
            y += ROW;
            for (name, value) in bars {
                self.bar(&mut svg, y, name, *value / largest, *value);
                y += ROW;
            }
            y += ROW;
        }
        svg.push_str("</svg>\n");
        svg
    }

    fn bar(&self, svg: &mut String, y: f64, name: &str, part: f64, value: f64) {
        let width = part.max(0.0) * (WIDTH - LABEL - NUMBER);
        line(svg, 12.0, y, name);
        let (top, height) = (y - 0.6 * ROW, 0.7 * ROW);
        let _ = writeln!(
            svg,
            "<rect x=\"{LABEL}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
        );
        line(
            svg,
            LABEL + width + 6.0,
            y,
            &format!("{value:.2}{}", self.unit),
        );
    }
}

fn line(svg: &mut String, x: f64, y: f64, text: &str) {
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\">{}</text>",
        escaped(text)
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_part_of_the_largest() {
        let bars = Bars {
            title: "Beans & <pine>".to_owned(),
            unit: " %".to_owned(),
            groups: vec![(
                "R1".to_owned(),
                vec![("fifo".to_owned(), 40.0), ("ours".to_owned(), 10.0)],
            )],
        };
        let svg = bars.svg();
        assert!(svg.contains("width=\"440.0\"") && svg.contains("width=\"110.0\""));
        assert!(svg.contains("Beans &amp; &lt;pine&gt;") && svg.contains("10.00 %"));
    }
}
