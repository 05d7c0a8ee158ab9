//! Text stands out 4.5:1 from what it stands on, edges of controls 3:1, by day and by night.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../assets/css/tokens.css");

/// Text token, and every token that it may stand on.
const TEXT: [(&str, &[&str]); 9] = [
    (
        "ink",
        &[
            "paper",
            "surface",
            "sunken",
            "accent-bg",
            "good-bg",
            "warn-bg",
            "bad-bg",
            "note-bg",
        ],
    ),
    (
        "ink-soft",
        &[
            "paper",
            "surface",
            "sunken",
            "accent-bg",
            "warn-bg",
            "note-bg",
        ],
    ),
    ("ink-faint", &["paper", "surface", "sunken"]),
    ("accent", &["paper", "surface", "accent-bg"]),
    ("on-accent", &["accent"]),
    ("good", &["paper", "surface", "good-bg"]),
    ("warn", &["paper", "surface", "warn-bg", "note-bg"]),
    ("bad", &["paper", "surface", "bad-bg"]),
    ("paper", &["ink"]),
];

const EDGES: [(&str, &[&str]); 3] = [
    ("field", &["paper", "surface", "sunken"]),
    ("focus", &["paper", "surface", "sunken", "accent-bg"]),
    ("accent", &["paper", "surface", "accent-bg"]),
];

#[test]
fn text_can_be_read() {
    assert_eq!(too_weak(&TEXT, 4.5), Vec::<String>::new());
}

#[test]
fn controls_can_be_seen() {
    assert_eq!(too_weak(&EDGES, 3.0), Vec::<String>::new());
}

#[test]
fn every_coloured_token_is_measured() {
    let measured: Vec<&str> = TEXT
        .iter()
        .chain(&EDGES)
        .flat_map(|(own, others)| others.iter().chain([own]))
        .copied()
        .collect();
    for name in triples().keys() {
        let name = name.trim_end_matches("-day").trim_end_matches("-night");
        // Lines only divide; they carry no meaning of their own.
        assert!(measured.contains(&name) || name == "line", "{name}");
    }
}

#[test]
fn the_measure_agrees_with_known_values() {
    let white = luminance([1.0, 0.0, 0.0]);
    let black = luminance([0.0, 0.0, 0.0]);
    assert!((ratio(white, black) - 21.0).abs() < 0.01);
    // #767676 on white is the textbook 4.54:1; its lightness in oklch is 56.59 %.
    let grey = luminance([0.5659, 0.0, 0.0]);
    assert!((ratio(white, grey) - 4.54).abs() < 0.03);
    // sRGB red, oklch(62.796% 0.25768 29.234), has a relative luminance of 0.2126.
    assert!((luminance([0.627_96, 0.257_68, 29.234]) - 0.2126).abs() < 0.001);
}

fn too_weak(pairs: &[(&str, &[&str])], least: f64) -> Vec<String> {
    let triples = triples();
    let mut weak = Vec::new();
    for mode in ["day", "night"] {
        let luminance_of = |name: &str| luminance(triples[&format!("{name}-{mode}")]);
        for (own, grounds) in pairs {
            for ground in *grounds {
                let ratio = ratio(luminance_of(own), luminance_of(ground));
                if ratio < least {
                    weak.push(format!("{own} on {ground} by {mode}: {ratio:.2}"));
                }
            }
        }
    }
    weak
}

/// Reads `--name-day: 48% .11 195;` from the tokens.
fn triples() -> BTreeMap<String, [f64; 3]> {
    let mut found = BTreeMap::new();
    for declaration in TOKENS.split([';', '{']) {
        let Some((name, value)) = declaration.trim().split_once(':') else {
            continue;
        };
        let Some(name) = name.strip_prefix("--") else {
            continue;
        };
        if !name.ends_with("-day") && !name.ends_with("-night") {
            continue;
        }
        let numbers: Vec<f64> = value
            .split_whitespace()
            .map(|number| {
                let plain: f64 = number.trim_end_matches('%').parse().expect("a number");
                if number.ends_with('%') {
                    plain / 100.0
                } else {
                    plain
                }
            })
            .collect();
        let triple = numbers.try_into().expect("lightness, chroma and hue");
        found.insert(name.to_owned(), triple);
    }
    assert!(found.len() >= 38, "the tokens were found: {}", found.len());
    found
}

/// Relative luminance (WCAG 2.2) of an oklch colour: through the matrices of Björn Ottosson's
/// `OKLab` to linear sRGB, clipped as screens do.
fn luminance([lightness, chroma, hue]: [f64; 3]) -> f64 {
    let (sin, cos) = hue.to_radians().sin_cos();
    let (green_red, blue_yellow) = (chroma * cos, chroma * sin);
    let cone = |by_red: f64, by_yellow: f64| {
        (lightness + by_red * green_red + by_yellow * blue_yellow).powi(3)
    };
    let long = cone(0.396_337_777_4, 0.215_803_757_3);
    let medium = cone(-0.105_561_345_8, -0.063_854_172_8);
    let short = cone(-0.089_484_177_5, -1.291_485_548_0);
    let channel = |factors: [f64; 3]| {
        let [by_long, by_medium, by_short] = factors;
        (by_long * long + by_medium * medium + by_short * short).clamp(0.0, 1.0)
    };
    let red = channel([4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2]);
    let green = channel([-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5]);
    let blue = channel([-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701_0]);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn ratio(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
