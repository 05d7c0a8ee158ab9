//! The sanitiser's rules.
//!
//! Owns: which elements, attributes and addresses survive. Must not know: who looks at the result.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::markdown::escape;

use super::normalise::normalise;
use super::vocabulary::TAGS;
use super::{CleanHtml, DisplayPolicy, MAX_BYTES, RemoteImages, style, text};

/// Elements that go with everything inside them.
const CLEARED: &[&str] = &[
    "script", "style", "title", "svg", "math", "template", "iframe", "frame", "frameset", "object",
    "embed", "applet", "noembed", "noframes", "noscript", "select", "option", "textarea", "audio",
    "video", "canvas", "xml",
];

const GENERAL: &[&str] = &[
    "align", "bgcolor", "dir", "lang", "style", "title", "valign",
];
const SIZES: &[&str] = &["width", "height"];
const TABLE: &[&str] = &["border", "cellpadding", "cellspacing", "width", "height"];
const CELL: &[&str] = &["colspan", "rowspan", "width", "height", "nowrap"];

/// An empty picture: the layout stays, nothing is loaded. The page's rule for pictures that are wider
/// than it knows those of one dot by their first letters.
const PLACEHOLDER: &str =
    "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

pub(super) fn clean(html: &str, policy: &DisplayPolicy) -> CleanHtml {
    if html.len() > MAX_BYTES {
        return CleanHtml {
            html: escape(&text::without_tags(html)).replace('\n', "<br>"),
            blocked_images: 0,
        };
    }
    let page = Page {
        policy: policy.clone(),
        ..Page::default()
    };
    PAGE.with(|at| at.replace(page));
    let html = RULES.clean(&normalise(html)).to_string();
    CleanHtml {
        // A reference such as `&#13;` stands in the text as itself; a browser reads it as a line feed.
        html: html.replace("\r\n", "\n").replace('\r', "\n"),
        blocked_images: PAGE.take().blocked,
    }
}

/// The page that this thread cleans.
#[derive(Default)]
struct Page {
    policy: DisplayPolicy,
    blocked: usize,
    /// Of the picture that is under way; the normaliser writes its address last.
    alt: bool,
    height: bool,
}

thread_local! {
    // The filter must be `'static`, and building the rules costs more than cleaning a short reply.
    static PAGE: RefCell<Page> = RefCell::default();
}

static RULES: LazyLock<Builder<'static>> = LazyLock::new(rules);

fn filtered<'a>(element: &str, attribute: &str, value: &'a str) -> Option<Cow<'a, str>> {
    if element == "img" {
        PAGE.with_borrow_mut(|page| match attribute {
            "alt" => (page.alt, page.height) = (!value.trim().is_empty(), false),
            "height" => page.height = true,
            "style" => page.height |= style::says_height(value),
            _ => {}
        });
    }
    match attribute {
        "src" => PAGE.with_borrow_mut(|page| picture(value, page)),
        "href" => link(value),
        "style" => style::clean(value).map(Cow::Owned),
        _ => Some(Cow::Borrowed(value)),
    }
}

fn rules() -> Builder<'static> {
    let set = |items: &[&'static str]| items.iter().copied().collect::<HashSet<_>>();
    let attributes = HashMap::from([
        // The normaliser writes the last two itself, and alone.
        ("a", set(&["href", "rel", "target"])),
        ("img", set(&["src", "alt", "width", "height", "border"])),
        ("table", set(TABLE)),
        ("td", set(CELL)),
        ("th", set(CELL)),
        ("tr", set(SIZES)),
        ("col", set(&["span", "width"])),
        ("colgroup", set(&["span", "width"])),
        ("font", set(&["color", "face", "size"])),
        ("hr", set(&["width", "size", "color"])),
        ("ol", set(&["start", "type"])),
        ("ul", set(&["type"])),
        ("blockquote", set(&["type"])),
        ("time", set(&["datetime"])),
    ]);
    let mut builder = Builder::empty();
    builder
        .tags(set(TAGS))
        .clean_content_tags(set(CLEARED))
        .generic_attributes(set(GENERAL))
        .tag_attributes(attributes)
        .url_schemes(set(&["http", "https", "mailto", "tel", "cid", "data"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(filtered);
    builder
}

/// Only absolute addresses: a relative one would lead into the desk.
fn link(value: &str) -> Option<Cow<'_, str>> {
    let value = value.trim();
    has_scheme(value, &["http:", "https:", "mailto:", "tel:"]).then_some(Cow::Borrowed(value))
}

fn picture<'a>(value: &'a str, page: &mut Page) -> Option<Cow<'a, str>> {
    let (value, policy) = (value.trim(), &page.policy);
    if policy.inline_images.values().any(|place| place == value) {
        return Some(Cow::Borrowed(value));
    }
    if has_scheme(value, &["cid:"]) {
        let content_id = value[4..].trim_matches(['<', '>']);
        let place = policy.inline_images.get(content_id);
        return place.map(|place| Cow::Owned(place.clone()));
    }
    if has_scheme(value, &["data:"]) {
        return is_plain_picture(value).then_some(Cow::Borrowed(value));
    }
    let is_remote = has_scheme(value, &["http:", "https:"]) || value.starts_with("//");
    if is_remote && policy.remote_images == RemoteImages::Shown {
        return Some(match value.strip_prefix("//") {
            Some(rest) => Cow::Owned(format!("https://{rest}")),
            None => Cow::Borrowed(value),
        });
    }
    page.blocked += usize::from(is_remote);
    // A browser shows the words of a picture without an address.
    (is_remote && !page.alt && page.height).then_some(Cow::Borrowed(PLACEHOLDER))
}

fn is_plain_picture(value: &str) -> bool {
    ["png", "jpeg", "jpg", "gif", "webp"]
        .iter()
        .any(|kind| has_scheme(value, &[&format!("data:image/{kind};base64,")]))
}

fn has_scheme(value: &str, schemes: &[&str]) -> bool {
    schemes.iter().any(|scheme| {
        value
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}
