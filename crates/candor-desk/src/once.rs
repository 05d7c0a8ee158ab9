//! Calls that may come twice and have their effect once.
//!
//! Owns: remembering the answer to a call that carried a key, and reading on in the transaction of
//! a change. Must not know: HTTP, JSON.

use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use candor_store::Tx;
use candor_store::idempotency::KeptAnswer;
use jiff::SignedDuration;

/// How long an answer is kept for a repeated call.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(48);

/// A call that carries a key of its caller's choice.
#[derive(Debug, Clone)]
pub struct Call {
    /// Who calls: a token. The same key of two callers is two keys.
    pub owner: String,
    /// The key.
    pub key: String,
    /// SHA-256 of what was asked for, so that another request under the same key is refused.
    pub request: [u8; 32],
}

/// What a call was answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, byte for byte the same when it is given again.
    pub body: String,
}

/// Runs a verb and writes its answer down, both in one transaction. A call whose key was used
/// before gets the answer from then, and the verb is not run.
pub struct Once<V, W> {
    /// The key, where the caller sent one.
    pub call: Option<Call>,
    /// What to do.
    pub verb: V,
    /// Writes the answer.
    pub write: W,
}

impl<V, W> Verb for Once<V, W>
where
    V: Verb,
    W: Fn(&V::Output) -> Answer + Send + Sync + 'static,
{
    type Output = Answer;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Answer, DeskError> {
        let Some(call) = &self.call else {
            return Ok((self.write)(&self.verb.apply(tx, cx)?));
        };
        if let Some(kept) = tx.idempotency_lookup(&call.owner, &call.key)? {
            if kept.request_hash != call.request {
                return Err(DeskError::Conflict(Conflict::KeyReused));
            }
            return Ok(Answer {
                status: kept.status,
                body: kept.body,
            });
        }
        let answer = (self.write)(&self.verb.apply(tx, cx)?);
        let kept = KeptAnswer {
            request_hash: call.request,
            status: answer.status,
            body: answer.body.clone(),
            created_at: cx.now(),
        };
        tx.idempotency_keep(&call.owner, &call.key, &kept)?;
        Ok(answer)
    }
}

/// Runs a verb and asks about what it made, in the same transaction.
pub struct Then<V, F> {
    /// What to do.
    pub verb: V,
    /// The question, from what the verb gave.
    pub ask: F,
}

impl<V, F, Q> Verb for Then<V, F>
where
    V: Verb,
    Q: Query,
    F: Fn(V::Output) -> Q + Send + Sync + 'static,
{
    type Output = Q::Output;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Q::Output, DeskError> {
        let made = self.verb.apply(tx, cx)?;
        (self.ask)(made).read(tx, cx)
    }
}

/// Forgets the answers that nobody asks for any more. Working state: nothing of it is told.
pub(crate) struct ForgetAnswers;

impl Verb for ForgetAnswers {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        tx.idempotency_forget(cx.now() - KEPT_FOR)?;
        Ok(())
    }
}
