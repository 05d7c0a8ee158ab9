//! Hostile HTML comes out harmless.
//!
//! Owns: an own reading of the sanitiser's output that shares no code with it. Must not know: how
//! cleaning works.

use std::collections::HashMap;
use std::path::Path;

use candor_mail::{CleanHtml, DisplayPolicy, RawHtml, RemoteImages, parse};
use proptest::prelude::*;

const TAGS: &str = " a abbr address article aside b bdi bdo big blockquote br caption center cite \
    code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 \
    header hr i img ins kbd li main mark nav ol p pre q s samp section small span strike strong \
    sub sup table tbody td tfoot th thead time tr tt u ul var wbr ";
const ATTRIBUTES: &str = " align alt bgcolor border cellpadding cellspacing color colspan datetime \
    dir face height href lang nowrap rel rowspan size span src start style target title type \
    valign width ";

fn clean(html: &str) -> CleanHtml {
    RawHtml::new(html).clean(&DisplayPolicy::default())
}

/// Everything in the output that a page must never show; empty when it is harmless.
fn active(html: &str) -> Vec<String> {
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
fn own_pictures_are_shown_from_where_the_page_says() {
    let policy = DisplayPolicy {
        inline_images: HashMap::from([("logo@shop".into(), "/own/5".into())]),
        ..DisplayPolicy::default()
    };
    let html = RawHtml::new("<img src='cid:logo@shop'><img src=cid:other><img src=/own/6>");
    assert_eq!(
        html.clean(&policy).as_str(),
        "<img src=\"/own/5\"><img><img>"
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
