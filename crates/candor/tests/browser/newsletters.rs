//! Ten newsletters and order mails, as they came and as we show them, side by side in a browser:
//! every word stands where it stood, in its size and colour, on the ground that it had.

use crate::driver::{Browser, Driver};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use candor_mail::{DisplayPolicy, IncomingMessage, parse};
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The page in which a mail is shown.
const FRAME: &str = include_str!("../../../candor-web/templates/page/ticket/mail.html");
const PLACE: &str = "{{ html|safe }}";
/// What keeps a raw mail from loading anything, as the frame's own policy does.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" \
    content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">";
/// Where the pictures of both go, when somebody wants to look at them.
const PICTURES: &str = "CANDOR_TEST_PICTURES";
/// Dots by which a word may have moved, measured from the first one.
const MOVED: f64 = 16.0;

/// Each word with its place, colour, size and weight; and the ground at points of a grid that begins
/// at the first word.
const LOOK: &str = r"
const words = [], ground = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const node = walk.currentNode, style = getComputedStyle(node.parentElement);
  for (const found of node.data.matchAll(/\S+/g)) {
    const range = document.createRange();
    range.setStart(node, found.index);
    range.setEnd(node, found.index + found[0].length);
    const box = range.getBoundingClientRect();
    if (box.width < 1 || box.height < 1 || style.visibility === 'hidden') continue;
    words.push({ word: found[0], x: box.x, y: box.y,
      look: [style.color, style.fontSize, style.fontWeight, style.textTransform].join(' ') });
  }
}
const clear = 'rgba(0, 0, 0, 0)', first = words[0];
const height = Math.min(1350, Math.max(...words.map((one) => one.y)));
for (let down = 0; first.y + down < height; down += 15) {
  for (let right = -900; right < 900; right += 20) {
    const x = first.x + right;
    if (x < 30 || x > 970) { ground.push(null); continue; }
    let at = document.elementFromPoint(x, first.y + down);
    while (at && getComputedStyle(at).backgroundColor === clear) at = at.parentElement;
    ground.push(at ? getComputedStyle(at).backgroundColor : clear);
  }
}
return { words, ground };
";

fn mails() -> Vec<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../candor-mail/tests/data/newsletters");
    let files = std::fs::read_dir(folder).unwrap();
    let mut found: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// The page with the mail as it came, and the page that we show.
fn both(message: &IncomingMessage) -> [String; 2] {
    let html = message.html.as_ref().unwrap();
    let pictures = message.attachments.iter().filter_map(|file| {
        let data = format!("data:image/png;base64,{}", STANDARD.encode(&file.content));
        Some((file.content_id.clone()?, data))
    });
    let pictures: HashMap<String, String> = pictures.collect();
    let mut raw = html.source().to_owned();
    for (content_id, data) in &pictures {
        raw = raw.replace(&format!("cid:{content_id}"), data);
    }
    // What a mail says of its own page outweighs the usual font and colours.
    let usual = FRAME.replace("body { margin: 12px;", "body { margin: 12px; } html {");
    assert_ne!(usual, FRAME);
    let policy = DisplayPolicy {
        inline_images: pictures,
        ..DisplayPolicy::default()
    };
    let clean = html.clean(&policy).to_string();
    let page = |frame: &str, html: &str| {
        let frame = frame.replace("<head>", &format!("<head>{POLICY}"));
        frame.replace(PLACE, html)
    };
    [page(&usual, &raw), page(FRAME, &clean)]
}

fn look_at(browser: &Browser<'_>, page: &str, name: &str) -> Value {
    let address = format!("data:text/html;base64,{}", STANDARD.encode(page));
    browser.go(&address).unwrap();
    if let Some(folder) = std::env::var_os(PICTURES) {
        let picture = STANDARD.decode(browser.picture().unwrap()).unwrap();
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), picture).unwrap();
    }
    browser.run(LOOK).unwrap()
}

/// What differs, in words; empty when both look alike.
fn differences(came: &Value, shown: &Value) -> Vec<String> {
    let words = |page: &Value| page["words"].as_array().unwrap().clone();
    let (came_words, shown_words) = (words(came), words(shown));
    let text = |words: &[Value]| -> Vec<String> {
        words.iter().map(|one| one["word"].to_string()).collect()
    };
    if text(&came_words) != text(&shown_words) {
        let words = (text(&came_words).join(" "), text(&shown_words).join(" "));
        return vec![format!("other words:\n{}\n{}", words.0, words.1)];
    }
    let place = |one: &Value, axis: &str| one[axis].as_f64().unwrap();
    let mut found = Vec::new();
    for (one, other) in came_words.iter().zip(&shown_words) {
        let moved = ["x", "y"].map(|axis| {
            let first = place(&shown_words[0], axis) - place(&came_words[0], axis);
            (place(other, axis) - place(one, axis) - first).abs()
        });
        if one["look"] != other["look"] || moved.iter().any(|by| *by > MOVED) {
            found.push(format!(
                "{}: {} is {}, moved by {moved:?}",
                one["word"], one["look"], other["look"]
            ));
        }
    }
    let ground = |page: &Value| page["ground"].as_array().unwrap().clone();
    let points = ground(came).into_iter().zip(ground(shown));
    let points: Vec<_> = points
        .filter(|(one, other)| !one.is_null() && !other.is_null())
        .collect();
    let other = points.iter().filter(|(one, other)| one != other).count();
    // An edge may pass between two points of the grid.
    if other * 100 > points.len() * 4 {
        found.push(format!(
            "another ground at {other} of {} points",
            points.len()
        ));
    }
    found
}

#[test]
fn newsletters_and_order_mails_keep_their_look() {
    let driver = Driver::start().unwrap();
    let browser = driver.browser().unwrap();
    browser.size(1000, 1400).unwrap();
    let mut lost = Vec::new();
    let mails = mails();
    assert_eq!(mails.len(), 10);
    for path in mails {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let message = parse(&std::fs::read(&path).unwrap()).message;
        let [raw, clean] = both(&message);
        let came = look_at(&browser, &raw, &format!("{name}-came"));
        let shown = look_at(&browser, &clean, &format!("{name}-shown"));
        assert!(
            came["words"].as_array().unwrap().len() > 10,
            "{name} is a mail"
        );
        lost.extend(
            differences(&came, &shown)
                .into_iter()
                .map(|one| format!("{name}: {one}")),
        );
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
