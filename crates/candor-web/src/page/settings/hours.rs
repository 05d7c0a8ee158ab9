//! Opening hours: when time counts.
//!
//! Owns: the list, the form with its presets, the view of the year. Must not know: what is promised.

mod followed;
mod year;

use super::Place;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::form::Sent;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::zone::zones;
use crate::part::{Choice, Field, FieldKind, Row, Rows};
use crate::route::RouteBook;
use crate::state::App;
use askama::Template;
use axum::extract::{Path, Query};
use candor_desk::level::{
    CalendarText, CalendarView, Followed, FollowedBy, KeepCalendar, LevelsView,
};
use candor_domain::calendar::{FederalState, Holiday, Period};
use candor_domain::id::CalendarId;
use candor_domain::level::KeptCalendar;
use jiff::civil::Weekday;
use serde::Deserialize;
use year::Year;

/// What a form with a holiday file may weigh.
const FORM_BYTES: usize = 3 * 1024 * 1024;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Hours.admission();
    book.get("/settings/hours", may, index)
        .post_large("/settings/hours", may, FORM_BYTES, create)
        .get("/settings/hours/new", may, new)
        .get("/settings/hours/{calendar}", may, show)
        .post_large("/settings/hours/{calendar}", may, FORM_BYTES, change);
}

fn path_of(calendar: CalendarId) -> String {
    format!("{}/{calendar}", Place::Hours.path())
}

/// The fields of the days, as the desk names them.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn day_key(day: usize) -> &'static str {
    [
        key("time-monday"),
        key("time-tuesday"),
        key("time-wednesday"),
        key("time-thursday"),
        key("time-friday"),
        key("time-saturday"),
        key("time-sunday"),
    ][day]
}

async fn index(page: Page) -> PageResult {
    let t = &page.t;
    let levels = page.ask(LevelsView).await?;
    let rows = levels.calendars.iter().map(|kept| {
        let row = Row::new(kept.calendar.name()).leads_to(path_of(kept.id));
        row.below(week_words(t, kept))
            .below(kept.calendar.zone_name())
    });
    let add = Row::new(t.get("hours-another"))
        .below(t.get("hours-another-words"))
        .go("/settings/hours/new", t.get("hours-add"));
    Place::Hours
        .sheet(&page)
        .await?
        .intro(t.get("hours-intro"))
        .block(Rows::new("", rows.chain([add]).collect(), ""))
        .answer(&page, &Faults::default())
}

/// The week in one line: days with the same hours stand together.
pub(crate) fn week_words(t: &Texts, kept: &KeptCalendar) -> String {
    if kept.calendar.week().is_always() {
        return t.get("hours-always");
    }
    let mut groups: Vec<(usize, usize, String)> = Vec::new();
    for (place, day) in (0..7).zip(Weekday::Monday.cycle_forward()) {
        let hours = periods(kept.calendar.week().on(day));
        match groups.last_mut() {
            Some((_, last, same)) if *same == hours && *last + 1 == place => *last = place,
            _ => groups.push((place, place, hours)),
        }
    }
    let open = groups.into_iter().filter(|(.., hours)| !hours.is_empty());
    let words = open.map(|(first, last, hours)| {
        let days = if first == last {
            t.get(day_key(first))
        } else {
            let (from, to) = (t.get(day_key(first)), t.get(day_key(last)));
            t.args("hours-days", &[("from", &from), ("to", &to)])
        };
        format!("{days} {hours}")
    });
    words.collect::<Vec<_>>().join(", ")
}

fn periods(hours: &[Period]) -> String {
    let written = hours.iter().map(ToString::to_string);
    written.collect::<Vec<_>>().join(", ")
}

#[derive(Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    preset: String,
}

/// `GET /settings/hours/new`: filled in as a shop that is open on weekdays.
async fn new(page: Page, Query(wanted): Query<Wanted>) -> PageResult {
    let (weekday, saturday, sunday) = match wanted.preset.as_str() {
        "shop" => ("09:00-18:00", "10:00-14:00", ""),
        "always" => ("00:00-24:00", "00:00-24:00", "00:00-24:00"),
        "split" => ("09:00-12:00, 13:00-17:00", "", ""),
        _ => ("09:00-17:00", "", ""),
    };
    let brand = page
        .ask(candor_desk::mailbox::BrandOf { brand: None })
        .await?;
    let mut values = vec![
        ("name", page.t.get("hours-name-usual")),
        ("zone", brand.zone),
    ];
    values.extend(DAYS[..5].iter().map(|day| (*day, weekday.to_owned())));
    values.push(("sat", saturday.to_owned()));
    values.push(("sun", sunday.to_owned()));
    one(&page, None, &Filled::with(&values), &Faults::default()).await
}

/// The form.
#[derive(Template)]
#[template(path = "page/settings/hours_form.html")]
struct HoursForm {
    t: Texts,
    action: String,
    presets: Vec<Choice>,
    head: Vec<Field>,
    days: Vec<Field>,
    tail: Vec<Field>,
    state: Field,
    file_fault: Option<String>,
    feed: Field,
}

/// The federal states whose holidays can be added. Their names are the same in every language.
fn state_field(t: &Texts, form: &Filled) -> Field {
    let none = Choice::new("", t.get("hours-state-none"));
    let states = FederalState::ALL.iter();
    let states = states.map(|state| Choice::new(state.as_str(), state.own_name()));
    let choices = std::iter::once(none).chain(states).collect();
    Field::choice("state", t.get("hours-state"), choices)
        .value(form.text("state"))
        .hint(t.get("hours-state-hint"))
}

impl HoursForm {
    fn new(t: &Texts, kept: Option<&KeptCalendar>, form: &Filled, faults: &Faults) -> Self {
        let preset = |name: &str, words: &'static str| {
            Choice::new(format!("/settings/hours/new?preset={name}"), t.get(words))
        };
        let day = |place: usize| {
            Field::text(DAYS[place], t.get(day_key(place)))
                .value(form.text(DAYS[place]))
                .faults(faults, t)
        };
        let area = |name, label: &'static str, hint: &'static str| {
            Field::new(name, t.get(label), FieldKind::Area { rows: 5 })
                .value(form.text(name))
                .hint(t.get(hint))
                .faults(faults, t)
        };
        let zone = form.text("zone");
        let presets = [
            preset("office", key("preset-office")),
            preset("split", key("preset-split")),
            preset("shop", key("preset-shop")),
            preset("always", key("preset-always")),
        ];
        Self {
            action: kept.map_or(Place::Hours.path().to_owned(), |kept| path_of(kept.id)),
            presets: if kept.is_none() {
                presets.into()
            } else {
                Vec::new()
            },
            head: vec![
                Field::text("name", t.get("field-name"))
                    .value(form.text("name"))
                    .required()
                    .faults(faults, t),
                Field::choice("zone", t.get("field-zone"), zones(zone))
                    .value(zone)
                    .faults(faults, t),
            ],
            days: (0..7).map(day).collect(),
            tail: vec![
                area(
                    "holidays",
                    key("hours-holidays"),
                    key("hours-holidays-hint"),
                ),
                area(
                    "exceptions",
                    key("hours-exceptions"),
                    key("hours-exceptions-hint"),
                ),
            ],
            state: state_field(t, form),
            file_fault: faults.of("file", t),
            feed: followed::field(t, form).faults(faults, t),
            t: t.clone(),
        }
    }
}

fn typed(sent: &Sent) -> (Filled, CalendarText) {
    let text = |name: &str| sent.text(name).to_owned();
    let mut values: Vec<(&str, String)> =
        ["name", "zone", "holidays", "exceptions", "state", "feed"]
            .map(|name| (name, text(name)))
            .into();
    values.extend(DAYS.map(|day| (day, text(day))));
    let file = sent.files.first();
    let calendar = CalendarText {
        name: text("name"),
        zone: text("zone"),
        days: DAYS.map(text),
        holidays: text("holidays"),
        exceptions: text("exceptions"),
        state: FederalState::parse(sent.text("state")),
        feed: Some(text("feed")),
        file: file.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()),
    };
    (Filled::with(&values), calendar)
}

async fn create(page: Page, sent: Sent) -> PageResult {
    let (form, text) = typed(&sent);
    match page
        .run(KeepCalendar {
            calendar: None,
            text,
        })
        .await
    {
        Ok(id) => Ok(page.lead_to(&path_of(id), Some(&Flash::new(key("done-hours"))))),
        Err(error) => one(&page, None, &form, &faults_of(error)?).await,
    }
}

async fn show(page: Page, Path(calendar): Path<CalendarId>) -> PageResult {
    let kept = page.ask(CalendarView(calendar)).await?;
    let followed = page.ask(FollowedBy(calendar)).await?;
    let form = written(&kept, followed.as_ref());
    one(&page, Some(&kept), &form, &Faults::default()).await
}

/// A calendar as it would have been typed.
fn written(kept: &KeptCalendar, followed: Option<&Followed>) -> Filled {
    let calendar = &kept.calendar;
    let holidays = calendar.holidays().iter().map(|(day, name)| match day {
        Holiday::On(date) => format!("{date} {name}"),
        Holiday::EveryYear(month, day) => format!("{month:02}-{day:02} {name}"),
    });
    let exceptions = calendar.exceptions().iter().flat_map(|one| {
        let hours = match one.hours() {
            [] => "closed".to_owned(),
            hours => periods(hours),
        };
        let days = one.first().series(jiff::ToSpan::days(1));
        let days = days.take_while(|day| *day <= one.last());
        days.map(move |day| format!("{day} {hours}"))
    });
    let mut values = vec![
        ("name", calendar.name().to_owned()),
        ("zone", calendar.zone_name().to_owned()),
        ("holidays", holidays.collect::<Vec<_>>().join("\n")),
        ("exceptions", exceptions.collect::<Vec<_>>().join("\n")),
    ];
    if let Some(followed) = followed {
        values.push(("feed", followed.address.clone()));
    }
    for (name, day) in DAYS.iter().zip(Weekday::Monday.cycle_forward()) {
        values.push((name, periods(calendar.week().on(day))));
    }
    Filled::with(&values)
}

async fn one(
    page: &Page,
    kept: Option<&KeptCalendar>,
    form: &Filled,
    faults: &Faults,
) -> PageResult {
    let t = &page.t;
    let title = match kept {
        Some(kept) => kept.calendar.name().to_owned(),
        None => t.get("hours-add-title"),
    };
    let state = match kept {
        Some(kept) => followed::state(page, kept).await?,
        None => None,
    };
    Place::Hours
        .titled(page, &title)
        .await?
        .back(t.get("place-hours"), Place::Hours.path())
        .maybe(state)
        .block(HoursForm::new(t, kept, form, faults))
        .maybe(kept.map(|kept| Year::of(t, page.app.desk.now(), &kept.calendar)))
        .answer(page, faults)
}

async fn change(page: Page, Path(calendar): Path<CalendarId>, sent: Sent) -> PageResult {
    let (form, text) = typed(&sent);
    let keep = KeepCalendar {
        calendar: Some(calendar),
        text,
    };
    match page.run(keep).await {
        Ok(id) => Ok(page.lead_to(&path_of(id), Some(&Flash::new(key("done-saved"))))),
        Err(error) => {
            let faults = faults_of(error)?;
            let kept = page.ask(CalendarView(calendar)).await?;
            one(&page, Some(&kept), &form, &faults).await
        }
    }
}
