//! Inline style without anything that loads, covers or computes.
//!
//! Owns: the properties and the shapes of values that survive. Must not know: elements.

/// Properties that colour, size, space and hide. `position`, `z-index`, `content`, `behavior`,
/// filters and everything unknown are out.
const PROPERTIES: &[&str] = &[
    "background",
    "background-color",
    "background-image",
    "background-position",
    "background-repeat",
    "background-size",
    "border-collapse",
    "border-radius",
    "border-spacing",
    "box-shadow",
    "box-sizing",
    "caption-side",
    "clear",
    "color",
    "direction",
    "display",
    "float",
    "font",
    "height",
    "letter-spacing",
    "line-height",
    "list-style",
    "list-style-type",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "opacity",
    "overflow",
    "overflow-wrap",
    "table-layout",
    "vertical-align",
    "visibility",
    "white-space",
    "width",
    "word-break",
    "word-spacing",
    "word-wrap",
];

/// Families of such properties.
const FAMILIES: &[&str] = &["border", "font-", "margin", "padding", "text-"];

/// Functions that only compute colours.
const FUNCTIONS: &[&str] = &[
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "linear-gradient",
    "radial-gradient",
];

/// The declarations that survive; `None` when none does.
pub(super) fn clean(style: &str) -> Option<String> {
    let kept: Vec<String> = style.split(';').filter_map(declaration).collect();
    (!kept.is_empty()).then(|| kept.join("; "))
}

/// Whether the element has a height by its style.
pub(super) fn says_height(style: &str) -> bool {
    style.split(';').any(|declaration| {
        let name = declaration.split(':').next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case("height")
    })
}

fn declaration(text: &str) -> Option<String> {
    let (property, value) = text.split_once(':')?;
    let property = property.trim().to_ascii_lowercase();
    let shown = if property == "background" {
        without_picture(value)
    } else {
        value.to_owned()
    };
    let (value, weight) = weighed(shown.trim());
    let known = PROPERTIES.contains(&property.as_str())
        || FAMILIES.iter().any(|family| property.starts_with(family));
    let plain = property
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b == b'-');
    (known && plain && is_harmless(value)).then(|| format!("{property}: {value}{weight}"))
}

/// A value and the word that makes it stronger than others.
fn weighed(value: &str) -> (&str, &'static str) {
    match value.rsplit_once('!') {
        Some((before, word)) if word.trim().eq_ignore_ascii_case("important") => {
            (before.trim_end(), " !important")
        }
        _ => (value, ""),
    }
}

/// A background keeps its colour when its picture goes. Whatever this leaves is judged like any other
/// value.
fn without_picture(value: &str) -> String {
    let lower = value.to_ascii_lowercase();
    let Some(start) = lower.find("url(") else {
        return value.to_owned();
    };
    let end = lower[start..]
        .find(')')
        .map_or(value.len(), |at| start + at + 1);
    format!(
        "{} {}",
        value[..start].trim_end(),
        value[end..].trim_start()
    )
}

/// A closed alphabet: no escapes, comments, at-rules, braces; quotes in pairs; only colour
/// functions.
fn is_harmless(value: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || " #%.,-+!'\"()_/\n\r\t".contains(c);
    if value.is_empty() || value.len() > 500 || !value.chars().all(allowed) {
        return false;
    }
    let lower = value.to_ascii_lowercase();
    let forbidden = [
        "//",
        "url",
        "expression",
        "import",
        "javascript",
        "fixed",
        "sticky",
        "absolute",
    ];
    if forbidden.iter().any(|word| lower.contains(word)) {
        return false;
    }
    let paired = |quote| value.matches(quote).count() % 2 == 0;
    let opened = value.matches('(').count();
    paired('"')
        && paired('\'')
        && opened == value.matches(')').count()
        && lower
            .match_indices('(')
            .all(|(at, _)| calls_colour(&lower[..at]))
}

fn calls_colour(before: &str) -> bool {
    let name = before
        .rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
        .next()
        .unwrap_or_default();
    FUNCTIONS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_spaces_stay() {
        assert_eq!(
            clean("COLOR: #1f497d; font-family:\"Segoe UI\",sans-serif;margin:0 0 1.2em"),
            Some("color: #1f497d; font-family: \"Segoe UI\",sans-serif; margin: 0 0 1.2em".into())
        );
        assert_eq!(
            clean("display:none !important;width:9px!IMPORTANT;height:x!import"),
            Some("display: none !important; width: 9px !important".into())
        );
        assert_eq!(
            clean("background:rgba(0, 0, 0, .5)"),
            Some("background: rgba(0, 0, 0, .5)".into())
        );
        assert_eq!(
            clean("font:14px/20px Arial;background:#eee url('http://x.example/a.png') repeat-x"),
            Some("font: 14px/20px Arial; background: #eee repeat-x".into())
        );
        assert_eq!(
            clean("background-image:linear-gradient(to right, #fff, rgb(0,0,0))"),
            Some("background-image: linear-gradient(to right, #fff, rgb(0,0,0))".into())
        );
    }

    #[test]
    fn what_loads_covers_or_computes_goes() {
        for style in [
            "background:url(http://x.example/a.png)",
            "background:u\\72l(//x)",
            "background:URL (x)",
            "background:uurl(x)rl(y)",
            "background:url(x) url(y)",
            "background-image:url(//x)",
            "background-image:linear-gradient(url(x))",
            "font:12px//x",
            "width:1px/*",
            "position:fixed;top:0;left:0",
            "width:expression(alert(1))",
            "color:red/*",
            "behavior:url(#x)",
            "-moz-binding:url(x)",
            "width:calc(100vw)",
            "background:image-set('x')",
            "@import 'x'",
            "color:var(--x)",
        ] {
            assert_eq!(clean(style), None, "{style}");
        }
    }
}
