//! HTML whose tags nest, made from any HTML.
//!
//! The HTML standard repairs broken nesting by re-opening elements again and again: 200 KB of
//! hostile tags keep a parser busy for half a minute. What leaves here opens and closes in order,
//! is nowhere deep and holds no element beside those that a mail needs, so that the tree behind it
//! is built in one pass.
//!
//! Owns: nesting and bounds. Must not know: which addresses and styles are harmless.

use super::mark;
use super::sheet::{Names, Sheet};
use super::tokens::{Token, Tokens};
use super::vocabulary::{
    ATTRIBUTES, BLOCKS, FORMATTING, LINE_ENDS, LINK, MAX_DEPTH, MAX_FORMATTING, PICTURE, SECTIONS,
    TAGS, VOID,
};

#[derive(Default)]
struct Normaliser {
    out: String,
    open: Vec<String>,
    /// The page's sheets, and what the open elements are called; nothing where there is no sheet.
    sheet: Sheet,
    named: Vec<Names>,
    /// The page's own element was written.
    begun: bool,
    /// The page's direction, where its outermost element says it.
    direction: String,
    formatting: usize,
    /// A preformatted block has just been opened.
    fresh_pre: bool,
    /// Marks of mail programs are written into the page.
    marks: bool,
}

/// The attribute under which a mark is written; no other attribute of this name comes through.
pub(super) const MARK: &str = "data-mark";

/// The same page with clean nesting. Time grows with the length alone.
pub(super) fn normalise(html: &str) -> String {
    let page = Normaliser {
        sheet: Sheet::of(html),
        ..Normaliser::default()
    };
    run(html, page)
}

/// The same page, with what mail programs say about its elements in [`MARK`].
pub(super) fn normalise_marked(html: &str) -> String {
    let page = Normaliser {
        marks: true,
        ..Normaliser::default()
    };
    run(html, page)
}

fn direction<'a>(attributes: &[(String, &'a str)]) -> Option<&'a str> {
    let found = attributes.iter().find(|(name, _)| name == "dir");
    found.map(|(_, value)| *value)
}

fn run(html: &str, mut page: Normaliser) -> String {
    page.out.reserve(html.len());
    for token in Tokens::of(html) {
        match token {
            Token::Text("<") => page.text("&lt;"),
            Token::Text(text) => page.text(text),
            Token::Open { name, attributes } => page.open(&name, &attributes),
            Token::Close { name } => page.close(&name),
            Token::Style(_) => {}
        }
    }
    page.close_to(0);
    page.out
}

impl Normaliser {
    /// Parsers drop one line end behind `<pre>` and move text between cells in front of the table;
    /// to come out the same when read again, such text has no line end to lose.
    fn text(&mut self, text: &str) {
        let between_cells = self.is_between_cells() && !text.trim().is_empty();
        if between_cells {
            self.trim_blank_tail();
        }
        let mut text = text;
        if self.fresh_pre || between_cells {
            while let Some(rest) = LINE_ENDS.iter().find_map(|end| text.strip_prefix(end)) {
                text = rest;
            }
        }
        self.fresh_pre &= text.is_empty();
        self.out.push_str(text);
    }

    /// An element that may not stand there can part a text in two: the white space that was written
    /// already is moved with the rest.
    fn trim_blank_tail(&mut self) {
        let tail = self.out.rfind('>').map_or(0, |at| at + 1);
        if self.out[tail..].trim().is_empty() {
            self.out.truncate(tail);
        }
    }

    fn is_between_cells(&self) -> bool {
        self.innermost("table").is_some_and(|table| {
            let cell = |open: &String| matches!(open.as_str(), "td" | "th" | "caption");
            !self.open[table..].iter().any(cell)
        })
    }

    fn open(&mut self, name: &str, attributes: &[(String, &str)]) {
        match name {
            "html" => direction(attributes)
                .unwrap_or_default()
                .clone_into(&mut self.direction),
            "body" => self.begin(attributes),
            _ => {}
        }
        if !TAGS.contains(&name) || !self.make_room(name) {
            return;
        }
        let void = VOID.contains(&name);
        let formats = FORMATTING.contains(&name);
        let full = self.open.len() >= MAX_DEPTH || formats && self.formatting >= MAX_FORMATTING;
        if full && !void {
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        if name == "a" {
            self.out.push_str(LINK);
        }
        let said = self.said(name, attributes, !void);
        self.attributes(name, attributes, &said);
        if self.marks
            && let Some(mark) = mark::of(name, attributes)
        {
            for piece in [" ", MARK, "=\"", mark.as_str(), "\""] {
                self.out.push_str(piece);
            }
        }
        self.out.push('>');
        self.fresh_pre = name == "pre";
        if !void {
            self.formatting += usize::from(formats);
            self.open.push(name.to_owned());
        }
    }

    /// What the sheets say to an element; one that stays open is around what follows.
    fn said(&mut self, name: &str, attributes: &[(String, &str)], stays: bool) -> String {
        if self.sheet.is_empty() {
            return String::new();
        }
        let names = Names::of(name, attributes);
        let said = self.sheet.style(&names, &self.named);
        if stays {
            self.named.push(names);
        }
        said
    }

    /// Writes the attributes that elements may have, what the sheets say before the element's own
    /// style.
    fn attributes(&mut self, name: &str, attributes: &[(String, &str)], said: &str) {
        let own = |wanted: &str| attributes.iter().find(|(key, _)| key == wanted);
        let said = said.replace('&', "&amp;");
        let mut style = match own("style") {
            Some((_, style)) if said.is_empty() => Some((*style).to_owned()),
            Some((_, style)) => Some(format!("{said}; {style}")),
            None => (!said.is_empty()).then_some(said),
        };
        if name == "img" {
            self.picture(&own, style.as_deref());
            return;
        }
        for (key, value) in attributes {
            if key == "style" {
                if let Some(style) = style.take() {
                    self.attribute(key, &style);
                }
            } else if ATTRIBUTES.contains(&key.as_str()) {
                self.attribute(key, value);
            }
        }
        if let Some(style) = style {
            self.attribute("style", &style);
        }
    }

    /// Whether a picture keeps its place depends on its words and its height; its address is written
    /// last, in an order that stays when the style goes.
    fn picture<'a>(
        &mut self,
        own: &dyn Fn(&str) -> Option<&'a (String, &'a str)>,
        style: Option<&str>,
    ) {
        self.attribute("alt", own("alt").map_or("", |(_, value)| value));
        for key in PICTURE {
            if let Some((_, value)) = own(key) {
                self.attribute(key, value);
            }
        }
        let src = own("src").map(|(_, value)| *value);
        for (key, value) in [("style", style), ("src", src)] {
            if let Some(value) = value {
                self.attribute(key, value);
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        for piece in [" ", name, "=\"", &value.replace('"', "&quot;"), "\""] {
            self.out.push_str(piece);
        }
    }

    /// The page's own colours, font and direction, on an element around everything.
    fn begin(&mut self, attributes: &[(String, &str)]) {
        if self.marks || std::mem::replace(&mut self.begun, true) || !self.open.is_empty() {
            return;
        }
        let mut around: Vec<(String, &str)> = Vec::new();
        let mut said = Vec::new();
        for (key, value) in attributes {
            let colour = value.trim();
            let number = colour.len() == 6 && colour.bytes().all(|b| b.is_ascii_hexdigit());
            let sign = if number { "#" } else { "" };
            match key.as_str() {
                "bgcolor" => said.push(format!("background-color: {sign}{colour}")),
                "text" => said.push(format!("color: {sign}{colour}")),
                "link" => self.sheet.links(&format!("{sign}{colour}")),
                "dir" | "lang" | "style" => around.push((key.clone(), value)),
                _ => {}
            }
        }
        let outer = std::mem::take(&mut self.direction);
        if direction(attributes).is_none() && !outer.is_empty() {
            around.push(("dir".to_owned(), &outer));
        }
        if !self.sheet.is_empty() {
            said.push(self.sheet.style(&Names::of("body", attributes), &[]));
        }
        said.retain(|one| !one.is_empty());
        if around.is_empty() && said.is_empty() {
            return;
        }
        self.out.push_str("<div");
        self.attributes("div", &around, &said.join("; "));
        self.out.push('>');
        self.open.push("div".to_owned());
        self.named.push(Names::default());
    }

    /// Closes what cannot hold the element; false when nothing can.
    fn make_room(&mut self, name: &str) -> bool {
        match name {
            "td" | "th" => self.close_to_parent(&[SECTIONS, &["tr", "table"]].concat()),
            "tr" => self.close_to_parent(&[SECTIONS, &["table"]].concat()),
            "caption" | "colgroup" | "tbody" | "thead" | "tfoot" => {
                self.close_to_parent(&["table"])
            }
            "col" => self.close_to_parent(&["colgroup", "table"]),
            _ => {
                let fits = self.fits_table(name);
                if fits {
                    self.close_open_kin(name);
                }
                fits
            }
        }
    }

    /// Closes down to the nearest of these parents inside the innermost table.
    fn close_to_parent(&mut self, parents: &[&str]) -> bool {
        let parent = self.innermost("table").and_then(|table| {
            (table..self.open.len())
                .rev()
                .find(|&at| parents.contains(&self.open[at].as_str()))
        });
        if let Some(at) = parent {
            self.close_to(at + 1);
        }
        parent.is_some()
    }

    /// Between a table and its cells stands nothing else: the standard would move it in front. A
    /// table there ends the outer one.
    fn fits_table(&mut self, name: &str) -> bool {
        if !self.is_between_cells() {
            return true;
        }
        if name == "table" {
            let outer = self.innermost("table").unwrap_or_default();
            self.close_to(outer);
            return true;
        }
        VOID.contains(&name)
    }

    /// Ends what a new element of this kind ends: a paragraph before a block, an item before the
    /// next one, a link before the next one.
    fn close_open_kin(&mut self, name: &str) {
        let kin: &[&str] = match name {
            "li" => &["li"],
            "dd" | "dt" => &["dd", "dt"],
            "a" => &["a"],
            _ => &[],
        };
        let borders: &[&str] = match name {
            "li" => &["ul", "ol", "td", "th", "caption"],
            "dd" | "dt" => &["dl", "td", "th", "caption"],
            _ => &["td", "th", "caption"],
        };
        self.close_within(kin, borders);
        if BLOCKS.contains(&name) {
            self.close_within(&["p"], &["td", "th", "caption", "table"]);
        }
        if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            let headings = &["h1", "h2", "h3", "h4", "h5", "h6"];
            self.close_within(headings, &["td", "th", "caption", "table", "div", "li"]);
        }
    }

    fn close_within(&mut self, kin: &[&str], borders: &[&str]) {
        for at in (0..self.open.len()).rev() {
            let open = self.open[at].as_str();
            if kin.contains(&open) {
                self.close_to(at);
                return;
            }
            if borders.contains(&open) {
                return;
            }
        }
    }

    fn close(&mut self, name: &str) {
        // Cells and tables keep stray closing tags of their content inside.
        let is_frame =
            matches!(name, "table" | "tr" | "td" | "th" | "caption") || SECTIONS.contains(&name);
        for at in (0..self.open.len()).rev() {
            let open = self.open[at].as_str();
            if open == name {
                self.close_to(at);
                return;
            }
            if matches!(open, "td" | "th" | "caption") && !is_frame || open == "table" {
                return;
            }
        }
        if name == "br" {
            self.out.push_str("<br>");
        }
    }

    fn close_to(&mut self, length: usize) {
        while self.open.len() > length {
            if let Some(name) = self.open.pop() {
                self.named.truncate(self.open.len());
                self.formatting -= usize::from(FORMATTING.contains(&name.as_str()));
                self.out.push_str("</");
                self.out.push_str(&name);
                self.out.push('>');
            }
        }
    }

    fn innermost(&self, name: &str) -> Option<usize> {
        self.open.iter().rposition(|open| open == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_open_and_close_in_order() {
        for (html, expected) in [
            ("<p>a<p>b", "<p>a</p><p>b</p>"),
            ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
            ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
            (
                "<table><tr><td>a<td>b<tr><td>c</table>",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            ),
            ("<td>x</td></div>y", "xy"),
            ("<form><input><svg><b>x</form>", "<b>x</b>"),
            (
                "<img src=a\" onx\"y=1 alt='\"'>",
                "<img alt=\"&quot;\" src=\"a&quot;\">",
            ),
            ("1 < 2", "1 &lt; 2"),
        ] {
            assert_eq!(normalise(html), expected, "{html}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = normalise(&"<div>".repeat(5_000));
        assert_eq!(deep.matches("<div>").count(), MAX_DEPTH);
        let formatted = normalise(&"<font size=1><i>".repeat(5_000));
        assert_eq!(
            formatted.matches("<font").count() + formatted.matches("<i>").count(),
            MAX_FORMATTING
        );
    }
}
