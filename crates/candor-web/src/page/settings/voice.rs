//! The voices of the house: how replies should sound.
//!
//! Owns: the list, who speaks with which voice, the page of one voice with a place to try it. Must
//! not know: how a text is checked.

mod form;
mod trial;

use super::{Place, question};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::{Failure, Faults};
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Chip, Choice, Facts, Field, FormCard, Row, Rows, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::tone::{DropVoice, KeepVoice, UseVoice, Voice, VoicePlace, Voices, VoicesView};
use form::{fields, filled_with, profile_of, scale_key};
use trial::Trial;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Voice.admission();
    book.get("/settings/voice", may, index)
        .post("/settings/voice", may, create)
        .post("/settings/voice/choice", may, choose)
        .get("/settings/voice/{voice}", may, show)
        .post("/settings/voice/{voice}", may, change)
        .post("/settings/voice/{voice}/trial", may, trial::check)
        .delete("/settings/voice/{voice}", may, remove);
}

fn path_of(word: &str) -> String {
    format!("{}/{word}", Place::Voice.path())
}

/// What a voice is called: ours in the reader's language.
fn name_of(t: &Texts, voice: &Voice) -> String {
    match voice.word.as_str() {
        "office-professional" => t.get("voice-office"),
        "smart-casual" => t.get("voice-casual"),
        "fun" => t.get("voice-fun"),
        _ => voice.profile.name.clone(),
    }
}

async fn index(page: Page) -> PageResult {
    list(&page, &Filled::default(), &Faults::default()).await
}

async fn list(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let view = page.ask(Voices).await?;
    let rows = view.voices.iter().map(|voice| row(t, &view, voice));
    let bases = view.voices.iter();
    let bases = bases.map(|voice| Choice::new(&voice.word, name_of(t, voice)));
    let add = FormCard::new(Place::Voice.path(), t.get("voice-add"))
        .title(t.get("voice-add-title"))
        .field(
            Field::text("name", t.get("voice-name"))
                .value(form.text("name"))
                .hint(t.get("voice-name-hint"))
                .required()
                .faults(faults, t),
        )
        .field(Field::choice("base", t.get("voice-base"), bases.collect()).value(view.usual()));
    Place::Voice
        .sheet(page)
        .await?
        .intro(t.get("voice-intro"))
        .block(Rows::new("", rows.collect(), ""))
        .block(chooser(t, &view))
        .block(add)
        .answer(page, faults)
}

fn row(t: &Texts, view: &VoicesView, voice: &Voice) -> Row {
    let example = voice.profile.examples_do.first();
    let mut row = Row::new(name_of(t, voice))
        .leads_to(path_of(&voice.word))
        .below(
            example
                .map(|words| format!("“{words}”"))
                .unwrap_or_default(),
        );
    for (brand, word) in &view.brands {
        let usual = word.is_empty() && voice.word == view.usual();
        if usual || *word == voice.word {
            row = row.chip(Chip::toned(&brand.name, Tone::Accent));
        }
    }
    for (mailbox, word) in &view.mailboxes {
        if *word == voice.word {
            row = row.chip(Chip::new(&mailbox.name));
        }
    }
    row
}

/// Who speaks with which voice.
fn chooser(t: &Texts, view: &VoicesView) -> FormCard {
    let brands = view.brands.iter();
    let brands = brands.map(|(brand, _)| {
        let words = t.arg("voice-place-brand", "name", brand.name.as_str());
        Choice::new(format!("brand-{}", brand.id), words)
    });
    let mailboxes = view.mailboxes.iter();
    let mailboxes = mailboxes.map(|(mailbox, _)| {
        let words = t.arg("voice-place-mailbox", "name", mailbox.name.as_str());
        Choice::new(format!("mailbox-{}", mailbox.id), words)
    });
    let mut voices = vec![Choice::new("", t.get("voice-as-usual"))];
    let words = view.voices.iter();
    voices.extend(words.map(|voice| Choice::new(&voice.word, name_of(t, voice))));
    FormCard::new(path_of("choice"), t.get("app-save"))
        .title(t.get("voice-who"))
        .words(t.get("voice-who-words"))
        .field(Field::choice(
            "place",
            t.get("voice-place"),
            brands.chain(mailboxes).collect(),
        ))
        .field(Field::choice("voice", t.get("voice-voice"), voices))
}

async fn choose(page: Page, Form(form): Form<Filled>) -> PageResult {
    let place = form.text("place");
    let number = |prefix: &str| place.strip_prefix(prefix)?.parse::<i64>().ok();
    let place = match (number("brand-"), number("mailbox-")) {
        (Some(id), _) => VoicePlace::Brand(id.into()),
        (_, Some(id)) => VoicePlace::Mailbox(id.into()),
        _ => return Err(Failure::Unreadable.into()),
    };
    page.run(UseVoice {
        place,
        word: form.text("voice").to_owned(),
    })
    .await?;
    Ok(page.lead_to(Place::Voice.path(), Some(&Flash::new(key("done-saved")))))
}

async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    let view = page.ask(Voices).await?;
    let base = view
        .named(form.text("base"))
        .or_else(|| view.named(view.usual()));
    let mut profile = base.map(|voice| voice.profile.clone()).unwrap_or_default();
    form.text("name").clone_into(&mut profile.name);
    match page
        .run(KeepVoice {
            word: None,
            profile,
        })
        .await
    {
        Ok(word) => Ok(page.lead_to(&path_of(&word), Some(&Flash::new(key("done-added"))))),
        Err(error) => list(&page, &form, &faults_of(error)?).await,
    }
}

async fn found(page: &Page, word: &str) -> Result<Voice, DeskError> {
    let view = page.ask(Voices).await?;
    view.named(word)
        .cloned()
        .ok_or(DeskError::NotFound("voice"))
}

async fn show(page: Page, Path(word): Path<String>) -> PageResult {
    let voice = found(&page, &word).await?;
    let form = filled_with(&voice.profile);
    one(
        &page,
        &voice,
        (&form, &Faults::default()),
        Trial::new(&page, &voice),
    )
    .await
}

async fn one(
    page: &Page,
    voice: &Voice,
    (form, faults): (&Filled, &Faults),
    trial: Trial,
) -> PageResult {
    let t = &page.t;
    let sheet = Place::Voice
        .titled(page, &name_of(t, voice))
        .await?
        .back(t.get("place-voice"), Place::Voice.path());
    if !voice.own {
        return sheet
            .intro(t.get("voice-ours-intro"))
            .block(trial)
            .block(facts(t, voice))
            .answer(page, faults);
    }
    let card = FormCard::new(path_of(&voice.word), t.get("app-save"));
    let remove = question(
        t,
        "remove-voice".to_owned(),
        (t.get("voice-remove-title"), t.get("voice-remove-words")),
        (
            ActionButton::delete(&path_of(&voice.word), t.get("voice-remove")),
            t.get("voice-remove"),
        ),
    );
    let last = Row::new(t.get("voice-remove")).ask(remove);
    sheet
        .intro(t.get("voice-own-intro"))
        .block(trial)
        .block(fields(card, t, form, faults))
        .block(Rows::new("", vec![last], ""))
        .answer(page, faults)
}

fn facts(t: &Texts, voice: &Voice) -> Facts {
    let profile = &voice.profile;
    let scale = |value: u8| t.get(scale_key(value));
    let example = |words: &[String]| words.first().cloned().unwrap_or_default();
    Facts {
        title: t.get("voice-how"),
        words: String::new(),
        facts: vec![
            (
                t.get("voice-formality"),
                t.get(form::formality_key(profile.formality)),
            ),
            (t.get("voice-warmth"), scale(profile.warmth)),
            (t.get("voice-humour"), scale(profile.humour)),
            (t.get("voice-emoji"), t.get(form::emoji_key(profile.emoji))),
            (t.get("voice-do"), example(&profile.examples_do)),
            (t.get("voice-dont"), example(&profile.examples_avoid)),
        ],
    }
}

async fn change(page: Page, Path(word): Path<String>, Form(form): Form<Filled>) -> PageResult {
    let voice = found(&page, &word).await?;
    let keep = KeepVoice {
        word: Some(word.clone()),
        profile: profile_of(&form),
    };
    match page.run(keep).await {
        Ok(_) => Ok(page.lead_to(&path_of(&word), Some(&Flash::new(key("done-saved"))))),
        Err(error) => {
            let faults = faults_of(error)?;
            let trial = Trial::new(&page, &voice);
            one(&page, &voice, (&form, &faults), trial).await
        }
    }
}

async fn remove(page: Page, Path(voice): Path<String>) -> PageResult {
    page.run(DropVoice { word: voice }).await?;
    Ok(page.lead_to(
        Place::Voice.path(),
        Some(&Flash::new(key("done-voice-removed"))),
    ))
}
