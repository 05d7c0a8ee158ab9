//! What staff wrote in Markdown, as HTML inside a page of ours.
//!
//! Owns: the one way by which HTML that began as somebody's text reaches a page unescaped. Must not
//! know: who wrote it. Why this is allowed at all: `docs/decisions/0007`.
//!
//! Three walls stand in a row: what was typed is escaped before the Markdown is read, so no tag of
//! it survives; what the Markdown became passes the sanitiser for mails; and the policy of the page
//! runs no script and loads nothing from elsewhere.

use askama::filters::HtmlSafe;
use candor_desk::ticket::page_html;
use candor_domain::message::Attachment;
use std::fmt;

/// HTML that may stand in a page. Nothing but [`written`] makes one.
#[derive(Debug, Clone)]
pub(crate) struct WrittenHtml(String);

impl HtmlSafe for WrittenHtml {}

impl fmt::Display for WrittenHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Turns Markdown of staff into HTML. `place` says where an attached picture is served.
pub(crate) fn written(
    markdown: &str,
    files: &[Attachment],
    place: impl Fn(&Attachment) -> String,
) -> WrittenHtml {
    WrittenHtml(page_html(markdown, files, place).as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::written;
    use std::fs;
    use std::path::Path;

    fn shown(markdown: &str) -> String {
        written(markdown, &[], |_| String::new()).to_string()
    }

    #[test]
    fn formatting_is_shown() {
        let html = shown("**Today**, see [us](https://shop.example/a)\n\n- one\n- two\n\n> said");
        for part in [
            "<strong>Today</strong>",
            "<li>one</li>",
            "<blockquote>",
            "https://shop.example/a",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn nothing_that_was_typed_is_read_as_html() {
        for typed in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<iframe src=//x.example></iframe>",
            "<form action=//x.example><input name=a></form>",
            "<a href=# onclick=alert(1)>x</a>",
            "<base href=//x.example>",
            "<meta http-equiv=refresh content=0>",
            "<style>*{display:none}</style>",
            "<div id=composer hx-get=/x hx-trigger=load>",
            "**<b id=x onmouseover=alert(1)>**",
            "`<script>`",
            "| <td onclick=x> |\n|---|\n| <script> |",
            "&lt;script&gt;",
        ] {
            let html = shown(typed);
            for tag in [
                "<script", "<img", "<svg", "<iframe", "<form", "<input", "<base", "<meta",
                "<style", "<div", "<b ",
            ] {
                assert!(!html.contains(tag), "{typed}: {html}");
            }
        }
    }

    #[test]
    fn links_lead_to_the_web_and_do_nothing_else() {
        for typed in [
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](java\tscript:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "[x](data:text/html;base64,AAAA)",
            "[x](vbscript:x)",
            "[x](/logout)",
            "[x](//x.example/y)",
            "<javascript:alert(1)>",
            "![x](javascript:alert(1))",
            "![x](https://x.example/pixel.png)",
            "[x](https://x.example/ \"\\\" onclick=alert(1) x=\")",
        ] {
            let html = shown(typed).to_lowercase();
            for sign in [
                "href=\"j",
                "href=\"d",
                "href=\"v",
                "href=\"/",
                "src=\"h",
                "src=\"j",
                "src=\"/",
                "\" onclick",
            ] {
                assert!(!html.contains(sign), "{typed}: {html}");
            }
        }
    }

    #[test]
    fn marks_of_ours_cannot_be_forged() {
        let html = shown("text {.btn} [x]{#composer} <!-- hx-on:click --> {{ 7 * 7 }}");
        for mark in ["class=", "id=", "hx-", "data-", "style="] {
            assert!(!html.replace("&lt;!-- hx-on", "").contains(mark), "{html}");
        }
    }

    #[test]
    fn one_template_alone_prints_unescaped_text_and_it_is_the_mail_frame() {
        let mut unescaped = Vec::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if fs::read_to_string(&path).unwrap().contains("|safe") {
                    unescaped.push(path.file_name().unwrap().to_owned());
                }
            }
        }
        assert_eq!(unescaped, ["mail.html"]);
    }
}
