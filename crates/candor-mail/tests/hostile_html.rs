//! Hostile HTML comes out harmless.
//!
//! Owns: the payloads and tricks. Must not know: how cleaning works.

#[path = "fuzz/active.rs"]
mod active;

use std::collections::HashMap;
use std::path::Path;

use candor_mail::{CleanHtml, DisplayPolicy, RawHtml, RemoteImages, parse};
use proptest::prelude::*;

use active::active;

fn clean(html: &str) -> CleanHtml {
    RawHtml::new(html).clean(&DisplayPolicy::default())
}

#[test]
fn every_known_payload_is_harmless() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sanitize");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let message = parse(&std::fs::read(&path).unwrap()).message;
        let html = message.html.expect("every payload is an HTML mail");
        for remote_images in [RemoteImages::Blocked, RemoteImages::Shown] {
            let policy = DisplayPolicy {
                remote_images,
                ..DisplayPolicy::default()
            };
            let cleaned = html.clean(&policy);
            let shown = cleaned.as_str().replace("src=\"http", "src=\"/own/http");
            assert_eq!(
                active(&shown),
                Vec::<String>::new(),
                "{}: {shown}",
                path.display()
            );
        }
        seen += 1;
    }
    assert!(seen >= 50, "only {seen} payloads");
}

#[test]
fn the_reading_itself_sees_what_is_active() {
    for html in [
        "<script>x</script>",
        "<img src=\"/logout\">",
        "<a href=\"java\tscript:x\">y</a>",
        "<p onclick=\"x\">y</p>",
        "<p style=\"background:url(x)\">y</p>",
        "<p id=\"x\">y</p>",
    ] {
        assert_ne!(active(html), Vec::<String>::new(), "{html}");
    }
}

#[test]
fn dangerous_schemes_are_gone_in_every_spelling() {
    for scheme in [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "\tjavascript:alert(1)",
        "java\nscript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A&#x61vascript:alert(1)",
        "\u{1}javascript:alert(1)",
        "\u{200b}javascript:alert(1)",
        "\0javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>1</script>",
        "file:///etc/passwd",
        "/tickets/1/closure",
        "//x.example",
        "#top",
    ] {
        let html = clean(&format!("<a href=\"{scheme}\">x</a><img src=\"{scheme}\">"));
        assert!(!html.as_str().contains("href"), "{scheme:?}: {html}");
        assert_eq!(active(html.as_str()), Vec::<String>::new(), "{scheme:?}");
    }
}

#[test]
fn forms_frames_and_page_rules_are_gone() {
    let html = clean(
        "<base href=//x><meta http-equiv=refresh content=0><link rel=preload href=//x>\
         <style>@import '//x'</style><form action=//x><input name=a><button>Go</button></form>\
         <iframe srcdoc='<b>x'></iframe><div id=cookie class=modal name=body>kept</div>",
    );
    assert_eq!(html.as_str(), "Go<div>kept</div>");
}

#[test]
fn links_open_outside_and_tell_nothing() {
    assert_eq!(
        clean("<a href='https://shop.example/?a=1&amp;b=2' target=_top onclick=x>shop</a>")
            .as_str(),
        "<a rel=\"noopener noreferrer nofollow ugc\" target=\"_blank\" \
         href=\"https://shop.example/?a=1&amp;b=2\">shop</a>"
    );
}

#[test]
fn remote_pictures_wait_for_a_click() {
    let html = RawHtml::new(
        "<img src='https://x.example/pixel.gif' width=1 height=1 srcset='//x/2x.png 2x'>\
         <img src='//x.example/logo.png'><td background='http://x.example/b.png'>\
         <p style='background:url(http://x.example/c.png)'>hi</p>",
    );
    let blocked = html.clean(&DisplayPolicy::default());
    assert_eq!(blocked.blocked_images(), 2);
    assert!(!blocked.as_str().contains("x.example"), "{blocked}");
    let policy = DisplayPolicy {
        remote_images: RemoteImages::Shown,
        ..DisplayPolicy::default()
    };
    let shown = html.clean(&policy);
    assert_eq!(shown.blocked_images(), 0);
    assert!(
        shown
            .as_str()
            .contains("src=\"https://x.example/logo.png\""),
        "{shown}"
    );
    assert!(
        !shown.as_str().contains("srcset") && !shown.as_str().contains("url("),
        "{shown}"
    );
}

#[test]
fn a_picture_that_is_not_loaded_shows_its_words_or_keeps_its_place() {
    let empty = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
    for (html, expected) in [
        (
            "<img src=http://x.example/a width=9 height=9 alt=Logo>",
            "<img alt=\"Logo\" height=\"9\" width=\"9\">".to_owned(),
        ),
        (
            "<img src=http://x.example/a width=9 height=9>",
            format!("<img alt=\"\" height=\"9\" width=\"9\" src=\"{empty}\">"),
        ),
        (
            "<img src=http://x.example/a style='line-height:1px;width:9px'>",
            "<img alt=\"\" style=\"line-height: 1px; width: 9px\">".to_owned(),
        ),
    ] {
        assert_eq!(clean(html).as_str(), expected);
    }
}

#[test]
fn what_a_sheet_says_becomes_part_of_the_elements() {
    assert_eq!(
        clean(
            "<style>.b{background:#fee url(//x);color:red} td .b{color:blue}</style>\
             <table><tr><td><p class=b style='margin:0'>x</p></td></tr></table><p class=b>y</p>"
        )
        .as_str(),
        "<table><tbody><tr><td><p style=\"background: #fee; color: red; color: blue; margin: 0\">x</p>\
         </td></tr></tbody></table><p style=\"background: #fee; color: red\">y</p>"
    );
}

#[test]
fn the_pages_own_colours_stand_around_everything() {
    assert_eq!(
        clean("<html dir=rtl><body bgcolor=eeeeee style='margin:0'>x</body></html>").as_str(),
        "<div style=\"background-color: #eeeeee; margin: 0\" dir=\"rtl\">x</div>"
    );
    assert_eq!(
        clean("<style>.b{color:red}</style><body link=#123456><a>x</a><a class=b>y</a>").as_str(),
        clean("<a style='color:#123456'>x</a><a style='color:#123456;color:red'>y</a>").as_str()
    );
    assert_eq!(clean("<body><p>x</p></body>").as_str(), "<p>x</p>");
}

#[test]
fn newsletters_and_order_mails_are_harmless() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/newsletters");
    for entry in std::fs::read_dir(folder).unwrap() {
        let message = parse(&std::fs::read(entry.unwrap().path()).unwrap()).message;
        let cleaned = message
            .html
            .expect("each has HTML")
            .clean(&DisplayPolicy::default());
        assert_eq!(active(cleaned.as_str()), Vec::<String>::new(), "{cleaned}");
        assert!(cleaned.as_str().len() < 20_000);
    }
}

#[test]
fn own_pictures_are_shown_from_where_the_page_says() {
    let policy = DisplayPolicy {
        inline_images: HashMap::from([("logo@shop".into(), "/own/5".into())]),
        ..DisplayPolicy::default()
    };
    let html = RawHtml::new("<img src='cid:logo@shop'><img src=cid:other><img src=/own/6>");
    assert_eq!(
        html.clean(&policy).as_str(),
        "<img alt=\"\" src=\"/own/5\"><img alt=\"\"><img alt=\"\">"
    );
}

#[test]
fn tags_built_to_occupy_a_parser_stay_small() {
    let count = 3_000;
    let many = |make: &dyn Fn(usize) -> String| (0..count).map(make).collect::<String>();
    let blocks = "<p>x</p>".repeat(count);
    for html in [
        many(&|i| format!("<b id={i} title='</b>'>")) + &blocks,
        many(&|i| format!("<font size={i}><!--</font>-->")) + &blocks,
        many(&|i| format!("<li><i style='color:#{i}'>")) + &blocks,
        many(&|i| format!("<table><u class={i}>x")),
        many(&|i| format!("<a href=http://x.example/{i}><b>")),
        "<div></p>".repeat(count),
    ] {
        let cleaned = clean(&html);
        assert!(
            cleaned.as_str().len() < html.len() * 8,
            "{} of {}",
            cleaned.as_str().len(),
            html.len()
        );
    }
}

/// Pieces of markup that like to break sanitisers, in any order.
fn tag_soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z &;<>\"'/=!-]{0,6}",
        proptest::sample::select(vec![
            "<b>",
            "</b>",
            "<i style='color:red'>",
            "</i>",
            "<a href='http://x.example'>",
            "</a>",
            "<p>",
            "</p>",
            "<div title='\"'>",
            "</div>",
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "</td>",
            "<ul>",
            "<li>",
            "</ul>",
            "<svg>",
            "</svg>",
            "<math>",
            "<mtext>",
            "<style>",
            "</style>",
            "<!--",
            "-->",
            "<title>",
            "</title>",
            "<script>",
            "</script>",
            "<noscript>",
            "</noscript>",
            "<img src=x onerror=y>",
            "<img src='http://x.example/a'>",
            "<select>",
            "<template>",
            "<font face='\"'>",
            "</font>",
            "<h1>",
            "<h2>",
            "<form>",
            "<br/>",
            "&lt;",
            "&amp;lt;",
            "&#60;",
            "<pre>\n",
            "<textarea>",
            "<caption>",
            "<dl>",
            "<dt>",
            "<dd>",
            "<blockquote>",
            "<iframe>",
            "<xmp>",
            "<plaintext",
            "<![CDATA[",
            "]]>",
            "<?x",
            "<a href=",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Elements that may not stand between cells part one text; it is moved in front of the table whole.
#[test]
fn a_text_between_cells_that_was_parted_reads_the_same_again() {
    let once = clean("<pre>\n<table><pre>\n<b>a");
    assert_eq!(once.as_str(), "<pre>a<table></table></pre>");
    assert_eq!(clean(once.as_str()).as_str(), once.as_str());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn cleaning_twice_changes_nothing(html in tag_soup()) {
        let once = clean(&html);
        let twice = clean(once.as_str());
        prop_assert_eq!(once.as_str(), twice.as_str());
    }

    #[test]
    fn no_soup_is_active(html in tag_soup()) {
        let cleaned = clean(&html);
        prop_assert_eq!(active(cleaned.as_str()), Vec::<String>::new());
        let text = RawHtml::new(html).to_text();
        prop_assert!(text.len() < 100_000);
    }
}
