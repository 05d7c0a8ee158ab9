//! One day of a shift that somebody else takes.
//!
//! Owns: offering, taking, deciding. Must not know: who may decide.

use super::RosterRule;
use crate::id::{PersonId, ShiftId, SwapId};
use crate::record::Recorded;
use crate::word::words;
use jiff::civil::Date;
use serde_json::{Value, json};

words! {
    /// How far it came.
    SwapState {
        /// Nobody took it yet.
        Offered = "offered",
        /// Somebody would; a lead has to decide.
        Taken = "taken",
        /// It is theirs.
        Approved = "approved",
        /// It stays where it was.
        Declined = "declined",
        /// Whoever offered it keeps it.
        Withdrawn = "withdrawn",
        /// The roster changed, and whoever offered it does not have that shift any more.
        Lapsed = "lapsed",
    }
}

/// One day of a shift on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    /// The row.
    pub id: SwapId,
    /// Which shift.
    pub shift: ShiftId,
    /// On which day.
    pub date: Date,
    /// Who gives it away.
    pub by: PersonId,
    /// Who takes it.
    pub taker: Option<PersonId>,
    /// How far it came.
    pub state: SwapState,
}

impl Swap {
    /// Whether something is still to be done about it.
    pub fn is_open(&self) -> bool {
        matches!(self.state, SwapState::Offered | SwapState::Taken)
    }

    /// Somebody would take it.
    ///
    /// # Errors
    /// `Oneself` for whoever offered it, `Decided` when somebody else was quicker.
    pub fn take(&mut self, person: PersonId) -> Result<(), RosterRule> {
        if person == self.by {
            return Err(RosterRule::Oneself);
        }
        if self.state != SwapState::Offered {
            return Err(RosterRule::Decided);
        }
        self.taker = Some(person);
        self.state = SwapState::Taken;
        Ok(())
    }

    /// Whoever took it would rather not.
    ///
    /// # Errors
    /// `Decided` when a lead decided already, or somebody else has it.
    pub fn give_back(&mut self, person: PersonId) -> Result<(), RosterRule> {
        if self.state != SwapState::Taken || self.taker != Some(person) {
            return Err(RosterRule::Decided);
        }
        self.taker = None;
        self.state = SwapState::Offered;
        Ok(())
    }

    /// A lead says yes or no.
    ///
    /// # Errors
    /// `Decided` when nobody has taken it, or it was decided.
    pub fn decide(&mut self, approve: bool) -> Result<(), RosterRule> {
        if self.state != SwapState::Taken {
            return Err(RosterRule::Decided);
        }
        self.state = if approve {
            SwapState::Approved
        } else {
            SwapState::Declined
        };
        Ok(())
    }

    /// A lead takes the decision back.
    ///
    /// # Errors
    /// `Decided` when there is none.
    pub fn ask_again(&mut self) -> Result<(), RosterRule> {
        if !matches!(self.state, SwapState::Approved | SwapState::Declined) {
            return Err(RosterRule::Decided);
        }
        self.state = SwapState::Taken;
        Ok(())
    }

    /// The shift is not there any more.
    ///
    /// # Errors
    /// `Decided` when nothing was to be done about it.
    pub fn lapse(&mut self) -> Result<(), RosterRule> {
        if !self.is_open() {
            return Err(RosterRule::Decided);
        }
        self.state = SwapState::Lapsed;
        Ok(())
    }

    /// It is open again as it was: the shift is back, or whoever kept it offers it after all.
    ///
    /// # Errors
    /// `Decided` when it did not end in one of these ways.
    pub fn reopen(&mut self) -> Result<(), RosterRule> {
        if !matches!(self.state, SwapState::Lapsed | SwapState::Withdrawn) {
            return Err(RosterRule::Decided);
        }
        self.state = match self.taker {
            Some(_) => SwapState::Taken,
            None => SwapState::Offered,
        };
        Ok(())
    }

    /// Whoever offered it keeps it after all.
    ///
    /// # Errors
    /// `Decided` when a lead decided.
    pub fn withdraw(&mut self) -> Result<(), RosterRule> {
        if !self.is_open() {
            return Err(RosterRule::Decided);
        }
        self.state = SwapState::Withdrawn;
        Ok(())
    }
}

impl Recorded for Swap {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({
            "shift": self.shift, "date": self.date, "by": self.by, "taker": self.taker,
            "state": self.state,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn one_takes_it_and_a_lead_decides() {
        let mut swap = Swap {
            id: SwapId(1),
            shift: ShiftId(1),
            date: date(2026, 11, 23),
            by: PersonId(1),
            taker: None,
            state: SwapState::Offered,
        };
        assert_eq!(swap.take(PersonId(1)), Err(RosterRule::Oneself));
        assert_eq!(swap.decide(true), Err(RosterRule::Decided));
        swap.take(PersonId(2)).unwrap();
        assert_eq!(swap.take(PersonId(3)), Err(RosterRule::Decided));
        assert_eq!(swap.give_back(PersonId(3)), Err(RosterRule::Decided));
        swap.decide(true).unwrap();
        assert_eq!(swap.withdraw(), Err(RosterRule::Decided));
        swap.ask_again().unwrap();
        swap.decide(false).unwrap();
        assert_eq!(swap.state, SwapState::Declined);
    }

    #[test]
    fn what_lapsed_comes_back_as_it_was() {
        let mut swap = Swap {
            id: SwapId(1),
            shift: ShiftId(1),
            date: date(2026, 11, 23),
            by: PersonId(1),
            taker: None,
            state: SwapState::Offered,
        };
        assert_eq!(swap.reopen(), Err(RosterRule::Decided));
        swap.lapse().unwrap();
        assert_eq!(swap.take(PersonId(2)), Err(RosterRule::Decided));
        swap.reopen().unwrap();
        assert_eq!(swap.state, SwapState::Offered);
        swap.take(PersonId(2)).unwrap();
        swap.lapse().unwrap();
        swap.reopen().unwrap();
        assert_eq!(
            (swap.state, swap.taker),
            (SwapState::Taken, Some(PersonId(2)))
        );
        swap.decide(true).unwrap();
        assert_eq!(swap.lapse(), Err(RosterRule::Decided));
    }
}
