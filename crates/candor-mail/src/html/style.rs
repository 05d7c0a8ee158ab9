//! Inline style without anything that loads, covers or computes.
//!
//! Owns: the properties and the shapes of values that survive. Must not know: elements.

/// Properties that colour, size and space text. `position`, `z-index`, `content`, `behavior`,
/// filters and everything unknown are out.
const PROPERTIES: &[&str] = &[
    "background",
    "background-color",
    "border-collapse",
    "border-radius",
    "border-spacing",
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
    "overflow-wrap",
    "table-layout",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-spacing",
    "word-wrap",
];

/// Families of such properties.
const FAMILIES: &[&str] = &["border", "font-", "margin", "padding", "text-"];

/// Functions that only compute a colour or a length.
const FUNCTIONS: &[&str] = &["rgb", "rgba", "hsl", "hsla"];

/// The declarations that survive; `None` when none does.
pub(super) fn clean(style: &str) -> Option<String> {
    let kept: Vec<String> = style.split(';').filter_map(declaration).collect();
    (!kept.is_empty()).then(|| kept.join("; "))
}

fn declaration(text: &str) -> Option<String> {
    let (property, value) = text.split_once(':')?;
    let property = property.trim().to_ascii_lowercase();
    let value = value.trim();
    let known = PROPERTIES.contains(&property.as_str())
        || FAMILIES.iter().any(|family| property.starts_with(family));
    let plain = property
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b == b'-');
    (known && plain && is_harmless(value)).then(|| format!("{property}: {value}"))
}

/// A closed alphabet: no escapes, comments, at-rules, braces; quotes in pairs; only colour
/// functions.
fn is_harmless(value: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || " #%.,-+!'\"()_".contains(c);
    if value.is_empty() || value.len() > 500 || !value.chars().all(allowed) {
        return false;
    }
    let lower = value.to_ascii_lowercase();
    let forbidden = [
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
            clean("background:rgba(0, 0, 0, .5)"),
            Some("background: rgba(0, 0, 0, .5)".into())
        );
    }

    #[test]
    fn what_loads_covers_or_computes_goes() {
        for style in [
            "background:url(http://x.example/a.png)",
            "background:u\\72l(//x)",
            "background:URL (x)",
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
