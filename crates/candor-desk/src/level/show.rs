//! Levels and calendars, as the pages list them.
//!
//! Owns: the queries. Must not know: HTML.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::people::staff_only;
use candor_domain::customer::{Organization, Tier};
use candor_domain::id::{CalendarId, LevelId, PersonId};
use candor_domain::level::{KeptCalendar, KeptLevel};
use candor_domain::mailbox::Mailbox;
use candor_domain::permission::Permission;
use candor_store::Tx;

/// Asks for every level, with what levels can be for.
#[derive(Debug, Clone, Copy)]
pub struct LevelsView;

/// Every level, with what levels can be for.
#[derive(Debug, Clone)]
pub struct Levels {
    /// The levels, oldest first, with those that rest.
    pub levels: Vec<KeptLevel>,
    /// The calendars.
    pub calendars: Vec<KeptCalendar>,
    /// Tiers that a level can be for.
    pub tiers: Vec<Tier>,
    /// Organizations that a level can be for.
    pub organizations: Vec<Organization>,
    /// Mailboxes that a level can be for.
    pub mailboxes: Vec<Mailbox>,
    /// People who can be warned.
    pub people: Vec<(PersonId, String)>,
}

impl Levels {
    /// A calendar by its row.
    pub fn calendar(&self, id: CalendarId) -> Option<&KeptCalendar> {
        self.calendars.iter().find(|kept| kept.id == id)
    }
}

impl Query for LevelsView {
    type Output = Levels;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Levels, DeskError> {
        staff_only(cx)?;
        let mut people = tx.people()?;
        people.retain(|person| person.active);
        Ok(Levels {
            people: people
                .into_iter()
                .map(|person| (person.id, person.name))
                .collect(),
            levels: tx.levels()?,
            calendars: tx.calendars()?,
            tiers: tx.tiers()?,
            organizations: tx.organizations()?,
            mailboxes: tx.mailboxes()?,
        })
    }
}

/// Asks for one level.
#[derive(Debug, Clone, Copy)]
pub struct LevelView(pub LevelId);

impl Query for LevelView {
    type Output = KeptLevel;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<KeptLevel, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        tx.level(self.0)?.ok_or(DeskError::NotFound("level"))
    }
}

/// Asks for one calendar.
#[derive(Debug, Clone, Copy)]
pub struct CalendarView(pub CalendarId);

impl Query for CalendarView {
    type Output = KeptCalendar;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<KeptCalendar, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        tx.calendar(self.0)?.ok_or(DeskError::NotFound("calendar"))
    }
}
