//! What staff do with a ticket.
//!
//! Owns: sorting, notes, answers, the ends of a ticket. Must not know: what customers say.

use super::Talk;
use crate::demo::script::cast::{AYLA, BEN, CHIARA, EMIL, FATOU, JONAS, MARA};
use crate::demo::script::draft;
use crate::demo::script::library::{COMMON, Entry, Section};
use crate::demo::script::shop::Team;
use crate::demo::script::step::Deed;
use candor_domain::ticket::{AfterSend, Kind, Status, Urgency};

/// Of a hundred first answers of Ben's, how many are too short.
const CURT: u32 = 38;

impl Talk<'_> {
    /// Somebody takes the ticket and says what it is.
    pub(in crate::demo::script) fn sort(&mut self) {
        let situation = self.situation();
        let (team, tags) = (situation.team, situation.tags.clone());
        let kind = if self.opening.complaint {
            Kind::Complaint
        } else {
            situation.kind
        };
        if team != Team::Support && self.person != JONAS && self.random.chance(35) {
            self.push(Deed::Assign {
                by: JONAS,
                team,
                to: None,
            });
            self.work(6);
        }
        let by = self.person;
        self.push(Deed::Assign {
            by,
            team,
            to: Some(by),
        });
        if kind != Kind::Inquiry || self.random.chance(85) {
            self.push(Deed::SetKind { by, kind });
        }
        let urgency = self.urgency();
        if urgency != Urgency::Normal {
            self.push(Deed::SetUrgency { by, urgency });
        }
        if !tags.is_empty() && self.random.chance(88) {
            self.push(Deed::Tag { by, tags });
        }
        self.work(3);
    }

    /// Somebody marks it as spam.
    pub(in crate::demo::script) fn spam(&mut self) {
        let by = self.person;
        self.push(Deed::Spam { by });
    }

    /// A colleague leaves a note.
    pub(in crate::demo::script) fn note(&mut self) {
        let own = self.deal_own(Section::Note);
        let Some(entry) = own.or_else(|| self.deal(COMMON, Section::Note)) else {
            return;
        };
        let team = self.situation().team;
        let by = match team {
            Team::Warehouse => EMIL,
            Team::Marketing => FATOU,
            Team::Billing if self.random.chance(30) => MARA,
            Team::Billing => CHIARA,
            Team::Support => self.person,
        };
        let by = if own.is_none() { self.person } else { by };
        let markdown = self.write(entry.text);
        self.push(Deed::Note { by, markdown });
        let minutes = self.random.around(14);
        self.work(minutes);
    }

    /// The first answer.
    pub(in crate::demo::script) fn reply(&mut self, then: AfterSend) {
        let curt = self.person == BEN && self.random.chance(CURT);
        let entry = if curt {
            self.deal(COMMON, Section::Curt)
        } else {
            self.deal_reply()
        };
        let text = entry.map_or("", |entry| entry.text);
        let unfinished = text.contains('?') || text.contains("{by}");
        let letter = self.staff_letter(text);
        let solves = then == AfterSend::Solve && unfinished;
        self.send(letter, if solves { AfterSend::Wait } else { then });
    }

    /// An answer that does not speak of its own writer as of somebody else, where there is one.
    fn deal_reply(&mut self) -> Option<Entry> {
        self.deal_own(Section::Reply).or_else(|| {
            self.thread.written_by("");
            self.deal_own(Section::Reply)
        })
    }

    /// One of the shop's answers to many.
    pub(in crate::demo::script) fn mass_reply(&mut self) {
        if let Some(entry) = self.deal_own(Section::Mass) {
            self.person = JONAS;
            let letter = self.staff_letter(entry.text);
            self.send(letter, AfterSend::Wait);
        }
    }

    /// The template that went out with its placeholders.
    pub(in crate::demo::script) fn broken_reply(&mut self) {
        let markdown = "Hi %CUSTOMER.FIRSTNAME%,\n\nyour request regarding %TICKET.TOPIC% has been \
                        processed. If you have further questions, please see our terms.\n\nBen";
        self.send(markdown.to_owned(), AfterSend::Solve);
    }

    /// An answer that belongs to a customer's question.
    pub(super) fn answer(&mut self, text: &str) {
        let letter = self.staff_letter(text);
        self.send(letter, AfterSend::Wait);
    }

    /// Time to read and to think before the next answer.
    pub(super) fn prepare(&mut self) {
        let minutes = 8 + self.random.around(75);
        self.work(minutes);
    }

    fn send(&mut self, markdown: String, then: AfterSend) {
        let by = self.person;
        if self.push(Deed::Reply { by, markdown, then }) {
            self.status = match then {
                AfterSend::Wait => Status::Waiting,
                AfterSend::Open => Status::Open,
                AfterSend::Solve => Status::Solved,
            };
        }
    }

    /// Moves it by hand, where that is a change.
    pub(in crate::demo::script) fn move_to(&mut self, status: Status) {
        let by = (status != Status::Closed).then_some(self.person);
        if self.status != status && self.push(Deed::Move { by, status }) {
            self.status = status;
        }
    }

    fn staff_letter(&mut self, text: &str) -> String {
        let mut body = self.write(text);
        if !self.facts.german() {
            draft::capitalize(&mut body);
        }
        let customer = self.customer();
        let greeting = match (self.facts.german(), self.facts.formal(), self.person) {
            (true, true, _) => format!("Guten Tag {}", customer.name),
            (true, false, _) => format!("Hallo {}", customer.given),
            (false, _, MARA | JONAS) => format!("Hello {}", customer.given),
            (false, ..) => format!("Hi {}", customer.given),
        };
        let given = self.stage.shop.people[self.person].given;
        let farewell = match (self.facts.german(), self.person) {
            (_, BEN) => "",
            (true, MARA | FATOU) => "Herzliche Grüße\n",
            (true, JONAS) => "Freundliche Grüße\n",
            (true, _) => "Viele Grüße\n",
            (false, MARA | JONAS) => "Kind regards,\n",
            (false, AYLA) => "Best wishes,\n",
            (false, CHIARA) => "All the best,\n",
            (false, _) => "Best,\n",
        };
        format!("{greeting},\n\n{body}\n\n{farewell}{given}")
    }
}
