//! Mails to colleagues about the roster.
//!
//! Owns: who hears what. Must not know: the sentences in any language, how mail is carried.

use crate::cx::Cx;
use crate::error::DeskError;
use crate::outbox::{RosterTexts, SecretMail, filled, queue_secret_mail};
use crate::people::access_of_person;
use candor_domain::id::PersonId;
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_domain::roster::{Absence, AbsenceState, Swap, SwapState};
use candor_store::Tx;
use jiff::civil::Date;

/// What is told.
#[derive(Clone, Copy)]
pub(super) enum Told<'a> {
    /// To leads: somebody wants to be away, or no longer.
    AbsenceAsked(&'a Absence),
    /// To whoever asked: what became of it.
    AbsenceDecided(&'a Absence),
    /// To the deputy.
    Deputy(&'a Absence),
    /// To leads and to whoever offered it: somebody would take it, or no longer.
    SwapTaken(&'a Swap),
    /// To both: what became of it.
    SwapDecided(&'a Swap),
}

impl Told<'_> {
    fn sentence<'t>(&self, texts: &'t RosterTexts) -> &'t str {
        match self {
            Self::AbsenceAsked(absence) => match absence.state {
                AbsenceState::Withdrawn => &texts.absence_withdrawn,
                _ => &texts.absence_asked,
            },
            Self::AbsenceDecided(absence) => match absence.state {
                AbsenceState::Approved => &texts.absence_approved,
                AbsenceState::Declined => &texts.absence_declined,
                AbsenceState::Withdrawn => &texts.absence_withdrawn,
                AbsenceState::Asked => &texts.absence_open,
            },
            Self::Deputy(_) => &texts.deputy,
            Self::SwapTaken(swap) => match swap.state {
                SwapState::Taken => &texts.swap_taken,
                _ => &texts.swap_given_back,
            },
            Self::SwapDecided(swap) => match swap.state {
                SwapState::Approved => &texts.swap_approved,
                SwapState::Declined => &texts.swap_declined,
                SwapState::Withdrawn => &texts.swap_withdrawn,
                SwapState::Lapsed => &texts.swap_lapsed,
                SwapState::Offered => &texts.swap_on_offer,
                SwapState::Taken => &texts.swap_open,
            },
        }
    }

    /// Who it is about, who else, and the days.
    fn about(&self) -> (PersonId, Option<PersonId>, Date, Date) {
        match self {
            Self::AbsenceAsked(absence) | Self::AbsenceDecided(absence) | Self::Deputy(absence) => {
                (absence.person, absence.deputy, absence.first, absence.last)
            }
            Self::SwapTaken(swap) | Self::SwapDecided(swap) => {
                (swap.by, swap.taker, swap.date, swap.date)
            }
        }
    }
}

/// Tells every lead but the one who does it.
pub(super) fn tell_leads(tx: &mut Tx<'_>, cx: &Cx, told: Told<'_>) -> Result<(), DeskError> {
    for person in tx.people()? {
        let access = access_of_person(tx, &person)?;
        if access.is_some_and(|access| access.has(Permission::ManageLevels)) {
            tell(tx, cx, person.id, told)?;
        }
    }
    Ok(())
}

/// Tells somebody, unless they did it themselves. Without a mailbox to send from nothing goes out;
/// the pages say the same.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    cx: &Cx,
    to: PersonId,
    told: Told<'_>,
) -> Result<(), DeskError> {
    if cx.actor.person() == Some(to) {
        return Ok(());
    }
    let mailbox = tx.mailboxes()?.into_iter().find(|mailbox| mailbox.active);
    let person = tx.person(to)?.filter(|person| person.active);
    let (Some(mailbox), Some(person)) = (mailbox, person) else {
        return Ok(());
    };
    let brand = tx.brand(mailbox.brand)?;
    let brand = brand.ok_or(DeskError::NotFound("brand"))?;
    let language = person.language.as_deref().unwrap_or(&brand.language);
    let texts = &cx.texts().for_language(language).roster;
    let news = news(tx, told, texts)?;
    let link = format!("{}/shifts", cx.public_url());
    let values = [
        ("name", person.name.as_str()),
        ("brand", brand.name.as_str()),
        ("news", news.as_str()),
        ("link", link.as_str()),
    ];
    let mail = SecretMail {
        purpose: "roster",
        from: &mailbox.address,
        to: &person.email,
        subject: &filled(&texts.letter.subject, &values),
        body: &filled(&texts.letter.body, &values),
    };
    queue_secret_mail(tx, cx, &mail).map(|_| ())
}

fn news(tx: &mut Tx<'_>, told: Told<'_>, texts: &RosterTexts) -> Result<String, DeskError> {
    let (who, other, first, last) = told.about();
    let name = |person: Option<Person>| person.map_or_else(String::new, |person| person.name);
    let who = name(tx.person(who)?);
    let other = match other {
        Some(other) => name(tx.person(other)?),
        None => String::new(),
    };
    let day = |date: Date| date.strftime(&texts.day_form).to_string();
    let days = if first == last {
        day(first)
    } else {
        format!("{} – {}", day(first), day(last))
    };
    let values = [
        ("who", who.as_str()),
        ("other", other.as_str()),
        ("days", days.as_str()),
    ];
    Ok(filled(told.sentence(texts), &values))
}
