//! Mails that a mailbox sends to itself, to see what its provider does to them.
//!
//! Owns: what such mails carry, what is found when they come back, and for how long a test counts.
//! Must not know: SMTP, how mail is read, what the pages say.
//!
//! One goes to the plain address and one to an address with a word behind a plus. They take the way
//! of every answer, so what happens to them happens to answers.

use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use crate::outbox::{Marks, PostOffice, Trial, TrialEnd, TrialFrom, send_marked};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::MailboxId;
use candor_domain::permission::Permission;
use candor_mail::{ExtraHeader, MessageId};
use candor_store::Tx;
use candor_store::round_trip::RoundTripRow;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The header by which such a mail is known, in lower case.
pub(crate) const ROUND_TRIP_HEADER: &str = "x-desk-round-trip";

/// For how long a second test sends the same mails, so that late ones of the first count.
const SAME_TEST: SignedDuration = SignedDuration::from_hours(1);

/// Which of the mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leg {
    Plain,
    Plus,
}

/// What became of one of the mails.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegEnd {
    /// It is not back.
    #[default]
    Waiting,
    /// It came back.
    Back,
    /// A mail server refused it, with these words.
    Refused(String),
}

/// What the mail that came back says about its sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenderTold {
    /// The server that says so; empty where this desk found it out.
    pub by: String,
    /// A word of [`candor_mail::Vouched`].
    pub vouched: String,
    /// The checks, in one line.
    pub found: String,
}

/// What a test found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundTripFacts {
    /// The mail to the plain address.
    pub plain: LegEnd,
    /// The mail to the address with a plus.
    pub plus: LegEnd,
    /// Whether the Message-ID stayed; `None` before a mail is back.
    pub kept_id: Option<bool>,
    /// Whether the Reply-To stayed.
    pub kept_reply_to: Option<bool>,
    /// What is said about the sender; `None` where nobody says anything.
    pub told: Option<SenderTold>,
}

/// The last test of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundTrip {
    /// When it was begun.
    pub started_at: Timestamp,
    /// The address with a plus.
    pub plus_address: EmailAddress,
    /// What was found so far.
    pub facts: RoundTripFacts,
}

/// Asks for the last test of a mailbox.
#[derive(Debug, Clone, Copy)]
pub struct RoundTripOf(pub MailboxId);

impl Query for RoundTripOf {
    type Output = Option<RoundTrip>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let mailbox = tx.mailbox(self.0)?.ok_or(DeskError::NotFound("mailbox"))?;
        let row = tx.round_trip(self.0)?;
        Ok(row.map(|row| RoundTrip {
            started_at: row.started_at,
            plus_address: address_of(&mailbox.address, "test"),
            facts: facts_of(&row),
        }))
    }
}

/// Begins a test: what it found before is forgotten.
struct Begin(MailboxId);

impl Verb for Begin {
    type Output = (String, EmailAddress);
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let mailbox = tx.mailbox(self.0)?.ok_or(DeskError::NotFound("mailbox"))?;
        let earlier = tx.round_trip(self.0)?;
        let earlier = earlier.filter(|row| cx.age_of(row.started_at) < SAME_TEST);
        let random = cx.random(&format!("round trip of mailbox {}", self.0));
        let token = earlier.map_or_else(|| hex::encode(&random[..16]), |row| row.token);
        keep(tx, (self.0, &token), cx.now(), &RoundTripFacts::default())?;
        Ok((token, mailbox.address))
    }
}

/// A mail server refused one of the mails.
struct Refused(String, Leg, String);

impl Verb for Refused {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, _: &Cx) -> Result<(), DeskError> {
        let Some(row) = tx.round_trip_by_token(&self.0)? else {
            return Ok(());
        };
        let mut facts = facts_of(&row);
        facts.refuse(self.1, &self.2);
        keep_facts(tx, &row, &facts)
    }
}

/// Sends both mails. One that its server refuses is noted; that is an answer too.
pub(super) async fn send_round_trip(
    desk: &Desk,
    actor: &Actor,
    office: &PostOffice,
    mailbox: MailboxId,
    words: Trial,
) -> Result<(), DeskError> {
    let (token, address) = desk.run(actor, Begin(mailbox)).await?;
    for leg in [Leg::Plain, Leg::Plus] {
        let trial = Trial {
            to: match leg {
                Leg::Plain => address.clone(),
                Leg::Plus => address_of(&address, "test"),
            },
            ..words.clone()
        };
        let marks = Marks {
            message_id: leg.id(&token, &address),
            reply_to: reply_to(&token, &address),
            header: ExtraHeader::new("X-Desk-Round-Trip", &format!("{token} {}", leg.as_str())),
        };
        let from = TrialFrom::Mailbox(mailbox);
        let end = send_marked(desk, actor, office, from, (trial, Some(marks))).await?;
        if let TrialEnd::Failed(failure) = end {
            let refused = Refused(token.clone(), leg, failure.explanation);
            desk.run(actor, refused).await?;
        }
    }
    Ok(())
}

impl Leg {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Plus => "plus",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Plain, Self::Plus]
            .into_iter()
            .find(|leg| leg.as_str() == word)
    }

    /// The Message-ID of that mail.
    pub(crate) fn id(self, token: &str, address: &EmailAddress) -> MessageId {
        let id = format!("t.{token}.{}@{}", self.as_str(), address.domain());
        MessageId::parse(&id).expect("hex, a word and a domain make an id")
    }

    /// What the value of the header says.
    pub(crate) fn in_header(value: &str) -> Option<(String, Self)> {
        let (token, leg) = value.trim().split_once(' ')?;
        Some((token.to_owned(), Self::parse(leg)?))
    }

    /// What a Message-ID says.
    pub(crate) fn in_id(id: &MessageId) -> Option<(String, Self)> {
        let local = id.as_str().rsplit_once('@')?.0;
        let (token, leg) = local.strip_prefix("t.")?.split_once('.')?;
        Some((token.to_owned(), Self::parse(leg)?))
    }
}

impl RoundTripFacts {
    /// That mail came back.
    pub(crate) fn came_back(&mut self, leg: Leg) {
        *self.of(leg) = LegEnd::Back;
    }

    /// A mail server refused it. A word about a mail that came back all the same is about a copy.
    pub(crate) fn refuse(&mut self, leg: Leg, words: &str) {
        if *self.of(leg) != LegEnd::Back {
            *self.of(leg) = LegEnd::Refused(words.chars().take(300).collect());
        }
    }

    const fn of(&mut self, leg: Leg) -> &mut LegEnd {
        match leg {
            Leg::Plain => &mut self.plain,
            Leg::Plus => &mut self.plus,
        }
    }
}

/// The address to which answers to a test would go.
pub(crate) fn reply_to(token: &str, address: &EmailAddress) -> EmailAddress {
    address_of(address, &format!("back{}", &token[..token.len().min(8)]))
}

fn address_of(address: &EmailAddress, detail: &str) -> EmailAddress {
    let base = address.without_detail();
    let text = format!("{}+{detail}@{}", base.local_part(), base.domain());
    EmailAddress::parse(&text).unwrap_or_else(|_| address.clone())
}

pub(crate) fn facts_of(row: &RoundTripRow) -> RoundTripFacts {
    serde_json::from_str(&row.facts).unwrap_or_default()
}

/// Keeps what was found since.
pub(crate) fn keep_facts(
    tx: &mut Tx<'_>,
    row: &RoundTripRow,
    facts: &RoundTripFacts,
) -> Result<(), DeskError> {
    keep(tx, (row.mailbox, &row.token), row.started_at, facts)
}

fn keep(
    tx: &mut Tx<'_>,
    (mailbox, token): (MailboxId, &str),
    started_at: Timestamp,
    facts: &RoundTripFacts,
) -> Result<(), DeskError> {
    let facts = serde_json::to_string(facts).expect("words and flags have a form in JSON");
    Ok(tx.keep_round_trip(&RoundTripRow {
        mailbox,
        token: token.to_owned(),
        started_at,
        facts,
    })?)
}
