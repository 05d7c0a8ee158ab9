//! Trying a voice on a sentence.
//!
//! Owns: the form and its answer, as a page and as a part that is fetched while somebody types.
//! Must not know: how a text is checked. Nothing that is tried is stored.

use super::{found, one, path_of};
use crate::error::{PageResult, render};
use crate::failure::Faults;
use crate::i18n::Texts;
use crate::page::Page;
use crate::page::filled::Filled;
use crate::page::settings::voice::filled_with;
use crate::page::ticket::hints::Hints;
use crate::part::{Choice, Field};
use askama::Template;
use axum::extract::{Form, Path};
use candor_desk::tone::{MoodLevel, Voice, check_sample};

/// The place to try a voice.
#[derive(Template)]
#[template(path = "page/settings/voice_trial.html")]
pub(super) struct Trial {
    t: Texts,
    path: String,
    mood: Field,
    text: String,
    hints: Hints,
    is_clean: bool,
}

const MOODS: [(&str, MoodLevel); 3] = [
    ("upset", MoodLevel::Negative),
    ("calm", MoodLevel::Neutral),
    ("happy", MoodLevel::Positive),
];

impl Trial {
    /// With the example of what the voice avoids, so that there is something to see.
    pub(super) fn new(page: &Page, voice: &Voice) -> Self {
        let example = voice.profile.examples_avoid.first();
        let text = example.cloned().unwrap_or_default();
        Self::of(page, voice, ("upset", &text))
    }

    fn of(page: &Page, voice: &Voice, (word, text): (&str, &str)) -> Self {
        let t = &page.t;
        let mood = MOODS.iter().find(|(own, _)| *own == word);
        let mood = mood.map_or(MoodLevel::Neutral, |(_, mood)| *mood);
        let found = check_sample(text, &voice.profile, mood);
        let words = [
            t.get("voice-mood-upset"),
            t.get("voice-mood-calm"),
            t.get("voice-mood-happy"),
        ];
        let choices = MOODS.iter().zip(words);
        let choices = choices.map(|((word, _), words)| Choice::new(*word, words));
        Self {
            path: format!("{}/trial", path_of(&voice.word)),
            mood: Field::choice("mood", t.get("voice-mood"), choices.collect())
                .value(word)
                .prefixed("trial"),
            text: text.to_owned(),
            is_clean: found.is_empty() && !text.trim().is_empty(),
            hints: Hints::of(t, text, &found),
            t: t.clone(),
        }
    }
}

/// What is found in the text, alone.
#[derive(Template)]
#[template(path = "page/settings/voice_trial_found.html")]
struct Found {
    t: Texts,
    hints: Hints,
    is_clean: bool,
}

/// `POST /settings/voice/{voice}/trial`
pub(super) async fn check(
    page: Page,
    Path(word): Path<String>,
    Form(form): Form<Filled>,
) -> PageResult {
    let voice = found(&page, &word).await?;
    let trial = Trial::of(&page, &voice, (form.text("mood"), form.text("body")));
    if page.is_part {
        return render(&Found {
            t: trial.t,
            hints: trial.hints,
            is_clean: trial.is_clean,
        });
    }
    let form = filled_with(&voice.profile);
    one(&page, &voice, (&form, &Faults::default()), trial).await
}
