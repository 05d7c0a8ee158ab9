//! Markdown, the form in which replies are written.
//!
//! Owns: which Markdown we write and both of its readings. Must not know: mail headers.

use std::collections::HashMap;

use comrak::Options;

use crate::html::{CleanHtml, DisplayPolicy, RawHtml, RemoteImages};

/// The HTML of a reply. Raw HTML inside Markdown appears as the characters that were typed, line
/// breaks stay, and the sanitiser has the last word.
pub fn markdown_to_html(markdown: &str) -> CleanHtml {
    markdown_to_html_with(markdown, &[])
}

/// The same with pictures that travel in the mail, by their content ids.
pub(crate) fn markdown_to_html_with(markdown: &str, content_ids: &[&str]) -> CleanHtml {
    let policy = DisplayPolicy {
        remote_images: RemoteImages::Shown,
        inline_images: content_ids
            .iter()
            .map(|id| ((*id).to_owned(), format!("cid:{id}")))
            .collect(),
    };
    written(markdown, &policy)
}

/// The same for a page of ours: pictures that hang on the message are shown from the places given
/// by content id, pictures on other servers are left out.
#[expect(
    clippy::implicit_hasher,
    reason = "it becomes a field of DisplayPolicy"
)]
pub fn markdown_to_page(markdown: &str, places: HashMap<String, String>) -> CleanHtml {
    let policy = DisplayPolicy {
        remote_images: RemoteImages::Blocked,
        inline_images: places,
    };
    written(markdown, &policy)
}

fn written(markdown: &str, policy: &DisplayPolicy) -> CleanHtml {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.render.hardbreaks = true;
    options.render.escape = true;
    RawHtml::new(comrak::markdown_to_html(markdown, &options)).clean(policy)
}

/// The plain text of a reply. Markdown reads well as it stands, so only line ends are made equal
/// and blanks at line ends go.
pub fn markdown_to_text(markdown: &str) -> String {
    let text = markdown.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Text as HTML that shows the same characters.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_reads_well_both_ways() {
        let markdown = "Hello **Kim**,\r\nit left today:  \r\n\r\n- mug\r\n- kettle\r\n";
        assert_eq!(
            markdown_to_html(markdown).as_str(),
            "<p>Hello <strong>Kim</strong>,<br>\nit left today:</p>\n<ul>\n<li>mug</li>\n\
             <li>kettle</li>\n</ul>\n"
        );
        assert_eq!(
            markdown_to_text(markdown),
            "Hello **Kim**,\nit left today:\n\n- mug\n- kettle"
        );
    }

    #[test]
    fn a_page_shows_only_pictures_that_hang_on_the_message() {
        let places = HashMap::from([("mug".to_owned(), "/own/5".to_owned())]);
        let html = markdown_to_page("![a](cid:mug) ![b](https://x.example/b.png)", places);
        assert!(html.as_str().contains("src=\"/own/5\""), "{html}");
        assert!(!html.as_str().contains("x.example"), "{html}");
    }

    #[test]
    fn html_and_dangerous_links_in_markdown_are_harmless() {
        for markdown in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "[x]( \u{1}javascript:alert(1))",
            "[x](vbscript:x)",
            "![x](data:text/html;base64,AAAA)",
            "<javascript:alert(1)>",
            "[x][1]\n\n[1]: javascript:alert(1)",
            "[x](/logout)",
            "![t](https://x.example/a.png \"\\\" onerror=alert(1)\")",
        ] {
            let html = markdown_to_html(markdown);
            let html = html.as_str();
            let active = [
                "<script",
                "href=\"java",
                "href=\"vb",
                "src=\"data",
                "href=\"/",
                "\" onerror",
            ];
            assert!(
                !active.iter().any(|sign| html.contains(sign)),
                "{markdown}: {html}"
            );
        }
    }
}
