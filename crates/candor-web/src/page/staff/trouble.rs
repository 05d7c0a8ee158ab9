//! Why a week cannot be planned, in the reader's words.
//!
//! Owns: the sentences. Must not know: how the planner found out.

use super::day_words;
use crate::i18n::Texts;
use askama::Template;
use candor_desk::planning::{Lack, PlanTrouble, Shortage};

/// What stands in place of the plan.
#[derive(Template)]
#[template(path = "page/staff/trouble.html")]
pub(super) struct Trouble {
    words: String,
    lacks: Vec<String>,
    way_out: Option<String>,
}

impl Trouble {
    pub(super) fn new(t: &Texts, trouble: &PlanTrouble) -> Self {
        let (words, way_out) = match trouble {
            PlanTrouble::Closed => (t.get("plan-trouble-closed"), None),
            PlanTrouble::Nobody => (t.get("plan-trouble-nobody"), None),
            PlanTrouble::Short(_) => {
                let way_out = t.get("plan-trouble-way-out");
                (t.get("plan-trouble-short"), Some(way_out))
            }
            PlanTrouble::TooLarge => (t.get("plan-trouble-large"), None),
            PlanTrouble::TooLong => (t.get("plan-trouble-long"), None),
            PlanTrouble::Cannot => {
                let way_out = t.get("plan-trouble-way-out");
                (t.get("plan-trouble-cannot"), Some(way_out))
            }
        };
        let lacks = match trouble {
            PlanTrouble::Short(shortage) => lacks(t, shortage),
            _ => Vec::new(),
        };
        Self {
            words,
            lacks,
            way_out,
        }
    }
}

fn lacks(t: &Texts, shortage: &Shortage) -> Vec<String> {
    let mut words: Vec<String> = shortage.lacks.iter().map(|one| lack(t, one)).collect();
    if shortage.more > 0 {
        words.push(t.arg("plan-lack-more", "count", shortage.more));
    }
    words
}

fn lack(t: &Texts, lack: &Lack) -> String {
    match lack {
        Lack::People {
            date,
            from,
            to,
            need,
            there,
            able,
            ..
        } => {
            let day = day_words(t, *date);
            let people = able.join(", ");
            let id = if able.is_empty() {
                "plan-lack-nobody"
            } else {
                "plan-lack-people"
            };
            t.args(
                id,
                &[
                    ("day", &day),
                    ("from", from),
                    ("to", to),
                    ("need", need),
                    ("there", there),
                    ("people", &people),
                ],
            )
        }
        Lack::Hours { need, have, .. } => t.args(
            "plan-lack-hours",
            &[
                ("need", &t.decimal(*need, 1)),
                ("have", &t.decimal(*have, 1)),
            ],
        ),
        Lack::Idle {
            person,
            least,
            most,
            ..
        } => t.args(
            "plan-lack-idle",
            &[
                ("person", person),
                ("least", &t.decimal(*least, 1)),
                ("most", &t.decimal(*most, 1)),
            ],
        ),
    }
}
