//! Style sheets inside a mail, written into its elements.
//!
//! Senders of newsletters and of order mails style by class. No sheet of a mail is ever served: what
//! its simple rules say to an element becomes part of the element's own style.
//!
//! Owns: reading rules, finding those of an element, the order in which they count, bounds. Must not
//! know: which declarations are harmless, nesting.

use std::collections::HashMap;

use super::style;
use super::tokens::{Token, Tokens};

/// Sheets beyond this length are left out.
const MAX_SHEET: usize = 256 * 1024;
/// Rules that are kept; programs write some hundred.
const MAX_RULES: usize = 2_000;
/// Rules that begin their search at one class or element.
const MAX_PER_KEY: usize = 100;
/// Parts of one selector (`.footer td a` has three).
const MAX_PARTS: usize = 4;
/// Classes of one element or one part of a selector.
const MAX_CLASSES: usize = 8;
/// Bytes that one rule may say.
const MAX_SAID: usize = 2_000;
/// Comparisons for one page. A page of a real program takes a hundredth of it.
const MAX_WORK: usize = 2_000_000;
/// Bytes that sheets may add to one page.
const MAX_ADDED: usize = 512 * 1024;

/// The names under which rules find an element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    tag: String,
    id: String,
    classes: Vec<String>,
}

/// The rules of all sheets of a page, and what may still be spent on them.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    by_key: HashMap<String, Vec<usize>>,
    work: usize,
    added: usize,
}

#[derive(Debug)]
struct Rule {
    /// From the outside to the inside; the last is the element itself.
    parts: Vec<Names>,
    declarations: String,
    /// Identities, classes, elements: the more of the former, the stronger.
    weight: (usize, usize, usize),
}

impl Names {
    /// Of a tag with its attributes, whose names are in lower case.
    pub(super) fn of(tag: &str, attributes: &[(String, &str)]) -> Self {
        let value = |name: &str| {
            let found = attributes.iter().find(|(key, _)| key == name);
            found.map_or("", |(_, value)| value)
        };
        Self {
            tag: tag.to_owned(),
            id: value("id").trim().to_owned(),
            classes: value("class")
                .split_ascii_whitespace()
                .take(MAX_CLASSES)
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Reads `td.head.wide#top`; `None` for anything beyond names.
    fn parse(text: &str) -> Option<Self> {
        let mut names = Self::default();
        let text = text.strip_suffix(":link").unwrap_or(text);
        let mut rest = text;
        while !rest.is_empty() {
            let (kind, from) = match rest.as_bytes()[0] {
                b'.' => ('.', 1),
                b'#' => ('#', 1),
                _ => ('t', 0),
            };
            let end = rest[from..]
                .find(['.', '#'])
                .map_or(rest.len(), |at| from + at);
            let name = &rest[from..end];
            let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
            if name.is_empty() || !name.chars().all(plain) {
                return None;
            }
            match kind {
                '.' => names.classes.push(name.to_owned()),
                '#' => name.clone_into(&mut names.id),
                _ => names.tag = name.to_ascii_lowercase(),
            }
            rest = &rest[end..];
        }
        (names.classes.len() <= MAX_CLASSES).then_some(names)
    }

    fn is_page(&self) -> bool {
        matches!(self.tag.as_str(), "html" | "body")
    }

    /// Whether an element with these names carries all of ours.
    fn fits(&self, element: &Self) -> bool {
        (self.tag.is_empty() || self.tag == element.tag)
            && (self.id.is_empty() || self.id == element.id)
            && self
                .classes
                .iter()
                .all(|class| element.classes.contains(class))
    }

    /// Where a search for the rules of an element begins.
    fn key(&self) -> String {
        match self.classes.last() {
            Some(class) => format!(".{class}"),
            None if !self.id.is_empty() => format!("#{}", self.id),
            None => self.tag.clone(),
        }
    }

    fn keys(&self) -> impl Iterator<Item = String> {
        let classes = self.classes.iter().map(|class| format!(".{class}"));
        let id = (!self.id.is_empty()).then(|| format!("#{}", self.id));
        classes.chain(id).chain([self.tag.clone()])
    }
}

impl Sheet {
    /// Reads all sheets of a page.
    pub(super) fn of(html: &str) -> Self {
        let mut sheet = Self {
            work: MAX_WORK,
            added: MAX_ADDED,
            ..Self::default()
        };
        let has_sheet = |six: &[u8]| six.eq_ignore_ascii_case(b"<style");
        if html.as_bytes().windows(6).any(has_sheet) {
            let mut left = MAX_SHEET;
            for token in Tokens::of(html) {
                if let Token::Style(text) = token
                    && text.len() <= left
                {
                    left -= text.len();
                    sheet.read(&without_comments(text), true);
                }
            }
        }
        sheet
    }

    /// Whether there is anything to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The colour of links that the page's own element names; any rule is stronger.
    pub(super) fn links(&mut self, colour: &str) {
        if let Some(declarations) = style::clean(&format!("color: {colour}")) {
            self.by_key
                .entry("a".to_owned())
                .or_default()
                .push(self.rules.len());
            self.rules.push(Rule {
                parts: vec![Names::of("a", &[])],
                declarations,
                weight: (0, 0, 0),
            });
        }
    }

    /// What the sheets say to an element inside these others, the weakest first; empty when nothing.
    pub(super) fn style(&mut self, element: &Names, around: &[Names]) -> String {
        let mut found: Vec<usize> = Vec::new();
        for key in element.keys() {
            for &at in self.by_key.get(&key).map(Vec::as_slice).unwrap_or_default() {
                let Some(left) = self.work.checked_sub(1 + around.len()) else {
                    return String::new();
                };
                self.work = left;
                if self.rules[at].fits(element, around) {
                    found.push(at);
                }
            }
        }
        found.sort_unstable_by_key(|&at| (self.rules[at].weight, at));
        found.dedup();
        let said = || found.iter().map(|&at| self.rules[at].declarations.as_str());
        let Some(left) = self.added.checked_sub(said().map(str::len).sum()) else {
            // No page of a real program comes here; the rest of this one has no sheet.
            self.work = 0;
            return String::new();
        };
        let style = said().collect::<Vec<_>>().join("; ");
        self.added = left;
        style
    }

    /// Reads rules; those inside of `@media` once, because nobody nests them.
    fn read(&mut self, css: &str, outside: bool) {
        let mut rest = css;
        while let Some((prelude, behind)) = rest.split_once('{') {
            // `@import` and `@charset` have no block.
            let prelude = prelude.rsplit(';').next().unwrap_or_default().trim();
            if prelude.starts_with('@') {
                let (inner, after) = block(behind);
                if outside && is_for_screens(prelude) {
                    self.read(inner, false);
                }
                rest = after;
                continue;
            }
            let (declarations, after) = behind.split_once('}').unwrap_or((behind, ""));
            self.add(prelude, declarations);
            rest = after;
        }
    }

    fn add(&mut self, selectors: &str, declarations: &str) {
        let declarations = style::clean(declarations);
        let Some(declarations) = declarations.filter(|text| text.len() <= MAX_SAID) else {
            return;
        };
        for selector in selectors.split(',') {
            let parts: Option<Vec<Names>> = selector
                .split_ascii_whitespace()
                .map(Names::parse)
                .collect();
            let Some(mut parts) = parts.filter(|parts| !parts.is_empty()) else {
                continue;
            };
            // The page's own element is around everything.
            let last = parts.pop().unwrap_or_default();
            parts.retain(|part| !part.is_page());
            parts.push(last);
            if parts.len() > MAX_PARTS || self.rules.len() >= MAX_RULES {
                continue;
            }
            let key = parts.last().map(Names::key).unwrap_or_default();
            let same = self.by_key.entry(key).or_default();
            if same.len() < MAX_PER_KEY {
                same.push(self.rules.len());
                self.rules.push(Rule {
                    weight: weight(&parts),
                    parts,
                    declarations: declarations.clone(),
                });
            }
        }
    }
}

impl Rule {
    /// The element itself, then the nearest that fits for each part around it.
    fn fits(&self, element: &Names, around: &[Names]) -> bool {
        let mut parts = self.parts.iter().rev();
        if !parts.next().is_some_and(|own| own.fits(element)) {
            return false;
        }
        let mut outer = around.iter().rev();
        parts.all(|part| outer.any(|element| part.fits(element)))
    }
}

/// [CSS Selectors, section 17](https://www.w3.org/TR/selectors-4/#specificity-rules).
fn weight(parts: &[Names]) -> (usize, usize, usize) {
    parts.iter().fold((0, 0, 0), |(ids, classes, tags), part| {
        (
            ids + usize::from(!part.id.is_empty()),
            classes + part.classes.len(),
            tags + usize::from(!part.tag.is_empty()),
        )
    })
}

/// Only what holds for every screen; a width or a darkness is not known here.
fn is_for_screens(prelude: &str) -> bool {
    let words = prelude.to_ascii_lowercase();
    let media = words.strip_prefix("@media").unwrap_or("none").trim();
    matches!(media, "" | "all" | "screen" | "only screen")
}

/// What stands before the brace that closes a block, and what behind it.
fn block(text: &str) -> (&str, &str) {
    let mut depth = 1;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&text[..at], &text[at + 1..]);
        }
    }
    (text, "")
}

/// Without comments, and without the marks that hide a sheet from programs of the last century.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("/*") {
        out.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace("<!--", " ").replace("-->", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Names {
        Names::parse(text).unwrap()
    }

    fn said(css: &str, element: &str, around: &[&str]) -> String {
        let around: Vec<Names> = around.iter().map(|text| names(text)).collect();
        Sheet::of(&format!("<style>{css}</style>")).style(&names(element), &around)
    }

    #[test]
    fn rules_find_elements_by_name_class_and_what_is_around() {
        for (css, element, around, expected) in [
            ("td{color:red}", "td", &[][..], "color: red"),
            ("TD , .x{color:red}", "p.x", &[], "color: red"),
            ("td.x.y{color:red}", "td.y.x", &[], "color: red"),
            ("td.x.y{color:red}", "td.x", &[], ""),
            (
                "body .f a:link{color:red}",
                "a",
                &["table", "td.f", "p"],
                "color: red",
            ),
            (".f a{color:red}", "a", &["td.g"], ""),
            ("#top p{color:red}", "p", &["div#top"], "color: red"),
            ("a:hover,p>b,*{color:red}", "a", &[], ""),
            ("/* .x{ */.y{color:red}<!-- -->", "p.y", &[], "color: red"),
        ] {
            assert_eq!(said(css, element, around), expected, "{css}");
        }
    }

    #[test]
    fn the_stronger_rule_stands_last() {
        let css = "p.x{color:red} p{color:blue} .x{color:green;position:fixed}";
        let expected = "color: blue; color: green; color: red";
        assert_eq!(said(css, "p.x", &[]), expected);
    }

    #[test]
    fn only_what_holds_for_every_screen_counts() {
        let css = "@import url(//x);@media only screen{p{color:red}}\
            @media (max-width:600px){p{color:blue}}@media (prefers-color-scheme:dark){p{color:green}}\
            @font-face{src:url(x)}p{margin:0}";
        assert_eq!(said(css, "p", &[]), "color: red; margin: 0");
    }

    #[test]
    fn a_sheet_made_to_keep_us_busy_ends() {
        let many = ".a .b .c{color:red}".repeat(20_000);
        let mut sheet = Sheet::of(&format!("<style>{}</style>", &many[..200_000]));
        let around = vec![names("div.a"); 200];
        for _ in 0..100_000 {
            sheet.style(&names("p.c"), &around);
        }
        assert!(sheet.style(&names("p.c"), &around).is_empty());
        for css in ["@media screen{", "a{b", "{{{{", "}}}", "@", "/*"] {
            said(css, "a", &[]);
        }
    }
}
