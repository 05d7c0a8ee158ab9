//! One ticket, step by step.
//!
//! Owns: the clock of a ticket, who has it, where it stands, and the sentences that fit. Steps
//! that would lie after the end of the script are left out. Must not know: which step follows which.

mod letter;
mod staff;

pub(super) use letter::attachment;

use super::draft;
use super::facts::{Facts, Moment, Stage};
use super::hours::{HOUR, stamp};
use super::library::{COMMON, Entry, Library, Section, Situation, Thread};
use super::plot::Case;
use super::random::Random;
use super::shop::{Customer, Tier};
use super::step::{CustomerMail, Deed, Step};
use candor_domain::ticket::{Kind, Status, Urgency};
use jiff::civil::Weekday;

/// The hour at which customers are awake again.
const MORNING: i64 = 7;
/// Tags of tickets that end with a parcel.
const PARCELS: [&str; 4] = ["delivery", "missing-item", "damaged", "wrong-item"];

pub(super) struct Talk<'a> {
    stage: &'a Stage<'a>,
    case: &'a Case,
    library: &'a mut Library,
    random: &'a mut Random,
    facts: Facts<'a>,
    /// Who answers.
    person: usize,
    /// The text that opened the ticket.
    opening: Entry,
    thread: Thread,
    subject: String,
    deeds: Vec<(i64, Deed)>,
    status: Status,
    /// The second at which the last step happened.
    pub(super) at: i64,
}

impl<'a> Talk<'a> {
    /// A ticket that nobody wrote yet.
    pub(super) fn begin(
        case: &'a Case,
        stage: &'a Stage<'a>,
        library: &'a mut Library,
        random: &'a mut Random,
    ) -> Self {
        let customer = &stage.shop.customers[case.customer];
        let days = library.situations[case.situation].ordered;
        let person = stage.shop.people[case.person].given;
        let thread = Thread::about(&library.situations[case.situation].tags, person);
        let facts = Facts::draw(stage, customer, case.at, days, random);
        Self {
            stage,
            case,
            library,
            facts,
            person: case.person,
            opening: Entry::default(),
            thread,
            subject: String::new(),
            deeds: Vec::new(),
            status: Status::New,
            at: case.at,
            random,
        }
    }

    /// Everything that happened until the end of the script.
    pub(super) fn steps(self, ticket: usize) -> impl Iterator<Item = Step> {
        self.deeds.into_iter().map(move |(at, deed)| Step {
            at: stamp(at),
            ticket,
            deed,
        })
    }

    pub(super) fn is_solved(&self) -> bool {
        self.status == Status::Solved
    }

    /// How much time there is, as the ticket's first mail and its sorting say.
    pub(super) fn urgency(&self) -> Urgency {
        match self.case.urgency {
            _ if self.opening.urgent => Urgency::Urgent,
            Urgency::CanWait if self.opening.complaint => Urgency::Normal,
            other => other,
        }
    }

    /// Whether the customer would ask for news.
    pub(super) fn is_urging(&self) -> bool {
        self.situation().kind != Kind::Feedback
    }

    /// Where something was sent, the customer sometimes waits until it is there.
    pub(super) fn wait_for_parcel(&mut self) {
        let parcel = self
            .situation()
            .tags
            .iter()
            .any(|tag| PARCELS.contains(tag));
        if parcel && self.random.chance(45) {
            let hours = self.random.between(38, 70);
            self.rest(hours);
            self.thread.know("arrived");
        }
    }

    pub(super) fn random(&mut self) -> &mut Random {
        self.random
    }

    pub(super) fn end(&self) -> i64 {
        self.stage.hours.end
    }

    /// Lets `minutes` of open time pass, and some seconds.
    pub(super) fn work(&mut self, minutes: i64) {
        self.at = self.stage.hours.after(self.at, minutes) + self.random.between(1, 59);
    }

    /// Lets `hours` pass on the customer's clock; nobody writes in the small hours.
    pub(super) fn rest(&mut self, hours: i64) {
        self.at += hours * HOUR + self.random.between(1, 3_500);
        let hour = i64::from(self.stage.hours.local(self.at).hour());
        self.at += (MORNING - hour).max(0) * HOUR;
    }

    /// The same instant, or the evening before where it lies in the small hours.
    pub(super) fn by_day(&self, at: i64) -> i64 {
        let hour = i64::from(self.stage.hours.local(at).hour());
        if hour < MORNING {
            at - (hour + 3) * HOUR
        } else {
            at
        }
    }

    /// Customers write.
    pub(super) fn open(&mut self) {
        let section = if self.case.spam {
            Section::Spam
        } else {
            Section::Ask
        };
        let Some(entry) = self.deal_own(section) else {
            return;
        };
        self.opening = entry;
        match self.stage.hours.local(self.at).hour() {
            5..11 => self.thread.know("morning"),
            18.. => self.thread.know("evening"),
            _ => {}
        }
        let title = if entry.times > 0 && !self.case.spam {
            self.deal(COMMON, Section::Title)
        } else {
            None
        };
        self.subject = self.letter_line(title.map_or(entry.subject, |title| title.text));
        let body = self.letter(entry.text);
        self.mail(body, false);
    }

    /// The customer asks on, staff answer; whether there was something to ask.
    pub(super) fn turn(&mut self, section: Section) -> bool {
        let Some(entry) = self.deal_own(section) else {
            return false;
        };
        let body = self.note_of_customer(entry.text);
        self.mail(body, true);
        self.prepare();
        self.answer(entry.answer);
        true
    }

    /// The customer asks on and has no answer yet.
    pub(super) fn turn_unanswered(&mut self) {
        match self.deal_own(Section::Turn) {
            Some(entry) => {
                let body = self.note_of_customer(entry.text);
                self.mail(body, true);
            }
            None => self.says(Section::Chase),
        }
    }

    /// The customer says something that fits every ticket.
    pub(super) fn says(&mut self, section: Section) {
        if self.stage.hours.local(self.at).weekday() == Weekday::Friday {
            self.thread.know("weekend");
        }
        if let Some(entry) = self.deal(COMMON, section) {
            let body = self.note_of_customer(entry.text);
            self.mail(body, true);
        }
    }

    fn mail(&mut self, body_text: String, in_reply: bool) {
        let prefix = match (in_reply, self.facts.german()) {
            (false, _) => "",
            (true, true) => "AW: ",
            (true, false) => "Re: ",
        };
        let picture = self.opening.picture.filter(|_| !in_reply);
        let mail = CustomerMail {
            customer: self.case.customer,
            mailbox: usize::from(self.customer().tier == Tier::Wholesale && !self.case.spam),
            subject: format!("{prefix}{}", self.subject),
            body_text,
            attachment: picture.and_then(attachment),
        };
        if self.push(Deed::CustomerMail(Box::new(mail))) && self.status != Status::New {
            self.status = Status::Open;
        }
    }

    /// Keeps a step that lies before the end of the script.
    fn push(&mut self, deed: Deed) -> bool {
        let kept = self.at <= self.stage.hours.end;
        if kept {
            self.deeds.push((self.at, deed));
        }
        kept
    }

    fn customer(&self) -> &'a Customer {
        &self.stage.shop.customers[self.case.customer]
    }

    fn situation(&self) -> &Situation {
        &self.library.situations[self.case.situation]
    }

    fn deal_own(&mut self, section: Section) -> Option<Entry> {
        let situation = if section == Section::Spam || section == Section::Macro {
            COMMON
        } else {
            self.case.situation
        };
        self.deal(situation, section)
    }

    fn deal(&mut self, situation: usize, section: Section) -> Option<Entry> {
        let german = self.facts.german() && section != Section::Note;
        let club = self.customer().tier == Tier::Club;
        let key = (section, german);
        self.library.deal(situation, key, &mut self.thread, club)
    }

    fn write(&mut self, text: &str) -> String {
        let moment = Moment {
            hours: self.stage.hours,
            at: self.at,
            agent: self.stage.shop.people[self.person].given,
        };
        draft::write(text, &self.facts, &moment, self.random)
    }
}
