//! Checking who sent a mail: SPF, DKIM, DMARC, and ARC where it was passed on.
//!
//! Owns: asking these questions about one mail, within a time. Must not know: what follows from
//! the answers.

use std::net::IpAddr;
use std::time::Duration;

use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DkimResult, DmarcResult, MessageAuthenticator, SpfOutput,
    SpfResult,
};
use tokio::time::timeout;

use crate::dns::Dns;

/// Time for all of them. A mail is understood all the same when it is over.
const TIME: Duration = Duration::from_secs(20);
/// Signatures that are checked; each costs a question to the DNS.
const MOST_SIGNATURES: usize = 8;
/// Forwarders of a mail that are checked; each costs a question to the DNS too.
const MOST_FORWARDERS: usize = 8;

/// How a mail came to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The address of the computer that handed it over.
    pub peer: IpAddr,
    /// What that computer called itself.
    pub hello: String,
    /// The sender on the envelope; empty for reports.
    pub mail_from: String,
    /// The name of this host.
    pub host_name: String,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckEnd {
    /// It says yes.
    Pass,
    /// It says no.
    Fail,
    /// There is nothing to check, or it says neither.
    None,
    /// The DNS did not answer.
    Later,
}

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// The domain of the sender that people see; empty where there is none.
    pub from_domain: String,
    /// Whether that computer may send for the domain on the envelope, and that domain.
    pub spf: (CheckEnd, String),
    /// Each signature, with the domain that signed.
    pub dkim: Vec<(CheckEnd, String)>,
    /// Whether the domain that people see stands behind the mail.
    pub dmarc: CheckEnd,
    /// Who passed it on, where they sealed it and every seal holds.
    pub chain: Option<Chain>,
}

/// A chain of forwarders that is whole (ARC, RFC 8617). Whether they are worth believing is another
/// question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The domains that sealed it, the first forwarder first.
    pub sealers: Vec<String>,
    /// What the first of them found about the sender, as it wrote it: `i=1; name; dmarc=pass ...`.
    pub results: String,
}

impl Dns {
    /// Checks a mail. A DNS that does not answer is no fault of the mail.
    pub async fn check_sender(&self, arrival: &Arrival, raw: &[u8]) -> Findings {
        let Some(mut message) = AuthenticatedMessage::parse(raw) else {
            return Findings::nothing(String::new(), CheckEnd::None);
        };
        message.dkim_headers.truncate(MOST_SIGNATURES);
        let from_domain = domain_of(message.from());
        let Some(authenticator) = self.authenticator() else {
            return Findings::nothing(from_domain, CheckEnd::Later);
        };
        match timeout(TIME, check(authenticator, arrival, &message)).await {
            Ok(findings) => findings,
            Err(_) => Findings::nothing(from_domain, CheckEnd::Later),
        }
    }
}

async fn check(
    authenticator: &MessageAuthenticator,
    arrival: &Arrival,
    message: &AuthenticatedMessage<'_>,
) -> Findings {
    let asked = SpfParameters::verify(
        arrival.peer,
        &arrival.hello,
        &arrival.host_name,
        &arrival.mail_from,
    );
    let spf = authenticator.verify_spf(asked).await;
    let dkim = authenticator.verify_dkim(message).await;
    let envelope_domain = match arrival.mail_from.as_str() {
        "" => arrival.hello.clone(),
        address => domain_of(address),
    };
    let asked = DmarcParameters::new(message, &dkim, &envelope_domain, &spf);
    let dmarc = authenticator.verify_dmarc(asked).await;
    let chain = match dmarc.result() {
        // Whoever is believed needs nobody to speak for them.
        DmarcResult::Pass => None,
        _ => chain_of(authenticator, message).await,
    };
    Findings {
        from_domain: domain_of(message.from()),
        spf: (spf_end(&spf), envelope_domain.clone()),
        dkim: dkim.iter().map(dkim_end).collect(),
        dmarc: match dmarc.result() {
            DmarcResult::Pass => CheckEnd::Pass,
            DmarcResult::Fail(_) => CheckEnd::Fail,
            DmarcResult::TempError(_) => CheckEnd::Later,
            DmarcResult::PermError(_) | DmarcResult::None => CheckEnd::None,
        },
        chain,
    }
}

/// The forwarders of a mail. One with several senders has none: a seal says nothing about a sender
/// that was added above the one that it covers.
async fn chain_of(
    authenticator: &MessageAuthenticator,
    message: &AuthenticatedMessage<'_>,
) -> Option<Chain> {
    let forwarders = message.as_headers.len();
    if forwarders == 0 || forwarders > MOST_FORWARDERS || message.from.len() != 1 {
        return None;
    }
    let found = authenticator.verify_arc(message).await;
    let covers_sender = found.sets().last().is_some_and(|set| {
        let covered = &set.signature.header.h;
        covered.iter().any(|name| name.eq_ignore_ascii_case("from"))
    });
    if *found.result() != DkimResult::Pass || !covers_sender {
        return None;
    }
    let first = found.sets().first()?;
    Some(Chain {
        sealers: found
            .sets()
            .iter()
            .map(|set| set.seal.header.d.to_lowercase())
            .collect(),
        results: String::from_utf8_lossy(first.results.value).into_owned(),
    })
}

fn spf_end(spf: &SpfOutput) -> CheckEnd {
    match spf.result() {
        SpfResult::Pass => CheckEnd::Pass,
        SpfResult::Fail | SpfResult::SoftFail => CheckEnd::Fail,
        SpfResult::TempError => CheckEnd::Later,
        SpfResult::Neutral | SpfResult::PermError | SpfResult::None => CheckEnd::None,
    }
}

fn dkim_end(found: &DkimOutput<'_>) -> (CheckEnd, String) {
    let end = match found.result() {
        DkimResult::Pass => CheckEnd::Pass,
        DkimResult::TempError(_) => CheckEnd::Later,
        DkimResult::Fail(_) | DkimResult::PermError(_) | DkimResult::Neutral(_) => CheckEnd::Fail,
        DkimResult::None => CheckEnd::None,
    };
    let domain = found
        .signature()
        .map(|signature| signature.d.to_lowercase());
    (end, domain.unwrap_or_default())
}

fn domain_of(address: &str) -> String {
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
    domain.to_lowercase()
}

impl Findings {
    fn nothing(from_domain: String, end: CheckEnd) -> Self {
        Self {
            from_domain,
            spf: (CheckEnd::None, String::new()),
            dkim: Vec::new(),
            dmarc: end,
            chain: None,
        }
    }
}
