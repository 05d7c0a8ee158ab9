//! Service levels: what is promised to whom.
//!
//! Owns: the list with its sentences, the page of one level. Must not know: how clocks run.

mod form;

use super::Place;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Argument, Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::ticket::words::urgency_key;
use crate::part::{
    ActionButton, Chip, Choice, EmptyState, Field, FormCard, Row, Rows, Tone, sentence,
};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::level::{
    AddLevel, ChangeLevel, Fastest, FastestTimes, KeepFastestShare, LevelView, Levels, LevelsView,
    RestLevel, StartLevels,
};
use candor_desk::queue::{KeepQueueLimit, KeepQueueMode, QueueLimit, QueueMode, QueueModeView};
use candor_domain::id::LevelId;
use candor_domain::level::KeptLevel;
use candor_domain::ticket::Urgency;
use form::LevelForm;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Levels.admission();
    book.get("/settings/levels", may, index)
        .post("/settings/levels", may, create)
        .get("/settings/levels/new", may, new)
        .post("/settings/levels/start", may, start)
        .post("/settings/levels/limit", may, limit)
        .post("/settings/levels/mode", may, mode)
        .post("/settings/levels/fastest", may, fastest_share)
        .get("/settings/levels/{level}", may, show)
        .post("/settings/levels/{level}", may, change)
        .post("/settings/levels/{level}/rest", may, rest)
        .delete("/settings/levels/{level}/rest", may, wake);
}

fn path_of(level: LevelId) -> String {
    format!("{}/{level}", Place::Levels.path())
}

async fn index(page: Page) -> PageResult {
    list(&page, &Faults::default()).await
}

async fn list(page: &Page, faults: &Faults) -> PageResult {
    let t = &page.t;
    let levels = page.ask(LevelsView).await?;
    let most = page.ask(QueueLimit).await?.to_string();
    let fastest = page.ask(FastestTimes).await?;
    let sheet = Place::Levels
        .sheet(page)
        .await?
        .intro(t.get("levels-intro"));
    let sheet = if levels.calendars.is_empty() {
        let state = EmptyState::new(t.get("levels-first"), t.get("levels-first-words"));
        sheet.block(state.with_step(t.get("levels-first-step"), "/settings/hours/new"))
    } else if levels.levels.is_empty() {
        let state = EmptyState::new(t.get("levels-none"), t.get("levels-none-words"));
        let calendar = levels.calendars[0].id.to_string();
        let start = ActionButton::post("/settings/levels/start", t.get("levels-start"))
            .value("calendar", calendar)
            .primary();
        let row = Row::new(t.get("levels-start-name")).below(t.get("levels-start-words"));
        sheet
            .block(state.with_step(t.get("level-add"), "/settings/levels/new"))
            .block(Rows::new("", vec![row.act(start)], ""))
    } else {
        let rows = levels.levels.iter();
        let rows = rows.map(|level| row(t, (&levels, &fastest), level));
        let add = Row::new(t.get("level-another")).go("/settings/levels/new", t.get("level-add"));
        sheet.block(Rows::new("", rows.chain([add]).collect(), ""))
    };
    let card = FormCard::new("/settings/levels/limit", t.get("app-save"))
        .title(t.get("queue-limit-title"))
        .words(t.get("queue-limit-words"))
        .field(
            Field::text("limit", t.get("queue-limit"))
                .value(most)
                .required()
                .faults(faults, t),
        );
    let chosen = page.ask(QueueModeView).await?;
    sheet
        .block(fastest_card(t, &fastest, faults))
        .block(card)
        .block(mode_card(t, chosen))
        .answer(page, faults)
}

fn fastest_card(t: &Texts, fastest: &Fastest, faults: &Faults) -> FormCard {
    FormCard::new("/settings/levels/fastest", t.get("app-save"))
        .title(t.get("fastest-title"))
        .words(t.get("fastest-words"))
        .field(
            Field::text("share", t.get("fastest-share"))
                .value(fastest.most.to_string())
                .required()
                .faults(faults, t),
        )
}

/// How many customers get the times of a level, where it is among the fastest.
fn fastest_words(t: &Texts, fastest: &Fastest, level: LevelId) -> Option<String> {
    let percent = fastest.percent();
    let is_fastest = fastest.levels.contains(&level);
    is_fastest.then(|| {
        if fastest.is_too_many() {
            let numbers: [(&str, &dyn Argument); 2] =
                [("percent", &percent), ("most", &fastest.most)];
            t.args("fastest-too-many", &numbers)
        } else {
            t.arg("fastest-few", "percent", percent)
        }
    })
}

fn mode_card(t: &Texts, chosen: QueueMode) -> FormCard {
    let choice = |mode: QueueMode| Choice::new(mode.as_str(), t.get(mode_key(mode)));
    FormCard::new("/settings/levels/mode", t.get("app-save"))
        .title(t.get("queue-mode-title"))
        .words(t.get("queue-mode-words"))
        .field(
            Field::choice(
                "mode",
                t.get("queue-mode"),
                QueueMode::ALL.map(choice).into(),
            )
            .value(chosen.as_str()),
        )
}

const fn mode_key(mode: QueueMode) -> &'static str {
    match mode {
        QueueMode::Pull => key("queue-mode-pull"),
        QueueMode::RoundRobin => key("queue-mode-round-robin"),
        QueueMode::LeastLoaded => key("queue-mode-least-loaded"),
    }
}

fn row(t: &Texts, (levels, fastest): (&Levels, &Fastest), kept: &KeptLevel) -> Row {
    let mut row = Row::new(kept.level.name()).leads_to(path_of(kept.id));
    for urgency in Urgency::ALL {
        let of = kept.level.targets().filter(|(own, ..)| own == urgency);
        let all: Vec<String> = of
            .map(|(_, metric, target)| sentence(t, metric, target))
            .collect();
        if !all.is_empty() {
            let name = t.get(urgency_key(*urgency));
            row = row.below(format!("{name}: {}", all.join(", ")));
        }
    }
    if let Some(calendar) = levels.calendar(kept.calendar) {
        row = row.below(t.arg("level-hours-of", "name", calendar.calendar.name()));
    }
    if let Some(words) = fastest_words(t, fastest, kept.id) {
        row = row.below(words);
        if fastest.is_too_many() {
            row = row.chip(Chip::toned(t.get("fastest-chip"), Tone::Warn));
        }
    }
    if kept.public {
        row = row.chip(Chip::new(t.get("level-public-chip")));
    }
    if kept.active {
        row
    } else {
        row.chip(Chip::toned(t.get("level-rests"), Tone::Warn))
    }
}

async fn new(page: Page) -> PageResult {
    let form = form::usual();
    one(&page, None, &form, &Faults::default()).await
}

async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    match page.run(AddLevel(form::read(&form))).await {
        Ok(_) => Ok(page.lead_to(Place::Levels.path(), Some(&Flash::new(key("done-added"))))),
        Err(error) => one(&page, None, &form, &faults_of(error)?).await,
    }
}

async fn start(page: Page, Form(form): Form<Filled>) -> PageResult {
    let start = StartLevels {
        calendar: form
            .value("calendar")
            .unwrap_or(candor_domain::id::CalendarId(0)),
        name: page.t.get("levels-start-name"),
    };
    page.run(start).await?;
    Ok(page.lead_to(Place::Levels.path(), Some(&Flash::new(key("done-added")))))
}

async fn limit(page: Page, Form(form): Form<Filled>) -> PageResult {
    match page.run(KeepQueueLimit(form.number("limit"))).await {
        Ok(()) => Ok(page.lead_to(Place::Levels.path(), Some(&Flash::new(key("done-saved"))))),
        Err(error) => list(&page, &faults_of(error)?).await,
    }
}

async fn mode(page: Page, Form(form): Form<Filled>) -> PageResult {
    let mode = QueueMode::parse(form.text("mode")).unwrap_or_default();
    page.run(KeepQueueMode(mode)).await?;
    Ok(page.lead_to(Place::Levels.path(), Some(&Flash::new(key("done-saved")))))
}

async fn fastest_share(page: Page, Form(form): Form<Filled>) -> PageResult {
    match page.run(KeepFastestShare(form.number("share"))).await {
        Ok(()) => Ok(page.lead_to(Place::Levels.path(), Some(&Flash::new(key("done-saved"))))),
        Err(error) => list(&page, &faults_of(error)?).await,
    }
}

async fn show(page: Page, Path(level): Path<LevelId>) -> PageResult {
    let kept = page.ask(LevelView(level)).await?;
    let form = form::of(&kept);
    one(&page, Some(&kept), &form, &Faults::default()).await
}

async fn one(page: &Page, kept: Option<&KeptLevel>, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let levels = page.ask(LevelsView).await?;
    let fastest = page.ask(FastestTimes).await?;
    let warned = kept.filter(|_| fastest.is_too_many());
    let warned = warned.and_then(|kept| fastest_words(t, &fastest, kept.id));
    let (title, action) = match kept {
        Some(kept) => (kept.level.name().to_owned(), path_of(kept.id)),
        None => (t.get("level-add-title"), Place::Levels.path().to_owned()),
    };
    Place::Levels
        .titled(page, &title)
        .await?
        .back(t.get("place-levels"), Place::Levels.path())
        .maybe(warned.map(|words| {
            let chip = Chip::toned(t.get("fastest-chip"), Tone::Warn);
            Rows::new("", vec![Row::new(words).chip(chip)], "")
        }))
        .block(LevelForm::new(t, &action, &levels, (form, faults)))
        .maybe(kept.map(|kept| Rows::new("", vec![rest_row(t, kept)], "")))
        .answer(page, faults)
}

fn rest_row(t: &Texts, kept: &KeptLevel) -> Row {
    let path = format!("{}/rest", path_of(kept.id));
    if kept.active {
        let rest = ActionButton::post(path, t.get("level-let-rest"));
        Row::new(t.get("level-in-use"))
            .below(t.get("level-in-use-words"))
            .act(rest)
    } else {
        let wake = ActionButton::delete(&path, t.get("level-wake"));
        Row::new(t.get("level-rests")).act(wake)
    }
}

async fn change(page: Page, Path(level): Path<LevelId>, Form(form): Form<Filled>) -> PageResult {
    let text = form::read(&form);
    match page.run(ChangeLevel { level, text }).await {
        Ok(()) => Ok(page.lead_to(Place::Levels.path(), Some(&Flash::new(key("done-saved"))))),
        Err(error) => {
            let faults = faults_of(error)?;
            let kept = page.ask(LevelView(level)).await?;
            one(&page, Some(&kept), &form, &faults).await
        }
    }
}

async fn rest(page: Page, Path(level): Path<LevelId>) -> PageResult {
    page.run(RestLevel { level, rests: true }).await?;
    let undo = format!("{}/rest/removal", path_of(level));
    let told = Flash::new(key("done-saved")).with_undo(undo);
    Ok(page.lead_to(&path_of(level), Some(&told)))
}

async fn wake(page: Page, Path(level): Path<LevelId>) -> PageResult {
    page.run(RestLevel {
        level,
        rests: false,
    })
    .await?;
    Ok(page.lead_to(&path_of(level), Some(&Flash::new(key("done-saved")))))
}
