//! The elements and attributes that mails need, by what they do to the nesting.
//!
//! Owns: the lists and the bounds. Must not know: how they are applied.

/// Elements that lay text out. Nothing that submits, embeds, redirects or names.
pub(super) const TAGS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

pub(super) const VOID: &[&str] = &["br", "col", "hr", "img", "wbr"];

/// Elements that the standard re-opens after a break in the nesting.
pub(super) const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements that end an open paragraph.
pub(super) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

pub(super) const SECTIONS: &[&str] = &["tbody", "thead", "tfoot"];

/// What every link says; its own `rel` and `target` are dropped.
pub(super) const LINK: &str = " rel=\"noopener noreferrer nofollow ugc\" target=\"_blank\"";

/// Attributes that any element may keep.
pub(super) const ATTRIBUTES: &[&str] = &[
    "align",
    "alt",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "color",
    "colspan",
    "datetime",
    "dir",
    "face",
    "height",
    "href",
    "lang",
    "nowrap",
    "rowspan",
    "size",
    "span",
    "src",
    "start",
    "style",
    "title",
    "type",
    "valign",
    "width",
];

/// Those of a picture, beside its words, style and address.
pub(super) const PICTURE: &[&str] = &["align", "border", "dir", "height", "lang", "title", "width"];

/// Open elements at once; mails of real programs stay below 150.
pub(super) const MAX_DEPTH: usize = 200;
pub(super) const MAX_FORMATTING: usize = 24;

/// Line ends as they stand in a page.
pub(super) const LINE_ENDS: &[&str] =
    &["\n", "\r", "&#10;", "&#13;", "&#xa;", "&#xA;", "&NewLine;"];
