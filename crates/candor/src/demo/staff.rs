//! The roster of the demo shop, who is away, who can do what, who is told by mail, and which share
//! may be urgent.
//!
//! Owns: the shifts of the eight, their absences, swaps, skills and wishes. Must not know: the script.

use super::cast::Cast;
use anyhow::Result;
use candor_desk::Desk;
use candor_desk::roster::{
    AbsenceText, AddShift, AskForAbsence, OfferShift, RosterView, ShiftText, TakeSwap,
};
use candor_desk::skill::{AddSkill, SkillText};
use candor_desk::staff_mail::ChangeMailWish;
use candor_desk::workload::KeepUrgentQuota;
use candor_domain::actor::Actor;
use candor_domain::id::PersonId;
use candor_domain::roster::{AbsenceKind, Days};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Indices of the shop's people.
const JONAS: usize = 1;
const AYLA: usize = 2;
const BEN: usize = 3;
const CHIARA: usize = 4;
const DENIZ: usize = 5;

/// Who, on which days of the week, when.
type Row = (usize, &'static [Weekday], &'static str);

/// Two on weekdays, one more on Mondays and in the mornings, two on Saturdays: 122 hours for 450
/// tickets a week.
const FULL: [Row; 8] = {
    use Weekday::{Friday, Monday, Saturday, Thursday, Tuesday, Wednesday};
    const WEEKDAYS: &[Weekday] = &[Monday, Tuesday, Wednesday, Thursday, Friday];
    [
        (AYLA, &[Monday, Tuesday, Wednesday, Thursday], "09:00-18:00"),
        (DENIZ, &[Friday], "09:00-18:00"),
        (BEN, &[Monday, Tuesday, Wednesday], "09:00-18:00"),
        (CHIARA, &[Thursday, Friday], "09:00-18:00"),
        (CHIARA, &[Monday], "09:00-18:00"),
        (JONAS, WEEKDAYS, "09:00-12:00"),
        (BEN, &[Saturday], "10:00-14:00"),
        (DENIZ, &[Saturday], "10:00-14:00"),
    ]
};
/// One while it is open, nobody on Wednesday afternoon, two on Tuesday morning: for a shop that
/// shows few tickets.
const SMALL: [Row; 6] = {
    use Weekday::{Friday, Monday, Saturday, Thursday, Tuesday, Wednesday};
    [
        (AYLA, &[Monday, Tuesday], "09:00-18:00"),
        (BEN, &[Wednesday], "09:00-13:00"),
        (CHIARA, &[Thursday, Friday], "09:00-18:00"),
        (DENIZ, &[Saturday], "10:00-14:00"),
        (JONAS, &[Tuesday], "09:00-12:00"),
        (BEN, &[Monday], "13:00-18:00"),
    ]
};
/// From so many tickets in eight weeks the shop has its whole team.
const FULL_FROM: usize = 3_000;

/// The share of tickets that may be urgent, in percent: what the shop's weeks usually have.
const QUOTA: i64 = 8;

/// Writes the roster.
pub(super) async fn roster(desk: &Desk, cast: &Cast, tickets: usize) -> Result<()> {
    let owner = super::rate::actor(desk, cast.people[0]).await?;
    desk.run(&owner, KeepUrgentQuota(QUOTA)).await?;
    let today = desk.ask(&owner, RosterView { week: None }).await?.today;
    let begun = today.saturating_sub(70.days());
    let shifts: &[Row] = if tickets >= FULL_FROM { &FULL } else { &SMALL };
    for &(person, days, hours) in shifts {
        let set = days.iter().fold(Days::NONE, |set, day| set.with(*day));
        let text = ShiftText {
            person: cast.people[person],
            days: set,
            first: begun.to_string(),
            last: String::new(),
            hours: hours.to_owned(),
        };
        desk.run(&owner, AddShift(text)).await?;
    }
    absences(desk, cast, (&owner, today)).await?;
    swap(desk, cast).await?;
    skills(desk, cast).await?;
    told_by_mail(desk, cast).await
}

/// Most of them answer in German, and two know every grinder by its sound.
async fn skills(desk: &Desk, cast: &Cast) -> Result<()> {
    let people = |who: &[usize]| who.iter().map(|&person| cast.people[person]).collect();
    let german = SkillText {
        name: "German".to_owned(),
        languages: vec!["de".to_owned()],
        people: people(&[0, JONAS, AYLA, BEN, DENIZ]),
        ..SkillText::default()
    };
    let tags = ["grind", "grinder-g2", "machine-help"];
    let grinders = SkillText {
        name: "Grinders".to_owned(),
        tags: tags.map(str::to_owned).to_vec(),
        people: people(&[AYLA, BEN]),
        ..SkillText::default()
    };
    for text in [german, grinders] {
        desk.run(&Actor::System, AddSkill(text)).await?;
    }
    Ok(())
}

/// Ayla hears of her tickets by mail too, and may answer from there.
async fn told_by_mail(desk: &Desk, cast: &Cast) -> Result<()> {
    let ayla = super::rate::actor(desk, cast.people[AYLA]).await?;
    let wish = ChangeMailWish {
        assigned: true,
        answered: true,
        team: false,
    };
    Ok(desk.run(&ayla, wish).await?)
}

async fn absences(desk: &Desk, cast: &Cast, (owner, today): (&Actor, Date)) -> Result<()> {
    let away = |person: PersonId, deputy, (first, last): (i64, i64)| AbsenceText {
        person,
        deputy: Some(deputy),
        first: today.saturating_add(first.days()).to_string(),
        last: today.saturating_add(last.days()).to_string(),
        kind: AbsenceKind::Leave,
        note: String::new(),
    };
    let [ben, chiara] = [BEN, CHIARA].map(|person| cast.people[person]);
    let leave = away(ben, cast.people[DENIZ], (15, 19));
    desk.run(owner, AskForAbsence(leave)).await?;
    let asks = super::rate::actor(desk, chiara).await?;
    let leave = away(chiara, cast.people[AYLA], (29, 33));
    desk.run(&asks, AskForAbsence(leave)).await?;
    Ok(())
}

/// Chiara gives a Friday away, and Ayla would take it.
async fn swap(desk: &Desk, cast: &Cast) -> Result<()> {
    let owner = super::rate::actor(desk, cast.people[0]).await?;
    let roster = desk.ask(&owner, RosterView { week: None }).await?;
    let (chiara, start) = (cast.people[CHIARA], roster.today.saturating_add(7.days()));
    let shifts = roster.book.shifts.iter();
    let shift = shifts
        .filter(|shift| shift.person == chiara)
        .find_map(|shift| {
            let dates = start.series(1.day()).take(7);
            let mut fridays = dates.filter(|date| date.weekday() == Weekday::Friday);
            fridays
                .find(|date| shift.is_on(*date))
                .map(|date| (shift.id, date))
        });
    let Some((shift, date)) = shift else {
        return Ok(());
    };
    let gives = super::rate::actor(desk, chiara).await?;
    let offered = desk.run(&gives, OfferShift { shift, date }).await?;
    let takes = super::rate::actor(desk, cast.people[AYLA]).await?;
    desk.run(&takes, TakeSwap(offered)).await?;
    Ok(())
}
