//! The monthly statement of a contract: approved, frozen, corrected.
//!
//! Owns: the approval after which nothing counts a month again, and the correction that follows it
//! as another version. Must not know: pages and files, how a month is counted.

use super::change::{found, holding};
use super::draw::draw_up;
use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use candor_domain::contract::{Contract, Corrects, Document, Month, Statement};
use candor_domain::id::ContractId;
use candor_domain::permission::Permission;
use candor_domain::text::one_line;
use candor_store::Tx;
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Longest reason of a correction, in characters.
const LONGEST_REASON: usize = 500;

/// Which statement of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The one that holds: the last that was approved, else the draft.
    Latest,
    /// The one that was approved as this version.
    Version(u32),
    /// A correction of the last that was approved, as it would be now.
    Correction,
}

/// Asks for the statement of a month.
#[derive(Debug, Clone, Copy)]
pub struct StatementView {
    /// Of which contract.
    pub contract: ContractId,
    /// Of which month.
    pub month: Month,
    /// Which of its statements.
    pub wanted: Wanted,
}

impl StatementView {
    /// The statement of a month that holds.
    pub const fn of(contract: ContractId, month: Month) -> Self {
        Self {
            contract,
            month,
            wanted: Wanted::Latest,
        }
    }
}

/// Who approved a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// Their name, as it was then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A statement, as it was approved or as it would be now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementSeen {
    /// What it says.
    pub document: Document,
    /// Its bytes, JSON: what is kept when it is approved.
    pub bytes: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub hash: String,
    /// `None` for a draft.
    pub approved: Option<Approved>,
    /// Its words on paper as they were approved, JSON; empty for a draft.
    pub paper: String,
    /// The version that holds instead of this one.
    pub replaced_by: Option<u32>,
    /// Whether the month is over.
    pub over: bool,
    /// Whether a correction would say what the approved statement says.
    pub unchanged: bool,
}

/// Writes the words of an approved statement on paper, JSON; they are kept with it, so that they
/// stay whatever the words of a later version are.
pub type Words = fn(&StatementSeen) -> Option<String>;

impl Query for StatementView {
    type Output = StatementSeen;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<StatementSeen, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let contract = found(tx, self.contract)?;
        let last = tx.statement(contract.id, self.month)?;
        match (self.wanted, last) {
            (Wanted::Correction, last) => {
                let last = last.ok_or(DeskError::NotFound("statement"))?;
                let correction = Correction::of(tx, cx, &contract, &last)?;
                let mut seen = drawn(correction.document, correction.end <= cx.now())?;
                seen.unchanged = correction.unchanged;
                Ok(seen)
            }
            (Wanted::Version(version), Some(last)) if version != last.version => {
                let kept = tx.statement_version((contract.id, self.month), version)?;
                let kept = kept.ok_or(DeskError::NotFound("statement"))?;
                let mut seen = frozen(tx, kept)?;
                seen.replaced_by = Some(last.version);
                Ok(seen)
            }
            (_, Some(last)) => frozen(tx, last),
            (Wanted::Version(_), None) => Err(DeskError::NotFound("statement")),
            (Wanted::Latest, None) => {
                let (document, end) = draw_up(tx, cx, &contract, self.month)?;
                drawn(document, end <= cx.now())
            }
        }
    }
}

/// A statement that somebody approved.
fn frozen(tx: &mut Tx<'_>, kept: Statement) -> Result<StatementSeen, DeskError> {
    // Before names were kept, it was approved by whoever has that account.
    let by = if kept.approver.is_empty() {
        let person = tx.person(kept.approved_by)?;
        person.map(|person| person.name).unwrap_or_default()
    } else {
        kept.approver.clone()
    };
    Ok(StatementSeen {
        document: document_of(&kept)?,
        bytes: kept.document,
        hash: kept.hash,
        approved: Some(Approved {
            by,
            at: kept.approved_at,
        }),
        paper: kept.paper,
        replaced_by: None,
        over: true,
        unchanged: false,
    })
}

/// A draft.
fn drawn(document: Document, over: bool) -> Result<StatementSeen, DeskError> {
    let (bytes, hash) = written(&document)?;
    Ok(StatementSeen {
        document,
        bytes,
        hash,
        approved: None,
        paper: String::new(),
        replaced_by: None,
        over,
        unchanged: false,
    })
}

/// Approves a statement as somebody read it. From then on it stands as it is: it is never counted
/// again, and the history holds the hash of its bytes.
#[derive(Debug, Clone)]
pub struct ApproveStatement {
    /// Of which contract.
    pub contract: ContractId,
    /// Of which month.
    pub month: Month,
    /// The hash of what they read.
    pub hash: String,
    /// Writes its words on paper.
    pub words: Words,
}

impl Verb for ApproveStatement {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let contract = holding(tx, self.contract)?;
        if tx.statement(contract.id, self.month)?.is_some() {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        let (document, end) = draw_up(tx, cx, &contract, self.month)?;
        as_read(tx, cx, (&document, end), &self.hash)?;
        freeze(tx, cx, document, self.words)
    }
}

/// Corrects an approved statement: counts its month as it is now and approves that as the next
/// version, with the reason. The one before stays as it was.
#[derive(Debug, Clone)]
pub struct CorrectStatement {
    /// Of which contract.
    pub contract: ContractId,
    /// Of which month.
    pub month: Month,
    /// The hash of the correction as they read it, still without a reason.
    pub hash: String,
    /// Why, as the customer reads it.
    pub reason: String,
    /// Writes its words on paper.
    pub words: Words,
}

impl Verb for CorrectStatement {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let contract = found(tx, self.contract)?;
        let last = tx.statement(contract.id, self.month)?;
        let last = last.ok_or(DeskError::NotFound("statement"))?;
        let reason = one_line(&self.reason, usize::MAX);
        if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
            let words = "say why, in at most 500 characters";
            return Err(DeskError::invalid(
                "reason",
                "error-correction-reason",
                words,
            ));
        }
        let correction = Correction::of(tx, cx, &contract, &last)?;
        let mut document = correction.document;
        as_read(tx, cx, (&document, correction.end), &self.hash)?;
        if correction.unchanged {
            let words = "it says what the approved statement says";
            return Err(DeskError::invalid("month", "error-correction-same", words));
        }
        if let Some(corrects) = &mut document.corrects {
            corrects.reason = reason;
        }
        freeze(tx, cx, document, self.words)
    }
}

/// What a correction would be, before it has a reason.
struct Correction {
    document: Document,
    /// When its month is over.
    end: Timestamp,
    unchanged: bool,
}

impl Correction {
    fn of(
        tx: &mut Tx<'_>,
        cx: &Cx,
        contract: &Contract,
        last: &Statement,
    ) -> Result<Self, DeskError> {
        let (mut document, end) = draw_up(tx, cx, contract, last.month)?;
        let before = document_of(last)?;
        document.corrects = Some(Corrects {
            version: last.version,
            approved: last.approved_at,
            sha256: last.hash.clone(),
            totals: before.totals,
            reason: String::new(),
        });
        Ok(Self {
            unchanged: document.says_the_same(&before),
            document,
            end,
        })
    }
}

/// Refuses what nobody can approve yet, and what is not what they read.
fn as_read(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (document, end): (&Document, Timestamp),
    hash: &str,
) -> Result<(), DeskError> {
    if end > cx.now() {
        let words = "the month is not over";
        return Err(DeskError::invalid("month", "error-statement-early", words));
    }
    if !tx.clocks_to_look_at(end, 1)?.is_empty() {
        let words = "promises of the month are still being counted; try again in a minute";
        return Err(DeskError::invalid(
            "month",
            "error-statement-counting",
            words,
        ));
    }
    if written(document)?.1 != hash {
        let words = "a figure has changed since you opened the page";
        return Err(DeskError::invalid("month", "error-statement-moved", words));
    }
    Ok(())
}

/// Keeps a document, its words and the name of whoever approves it.
fn freeze(tx: &mut Tx<'_>, cx: &Cx, document: Document, words: Words) -> Result<(), DeskError> {
    let approved_by = cx.access()?.person;
    let approver = tx.person(approved_by)?;
    let approver = approver.map(|person| person.name).unwrap_or_default();
    let mut seen = drawn(document, true)?;
    seen.approved = Some(Approved {
        by: approver.clone(),
        at: cx.now(),
    });
    let paper = words(&seen).unwrap_or_default();
    let statement = Statement {
        contract: seen.document.number,
        month: seen.document.month,
        version: seen.document.number_in_month(),
        document: seen.bytes,
        hash: seen.hash,
        approved_by,
        approved_at: cx.now(),
        seal: seal_of(&approver, &paper),
        approver,
        paper,
    };
    tx.insert_statement(&statement)?;
    let kind = if statement.version == 1 {
        "statement.approved"
    } else {
        "statement.corrected"
    };
    record(tx, cx, kind, json!({}), &[&statement])
}

/// The bytes of a document and their hash.
fn written(document: &Document) -> Result<(String, String), DeskError> {
    let text = serde_json::to_string(document);
    let text = text.map_err(|error| DeskError::Internal(error.to_string()))?;
    let hash = hash_of(&text);
    Ok((text, hash))
}

/// What an approved statement says.
pub(crate) fn document_of(kept: &Statement) -> Result<Document, DeskError> {
    serde_json::from_str(&kept.document).map_err(|error| DeskError::Internal(error.to_string()))
}

/// SHA-256 of a document's bytes.
pub(crate) fn hash_of(document: &str) -> String {
    hex::encode(Sha256::digest(document.as_bytes()))
}

/// SHA-256 of who approved it, a line feed, and its words on paper.
pub(crate) fn seal_of(approver: &str, paper: &str) -> String {
    hash_of(&format!("{approver}\n{paper}"))
}
