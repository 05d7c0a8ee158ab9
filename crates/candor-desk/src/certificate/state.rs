//! What is known of the certificate.
//!
//! Owns: its state, who may see it, and asking for one again. Must not know: keys.

use super::plan::CertificateAlarm;
use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::fetch::only_the_desk;
use crate::journal::record;
use candor_domain::permission::Permission;
use candor_domain::record::Recorded;
use candor_store::Tx;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The name of the row.
const STATE: &str = "state";

/// Where the certificate comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateSource {
    /// This desk serves no HTTPS by itself.
    #[default]
    None,
    /// Two files, which somebody else renews.
    Files,
    /// An authority, which the desk asks by itself.
    Authority,
}

/// What is known of the certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CertificateState {
    /// Where it comes from.
    pub source: CertificateSource,
    /// For which names.
    pub names: Vec<String>,
    /// The address of the authority's directory.
    pub directory: String,
    /// From when it is good; `None` before the first.
    pub from: Option<Timestamp>,
    /// Until when.
    pub until: Option<Timestamp>,
    /// Why the last attempt failed; `None` while all is well.
    pub failure: Option<CertificateFailure>,
    /// When it is asked for next; `None` where the desk does not ask.
    pub next_at: Option<Timestamp>,
}

/// Why there is no new certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CertificateFailure {
    /// The id under which the sentence is translated.
    pub id: String,
    /// For which name; empty where for none alone.
    pub name: String,
    /// What the other side said, word for word.
    pub detail: String,
    /// Since when it fails.
    pub since: Timestamp,
    /// How often in a row.
    pub tries: u32,
}

fn read(tx: &mut Tx<'_>) -> Result<CertificateState, DeskError> {
    let kept = tx.certificate_item(STATE)?.unwrap_or_default();
    Ok(serde_json::from_str(&kept).unwrap_or_default())
}

fn keep(tx: &mut Tx<'_>, state: &CertificateState) -> Result<(), DeskError> {
    let text = serde_json::to_string(state).expect("a state becomes JSON");
    Ok(tx.keep_certificate_item(STATE, &text)?)
}

/// What is known of the certificate.
#[derive(Debug, Clone, Copy)]
pub struct CertificateOf;

impl Query for CertificateOf {
    type Output = CertificateState;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        read(tx)
    }
}

/// What is wrong with it, for those who can do something; nobody else hears of it.
#[derive(Debug, Clone, Copy)]
pub struct CertificateAlarms;

impl Query for CertificateAlarms {
    type Output = Option<(CertificateAlarm, CertificateState)>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        if cx.may_at_all(Permission::ManageOutgoing).is_err() {
            return Ok(None);
        }
        let state = read(tx)?;
        if state.source == CertificateSource::None {
            return Ok(None);
        }
        Ok(CertificateAlarm::of(&state, cx.now()).map(|alarm| (alarm, state)))
    }
}

/// Remembers it. Only the desk itself may.
#[derive(Debug, Clone)]
pub struct KeepCertificateState(pub CertificateState);

impl Verb for KeepCertificateState {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        keep(tx, &self.0)
    }
}

/// There is a new certificate. The history says so.
#[derive(Debug, Clone)]
pub struct CertificateIssued(pub CertificateState);

impl Verb for CertificateIssued {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        keep(tx, &self.0)?;
        let event = json!({ "names": self.0.names, "until": self.0.until });
        record(tx, cx, "certificate.issued", event, &[&CertificateRecord])
    }
}

/// Asks for the certificate now instead of after the pause.
#[derive(Debug, Clone, Copy)]
pub struct TryCertificateAgain;

impl Verb for TryCertificateAgain {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        let mut state = read(tx)?;
        // Authorities shut out whoever asks too often for what he has.
        if state.source != CertificateSource::Authority || state.failure.is_none() {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        state.next_at = Some(cx.now());
        keep(tx, &state)?;
        let event = json!({ "names": state.names });
        record(tx, cx, "certificate.tried", event, &[&CertificateRecord])
    }
}

/// The certificate as the history names it; its row itself is working state.
struct CertificateRecord;

impl Recorded for CertificateRecord {
    fn subject(&self) -> String {
        "certificate".to_owned()
    }
    fn facts(&self) -> Value {
        json!({})
    }
}
