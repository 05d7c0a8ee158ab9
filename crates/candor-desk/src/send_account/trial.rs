//! Trying the ways of a mailbox.
//!
//! Owns: knocking at an account before it is kept, and looking in and out of a mailbox at once.
//! Must not know: SMTP, IMAP, what the pages say.

use super::account::{Candidate, SendAccountFields};
use super::round_trip::send_round_trip;
use crate::cx::Desk;
use crate::error::DeskError;
use crate::fetch::{FetchFailure, FetchLook, Fetcher, Fetching};
use crate::outbox::{PostOffice, SendFailure, Trial, TrialEnd, TrialFrom, send_trial};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;

/// Tries the account that somebody is about to set for a mailbox: logs in and sends nothing.
///
/// # Errors
/// As setting it would; a server that says no is no error but a trial that failed.
pub async fn check_account(
    desk: &Desk,
    actor: &Actor,
    office: &PostOffice,
    mailbox: MailboxId,
    fields: SendAccountFields,
) -> Result<Result<(), SendFailure>, DeskError> {
    let account = desk.ask(actor, Candidate { mailbox, fields }).await?;
    Ok(office.courier.check(&account.relay(mailbox)).await)
}

/// What a trial of both ways found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BothWays {
    /// How the inbox elsewhere opened; `None` where the mailbox fetches from none.
    pub inward: Option<Result<FetchLook, FetchFailure>>,
    /// How a mail left.
    pub outward: TrialEnd,
}

/// Looks into the inbox of a mailbox and sends a mail on its way out, to whoever asks. Where that
/// leaves, the mailbox also writes to itself in the words of `to_itself`; what of it comes back is
/// found in [`super::RoundTripOf`].
///
/// # Errors
/// `NotAllowed` for whoever may not set up mailboxes.
pub async fn try_both_ways(
    desk: &Desk,
    actor: &Actor,
    (fetcher, office): (&dyn Fetcher, &PostOffice),
    mailbox: MailboxId,
    (trial, to_itself): (Trial, Trial),
) -> Result<BothWays, DeskError> {
    let fetching = desk.ask(actor, Fetching { mailbox }).await?;
    let inward = match fetching {
        Some(state) => Some(fetcher.look(mailbox, &state.account).await),
        None => None,
    };
    let from = TrialFrom::Mailbox(mailbox);
    let outward = send_trial(desk, actor, office, from, trial).await?;
    if outward == TrialEnd::Taken {
        send_round_trip(desk, actor, office, mailbox, to_itself).await?;
    }
    Ok(BothWays { inward, outward })
}
