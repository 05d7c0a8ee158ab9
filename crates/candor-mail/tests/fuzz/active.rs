//! What a page must never show, read without the sanitiser's help.
//!
//! Owns: an own reading of the sanitiser's output that shares no code with it. Must not know: how
//! cleaning works.

const TAGS: &str = " a abbr address article aside b bdi bdo big blockquote br caption center cite \
    code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 \
    header hr i img ins kbd li main mark nav ol p pre q s samp section small span strike strong \
    sub sup table tbody td tfoot th thead time tr tt u ul var wbr ";
const ATTRIBUTES: &str = " align alt bgcolor border cellpadding cellspacing color colspan datetime \
    dir face height href lang nowrap rel rowspan size span src start style target title type \
    valign width ";

/// Everything in the output that a page must never show; empty when it is harmless.
pub(crate) fn active(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        let mut quoted = false;
        let end = tag
            .bytes()
            .position(|byte| {
                quoted ^= byte == b'"';
                byte == b'>' && !quoted
            })
            .unwrap_or(tag.len());
        let inner = tag[..end].trim_start_matches('/');
        let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
        if !TAGS.contains(&format!(" {name} ")) {
            found.push(format!("<{name}>"));
        }
        found.extend(active_attributes(attributes));
        rest = &tag[end..];
    }
    found
}

fn active_attributes(attributes: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = attributes;
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim();
        let (value, next) = after
            .strip_prefix('"')
            .and_then(|a| a.split_once('"'))
            .unwrap_or((after, ""));
        let value: String = value
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        let value = value.to_lowercase();
        let starts = |schemes: &[&str]| schemes.iter().any(|scheme| value.starts_with(scheme));
        let harmless = match name {
            "href" => starts(&["http:", "https:", "mailto:", "tel:"]),
            "src" => starts(&[
                "data:image/gif;",
                "data:image/png;",
                "data:image/jpeg;",
                "data:image/jpg;",
                "data:image/webp;",
                "/own/",
            ]),
            "style" => !["url", "expression", "@", "\\", "/*", "fixed", "javascript"]
                .iter()
                .any(|bad| value.contains(bad)),
            _ => ATTRIBUTES.contains(&format!(" {name} ")),
        };
        if !harmless {
            found.push(format!("{name}={value}"));
        }
        rest = next;
    }
    found
}
