//! A day as a picture: who is there as bars, who is needed as a line.
//!
//! Owns: places on the canvas. Must not know: how many are needed. The same numbers stand in the
//! table below it.

use crate::i18n::Texts;
use askama::Template;
use candor_desk::planning::PlanDay;
use std::fmt::Write as _;

/// Width and height of the canvas, in its own units; small, so that words stay readable on a phone.
const SIZE: (f64, f64) = (300.0, 132.0);
/// Room for the numbers at the left and the hours below.
const EDGE: (f64, f64) = (22.0, 18.0);

/// The picture.
#[derive(Template)]
#[template(path = "page/staff/chart.html")]
pub(super) struct Chart {
    label: String,
    lines: Vec<(f64, u32)>,
    bars: Vec<Bar>,
    need: String,
    hours: Vec<(f64, String)>,
}

impl askama::filters::HtmlSafe for Chart {}

struct Bar {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    short: bool,
}

impl Chart {
    /// A day on the scale of its week; `None` where nobody is needed and nobody is there.
    pub(super) fn new(t: &Texts, name: &str, day: &PlanDay, most: u32) -> Option<Self> {
        let busy = |slot: &usize| day.need[*slot] > 0 || day.there[*slot] > 0;
        let first = (0..day.need.len()).find(busy)? / 2 * 2;
        let last = (0..day.need.len()).rfind(busy)?.div_ceil(2) * 2;
        let count = (last.max(first + 2) - first) as f64;
        let step = (SIZE.0 - EDGE.0) / count;
        let x = |slot: usize| EDGE.0 + (slot - first) as f64 * step;
        let floor = SIZE.1 - EDGE.1;
        let y = |people: u32| floor - f64::from(people) / f64::from(most.max(1)) * (floor - 8.0);
        let slots = first..last.max(first + 2);
        let bar = |slot: usize| Bar {
            x: x(slot) + 0.75,
            y: y(day.there[slot]),
            width: step - 1.5,
            height: floor - y(day.there[slot]),
            short: day.there[slot] < day.need[slot],
        };
        let mut need = String::new();
        for slot in slots.clone() {
            let letter = if need.is_empty() { 'M' } else { 'L' };
            let (from, to, at) = (x(slot), x(slot + 1), y(day.need[slot]));
            write!(need, "{letter}{from:.1} {at:.1}H{to:.1}").expect("a string takes any text");
        }
        let marks = slots.clone().filter(|slot| (slot - first) % 4 == 0);
        let levels = [0, most.div_ceil(2), most];
        Some(Self {
            label: t.arg("plan-chart", "day", name),
            lines: levels.map(|people| (y(people), people)).into(),
            bars: slots
                .map(bar)
                .filter(|bar| bar.height > 0.0 || bar.short)
                .collect(),
            need,
            hours: marks
                .map(|slot| (x(slot), (slot / 2).to_string()))
                .collect(),
        })
    }
}
