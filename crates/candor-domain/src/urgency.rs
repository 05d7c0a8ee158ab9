//! How urgent a ticket looks by the facts that are known of it.
//!
//! Owns: which fact suggests which urgency, and a person's choice against it. Must not know: how
//! words are read, how many tickets a shop has. A suggestion changes nothing by itself.

use crate::id::{PersonId, TicketId};
use crate::level::Weight;
use crate::record::{Content, Recorded};
use crate::ticket::{Kind, Urgency};
use crate::word::words;
use jiff::Timestamp;
use serde_json::{Value, json};

words! {
    /// The fact that suggests an urgency, the strongest first.
    UrgencyGround {
        /// The customer speaks of danger.
        Safety = "safety",
        /// The customer speaks of lawyers or authorities.
        Legal = "legal_threat",
        /// The customer speaks of leaving.
        Leaving = "churn_threat",
        /// The customer says that there is little time.
        Hurry = "urgency",
        /// The customer has several open tickets.
        SeveralTickets = "several_tickets",
        /// A customer with a better level complains.
        ValuedComplaint = "valued_complaint",
        /// Praise or an idea.
        Feedback = "feedback",
    }
}

/// From so many open tickets of one customer on, something is wrong.
pub const SEVERAL_TICKETS: usize = 3;

/// What is known of a ticket when its urgency is suggested.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UrgencyFacts {
    /// What the customer wants.
    pub kind: Option<Kind>,
    /// What the customer's own words speak of; grounds that no words give are not looked at.
    pub said: Vec<UrgencyGround>,
    /// How much tickets of its level weigh.
    pub tier_weight: Weight,
    /// Open tickets of this customer, with this one.
    pub open_tickets: usize,
}

/// An urgency that the facts speak for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UrgencySuggestion {
    /// This one.
    pub urgency: Urgency,
    /// Because of this.
    pub ground: UrgencyGround,
}

impl UrgencyFacts {
    /// The urgency that the strongest fact speaks for; `None` where nothing speaks against the
    /// usual.
    ///
    /// | ground | suggests |
    /// |---|---|
    /// | danger, lawyers, leaving, little time | urgent |
    /// | three open tickets or more of one customer | urgent |
    /// | a complaint at a level that weighs more than the others | urgent |
    /// | praise or an idea, and nothing else | can wait |
    pub fn suggest(&self) -> Option<UrgencySuggestion> {
        let ground = UrgencyGround::ALL
            .iter()
            .copied()
            .find(|ground| self.gives(*ground))?;
        Some(UrgencySuggestion {
            urgency: match ground {
                UrgencyGround::Feedback => Urgency::CanWait,
                _ => Urgency::Urgent,
            },
            ground,
        })
    }

    fn gives(&self, ground: UrgencyGround) -> bool {
        match ground {
            UrgencyGround::Safety
            | UrgencyGround::Legal
            | UrgencyGround::Leaving
            | UrgencyGround::Hurry => self.said.contains(&ground),
            UrgencyGround::SeveralTickets => self.open_tickets >= SEVERAL_TICKETS,
            UrgencyGround::ValuedComplaint => {
                self.kind == Some(Kind::Complaint) && self.tier_weight > Weight::default()
            }
            UrgencyGround::Feedback => self.kind == Some(Kind::Feedback),
        }
    }
}

/// What a person decided against a suggestion, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrgencyChoice {
    /// Which ticket.
    pub ticket: TicketId,
    /// What was suggested.
    pub suggested: Urgency,
    /// Because of this.
    pub ground: UrgencyGround,
    /// What they chose.
    pub chosen: Urgency,
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why, in their own words. Staff only.
    pub reason: String,
    /// Whether it still holds; taken back, the suggestion stands again.
    pub holds: bool,
    /// 16 random bytes.
    pub salt: Vec<u8>,
}

impl UrgencyChoice {
    /// Longest reason, in bytes.
    pub const MAX_REASON: usize = 500;

    /// Whether it answers a suggestion: one on a stronger ground is news.
    pub fn answers(&self, suggestion: UrgencySuggestion) -> bool {
        self.holds && self.ground <= suggestion.ground
    }
}

impl Recorded for UrgencyChoice {
    fn subject(&self) -> String {
        format!("urgency:{}", self.ticket)
    }
    fn facts(&self) -> Value {
        json!({
            "ticket": self.ticket, "suggested": self.suggested, "ground": self.ground,
            "chosen": self.chosen, "by": self.by, "at": self.at.as_microsecond(),
            "holds": self.holds,
        })
    }
    fn content(&self) -> Option<Content> {
        Some(Content::new(&self.salt, &json!([self.reason])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> UrgencyFacts {
        UrgencyFacts {
            open_tickets: 1,
            ..UrgencyFacts::default()
        }
    }

    fn suggested(facts: &UrgencyFacts) -> Option<(Urgency, UrgencyGround)> {
        let suggestion = facts.suggest()?;
        Some((suggestion.urgency, suggestion.ground))
    }

    #[test]
    fn an_everyday_question_suggests_nothing() {
        assert_eq!(suggested(&facts()), None);
        let inquiry = UrgencyFacts {
            kind: Some(Kind::Inquiry),
            tier_weight: Weight::whole(3),
            open_tickets: 2,
            ..facts()
        };
        assert_eq!(suggested(&inquiry), None);
    }

    #[test]
    fn danger_counts_before_everything_else() {
        let all = UrgencyFacts {
            kind: Some(Kind::Complaint),
            said: vec![
                UrgencyGround::Hurry,
                UrgencyGround::Legal,
                UrgencyGround::Safety,
            ],
            tier_weight: Weight::whole(3),
            open_tickets: 7,
        };
        let urgent = Some((Urgency::Urgent, UrgencyGround::Safety));
        assert_eq!(suggested(&all), urgent);
    }

    #[test]
    fn the_third_open_ticket_and_a_valued_complaint_are_urgent() {
        let several = UrgencyFacts {
            open_tickets: 3,
            ..facts()
        };
        let urgent = |ground| Some((Urgency::Urgent, ground));
        assert_eq!(suggested(&several), urgent(UrgencyGround::SeveralTickets));
        let mut complaint = UrgencyFacts {
            kind: Some(Kind::Complaint),
            ..facts()
        };
        assert_eq!(suggested(&complaint), None);
        complaint.tier_weight = Weight::whole(2);
        let valued = urgent(UrgencyGround::ValuedComplaint);
        assert_eq!(suggested(&complaint), valued);
    }

    #[test]
    fn praise_can_wait_unless_it_comes_with_a_threat() {
        let mut praise = UrgencyFacts {
            kind: Some(Kind::Feedback),
            ..facts()
        };
        let can_wait = Some((Urgency::CanWait, UrgencyGround::Feedback));
        assert_eq!(suggested(&praise), can_wait);
        praise.said = vec![UrgencyGround::Leaving];
        let leaving = Some((Urgency::Urgent, UrgencyGround::Leaving));
        assert_eq!(suggested(&praise), leaving);
    }

    #[test]
    fn a_choice_answers_the_same_ground_and_weaker_ones_only() {
        let choice = UrgencyChoice {
            ticket: TicketId(1),
            suggested: Urgency::Urgent,
            ground: UrgencyGround::Hurry,
            chosen: Urgency::Normal,
            by: PersonId(1),
            at: Timestamp::UNIX_EPOCH,
            reason: "a replacement is on its way".to_owned(),
            holds: true,
            salt: vec![0; 16],
        };
        let on = |ground| UrgencySuggestion {
            urgency: Urgency::Urgent,
            ground,
        };
        assert!(choice.answers(on(UrgencyGround::Hurry)));
        assert!(choice.answers(on(UrgencyGround::SeveralTickets)));
        assert!(!choice.answers(on(UrgencyGround::Safety)));
        let taken_back = UrgencyChoice {
            holds: false,
            ..choice
        };
        assert!(!taken_back.answers(on(UrgencyGround::Hurry)));
    }
}
