//! Mutilated mail: nothing that anybody can send breaks a reader.
//!
//! Owns: the corpus (every kept sample), the mutations, and the readers that are shown them. The
//! compiler of this project builds no coverage-guided fuzzer, so chance alone leads; a fixed number
//! of cases in the gate, and more where `CANDOR_TEST_FUZZ_CASES` says so.

#![expect(clippy::unwrap_used, reason = "a broken test may panic")]

use std::path::Path;

use candor_domain::address::EmailAddress;
use candor_mail::{
    DisplayPolicy, Envelope, RawHtml, describe, front_evidence, judge, markdown_to_html, parse,
    trim,
};

/// Cases for each reader in the gate.
const CASES: u64 = 300;
/// No sample larger than this is mutilated: large ones only make it slow.
const LARGEST: usize = 30_000;

/// Marks at which readers turn one way or another.
const MARKS: [&[u8]; 24] = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b"--",
    b"=",
    b"=?utf-8?B?",
    b"?=",
    b"<",
    b">",
    b"\"",
    b"(",
    b"\\",
    b";",
    b"@",
    b",",
    b"Content-Type: multipart/mixed; boundary=a\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"<div style=\"",
    b"<style>",
    b"&#x",
    b"\x78\x9f\x3e\x22",
    b"\xff\xfe",
    b"\xe2\x80\xae",
];

/// A repeatable chance (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).unwrap()
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut found = Vec::new();
    for folder in ["mail", "sanitize", "trim"] {
        for entry in std::fs::read_dir(data.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                found.push(std::fs::read(path).unwrap());
            }
        }
    }
    found.retain(|bytes| bytes.len() <= LARGEST);
    found.sort();
    assert!(found.len() > 30, "the corpus has {} samples", found.len());
    found
}

/// A sample with a few things done to it.
fn mutilated(corpus: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = corpus[chance.below(corpus.len())].clone();
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        let end = at + chance.below((bytes.len() - at).min(200) + 1);
        match chance.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let mark = MARKS[chance.below(MARKS.len())];
                let often = 1 << chance.below(9);
                bytes.splice(at..at, mark.repeat(often));
            }
            2 => {
                let other = &corpus[chance.below(corpus.len())];
                let from = chance.below(other.len() + 1);
                let to = from + chance.below((other.len() - from).min(2_000) + 1);
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            3 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again.repeat(1 + chance.below(20)));
            }
            4 => bytes.truncate(at),
            _ => bytes[at..end].iter_mut().for_each(|byte| *byte ^= 0x80),
        }
    }
    bytes
}

/// Shows a reader what chance made of the corpus. One that takes more than linear time is stopped by
/// the limit that every test has.
fn show(seed: u64, reader: impl Fn(&[u8])) {
    let corpus = corpus();
    let cases = std::env::var("CANDOR_TEST_FUZZ_CASES").ok();
    let cases = cases.map_or(CASES, |text| text.parse().unwrap());
    let mut chance = Chance(seed);
    for _ in 0..cases {
        let before = chance.0;
        let bytes = mutilated(&corpus, &mut chance);
        let shown = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| reader(&bytes)));
        assert!(shown.is_ok(), "Chance({before:#x}) breaks the reader");
    }
}

#[test]
fn the_parser_stands_what_anybody_sends() {
    show(0x9e37_79b9_7f4a_7c15, |bytes| {
        describe(bytes, true);
    });
}

#[test]
fn the_trimmer_stands_what_anybody_sends() {
    show(0xbf58_476d_1ce4_e5b9, |bytes| {
        let message = parse(bytes).message;
        let mut until = 0;
        for removed in trim(&message).removed {
            assert!(removed.range.start >= until && !removed.range.is_empty());
            until = removed.range.end;
        }
        assert!(message.text.get(..until).is_some());
    });
}

#[test]
fn the_judge_stands_what_anybody_sends() {
    show(0x94d0_49bb_1331_11eb, |bytes| {
        let message = parse(bytes).message;
        judge(&message, &Envelope::default());
    });
}

#[test]
fn the_sanitiser_lets_nothing_through() {
    show(0x2545_f491_4f6c_dd1d, |bytes| {
        let html = String::from_utf8_lossy(bytes).into_owned();
        let html = RawHtml::new(html);
        let clean = html.clean(&DisplayPolicy::default());
        let low = clean.as_str().to_ascii_lowercase();
        for word in ["<script", "<iframe", "<object", "<style", "<form", "<svg"] {
            assert!(!low.contains(word), "{word}");
        }
        html.to_text();
    });
}

#[test]
fn headers_and_addresses_stand_what_anybody_sends() {
    show(0xd6e8_feb8_6659_fd93, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        for line in text.lines().take(50) {
            let header = format!("mx.google.com; {line}");
            front_evidence(&header, &["mx.google.com".to_owned()], "shop.example");
            if let Ok(address) = EmailAddress::parse(line) {
                assert!(!address.as_str().contains(['\r', '\n', '<', '>']));
            }
        }
        let mail = [b"From: ".as_slice(), bytes, b"\r\n\r\nhi"].concat();
        for to in &parse(&mail).message.to {
            assert!(!to.address.as_str().contains(['\r', '\n']));
        }
    });
}

#[test]
fn a_winmail_file_stands_what_anybody_sends() {
    show(0xa076_1d64_78bd_642f, |bytes| {
        let mut mail = b"From: a@b.example\r\nContent-Type: application/ms-tnef; \
            name=winmail.dat\r\n\r\n\x78\x9f\x3e\x22"
            .to_vec();
        mail.extend_from_slice(bytes);
        parse(&mail);
    });
}

#[test]
fn markdown_stands_what_anybody_types() {
    show(0xe703_7ed1_a0b4_28db, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        assert!(!markdown_to_html(&text).as_str().contains("<script"));
    });
}
