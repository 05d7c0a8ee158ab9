//! Private hints to whoever writes a reply.
//!
//! Owns: gathering what a draft answers, checking it, and the one question before it is sent.
//! Must not know: who may read a hint beside its writer; nobody may, so nothing here writes a row,
//! an entry of the history or a line of a log.

use super::fold::cues_of;
use super::read::{ReadCue, added};
use super::voice::voice_of;
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use crate::ticket::visible_ticket;
use candor_domain::actor::Actor;
use candor_domain::customer::{IdentityKind, first_name};
use candor_domain::id::{MessageId, TicketId};
use candor_domain::message::{Author, MessageKind};
use candor_domain::ticket::{Kind, Ticket, Urgency};
use candor_store::Tx;
use candor_tone::check::{self, CheckKind, Context, Finding, Rewrite, Severity, check, rewrite};
use candor_tone::cue::CueKind;
use candor_tone::mood::MoodLevel;
use candor_tone::voice::VoiceProfile;

/// Messages of each side that a check looks at.
const MOST_TURNS: usize = 6;
/// Messages of a ticket that are loaded for it.
const MOST_MESSAGES: i64 = 500;
/// From this confidence on a finding is worth a question.
const SURE: f32 = 0.7;

/// One thing that a draft could do better.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    /// Which check found it.
    pub check: CheckKind,
    /// The words that it found; empty where something is missing.
    pub words: String,
    /// Why it matters, in the language of the draft.
    pub why: String,
    /// How to say it better, for the writer to do; empty where that is not known.
    pub advice: String,
    /// Better words to put in place.
    pub better: Option<Rewrite>,
    /// How sure, 0 to 1.
    confidence: f32,
}

/// What was found in a draft, for its writer alone.
#[derive(Debug, Clone)]
pub struct DraftHints {
    /// The customer's first name, as far as known.
    pub name: String,
    /// How the customer feels.
    pub mood: MoodLevel,
    /// At most three, the worst first.
    pub hints: Vec<Hint>,
}

impl DraftHints {
    /// The finding that is worth a question before the draft goes out: blame, mockery, a joke or
    /// self-defence to somebody who is upset.
    pub fn question(&self) -> Option<&Hint> {
        let upset = self.mood <= MoodLevel::Negative;
        let hurts = |hint: &&Hint| hint.check <= CheckKind::Defensive && hint.confidence >= SURE;
        self.hints.iter().find(hurts).filter(|_| upset)
    }
}

/// Checks a draft and stores nothing. `None` for somebody who wants no hints.
///
/// # Errors
/// `NotFound` for a ticket that the writer may not see.
pub async fn check_draft(
    desk: &Desk,
    writer: &Actor,
    ticket: TicketId,
    body: &str,
) -> Result<Option<DraftHints>, DeskError> {
    let Some(ground) = desk.ask(writer, GroundOf { ticket }).await? else {
        return Ok(None);
    };
    Ok(Some(DraftHints {
        hints: hints(body, &ground.context, &ground.voice),
        mood: ground.context.mood,
        name: ground.context.first_name.unwrap_or_default(),
    }))
}

/// Checks a sentence against a voice, as if its reader were in a mood: for the page of the voices.
pub fn check_sample(text: &str, voice: &VoiceProfile, mood: MoodLevel) -> Vec<Hint> {
    let kind = if mood <= MoodLevel::Negative {
        check::MessageKind::Complaint
    } else {
        check::MessageKind::Inquiry
    };
    let context = Context {
        mood,
        kind,
        ..Context::default()
    };
    hints(text, &context, voice)
}

fn hints(body: &str, context: &Context, voice: &VoiceProfile) -> Vec<Hint> {
    let checked = check(body, context, voice);
    let hint = |finding: &Finding| Hint {
        check: finding.check,
        words: body[finding.span.clone()].to_owned(),
        why: finding.why.clone(),
        advice: finding.better.clone().unwrap_or_default(),
        better: rewrite(body, finding, &checked, context, voice),
        confidence: finding.confidence,
    };
    let mut hints: Vec<Hint> = Vec::new();
    for hint in checked.shown().iter().map(hint) {
        // The same words are exchanged once, for the worst that is found in them.
        let again = hints
            .iter()
            .any(|known| known.better.is_some() && known.better == hint.better);
        if !again {
            hints.push(hint);
        }
    }
    hints
}

/// What a draft answers, and in whose voice.
struct Ground {
    context: Context,
    voice: VoiceProfile,
}

struct GroundOf {
    ticket: TicketId,
}

impl Query for GroundOf {
    type Output = Option<Ground>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        let ticket = visible_ticket(tx, cx, self.ticket)?;
        if tx.hints_are_off(cx.access()?.person)? {
            return Ok(None);
        }
        let voice = voice_of(tx, cx, ticket.mailbox)?;
        Ok(Some(Ground {
            context: context(tx, &ticket)?,
            voice,
        }))
    }
}

fn context(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Context, DeskError> {
    let messages = tx.messages_of(ticket.id, MOST_MESSAGES)?;
    let mut asked = Vec::new();
    let mut earlier = Vec::new();
    for message in messages.iter().rev() {
        match (message.kind, message.author) {
            (MessageKind::Incoming, Author::Customer(_)) if asked.len() < MOST_TURNS => {
                asked.push(message);
            }
            (MessageKind::Reply, _) if earlier.len() < MOST_TURNS => {
                earlier.push(message.body.clone());
            }
            _ => {}
        }
    }
    earlier.reverse();
    let ids: Vec<MessageId> = asked.iter().map(|message| message.id).collect();
    let readings = tx.readings_of(&ids)?;
    let customer = asked.iter().rev().map(|message| {
        let kept = readings.iter().find(|kept| kept.message == message.id);
        added(&message.body, kept)
    });
    let mood = tx.mood_of(ticket.id)?;
    let (first_name, last_name) = names(tx, ticket)?;
    Ok(Context {
        mood: mood
            .and_then(|mood| MoodLevel::named(&mood.level))
            .unwrap_or(MoodLevel::Neutral),
        severity: severity(tx, ticket)?,
        kind: match ticket.kind {
            Some(Kind::Complaint) => check::MessageKind::Complaint,
            Some(Kind::Feedback) => check::MessageKind::Feedback,
            Some(Kind::Inquiry) | None => check::MessageKind::Inquiry,
        },
        customer: customer.collect(),
        earlier,
        first_name,
        last_name,
    })
}

/// How much is at stake, by what the team set and by what the customer said.
fn severity(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Severity, DeskError> {
    let readings = tx.tones_of(ticket.id)?;
    let said: Vec<ReadCue> = readings.iter().flat_map(cues_of).collect();
    let says = |kind: CueKind| said.iter().any(|cue| cue.kind == kind.name());
    let high =
        ticket.urgency == Urgency::Urgent || says(CueKind::Safety) || says(CueKind::LegalThreat);
    Ok(if high {
        Severity::High
    } else if says(CueKind::ChurnThreat) || says(CueKind::Urgency) {
        Severity::Medium
    } else {
        Severity::Low
    })
}

fn names(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(Option<String>, Option<String>), DeskError> {
    let customer = tx.customer(ticket.customer)?;
    let name = customer.map(|customer| customer.name).unwrap_or_default();
    if name.is_empty() {
        let identities = tx.identities_of(ticket.customer)?;
        let mut identities = identities.into_iter();
        let address = identities.find(|identity| identity.kind == IdentityKind::Email);
        return Ok((address.map(|identity| identity.value), None));
    }
    let first = first_name(&name).to_owned();
    let last = name.split_whitespace().skip(1).last().map(str::to_owned);
    Ok((Some(first), last))
}

/// Switches the actor's own hints off or on. It is nobody's business but theirs: the history does
/// not hear of it.
#[derive(Debug, Clone, Copy)]
pub struct SwitchHints {
    /// Whether they want none.
    pub off: bool,
}

impl Verb for SwitchHints {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        Ok(tx.switch_hints(cx.access()?.person, self.off)?)
    }
}

/// Asks whether the actor wants hints.
#[derive(Debug, Clone, Copy)]
pub struct HintsWanted;

impl Query for HintsWanted {
    type Output = bool;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        Ok(!tx.hints_are_off(cx.access()?.person)?)
    }
}
