//! Answers the desk's questions about mail domains, over the DNS.
//!
//! Owns: the bridge between the desk's seam and the sockets. Must not know: what follows from an
//! answer.

use candor_desk::postmaster::{Arrival, Asking, KeyPair, NoAnswer, Postmaster, SigningKey};
use candor_mail::{Evidence, Mark, PassedOn};
use candor_post::dkim;
use candor_post::dns::Dns;
use candor_post::sender_check::{self, CheckEnd, Findings};
use std::net::SocketAddr;
use std::sync::Arc;

/// Asks the DNS and signs.
pub(crate) struct DnsPostmaster {
    dns: Dns,
    host_name: String,
}

impl DnsPostmaster {
    /// A postmaster of the host of this name, who asks `server`, or the computer's own ones.
    pub(crate) fn new(host_name: &str, server: Option<SocketAddr>) -> Arc<Self> {
        Arc::new(Self {
            dns: server.map_or_else(Dns::of_this_computer, Dns::at),
            host_name: host_name.to_owned(),
        })
    }
}

impl Postmaster for DnsPostmaster {
    fn make_key(&self) -> Asking<'_, Result<KeyPair, String>> {
        Box::pin(async {
            let made = tokio::task::spawn_blocking(dkim::make_key).await;
            let key = made
                .map_err(|error| error.to_string())?
                .map_err(|error| error.to_string())?;
            Ok(KeyPair {
                private_der: key.private_der,
                public_der: key.public_der,
            })
        })
    }

    fn sign(&self, key: &SigningKey, raw: &[u8]) -> Result<Vec<u8>, String> {
        dkim::signed(&key.domain, &key.selector, &key.private_der, raw)
            .map_err(|error| error.to_string())
    }

    fn texts<'a>(&'a self, name: &'a str) -> Asking<'a, Result<Vec<String>, NoAnswer>> {
        Box::pin(async move {
            let answer = self.dns.texts(name).await;
            answer.map_err(|error| NoAnswer(error.0))
        })
    }

    fn mail_servers<'a>(&'a self, domain: &'a str) -> Asking<'a, Result<Vec<String>, NoAnswer>> {
        Box::pin(async move {
            let answer = self.dns.mail_servers(domain).await;
            answer.map_err(|error| NoAnswer(error.0))
        })
    }

    fn evidence<'a>(&'a self, arrival: &'a Arrival, raw: &'a [u8]) -> Asking<'a, Evidence> {
        Box::pin(async move {
            let arrival = sender_check::Arrival {
                peer: arrival.peer,
                hello: arrival.hello.clone(),
                mail_from: arrival.mail_from.clone(),
                host_name: self.host_name.clone(),
            };
            evidence_of(self.dns.check_sender(&arrival, raw).await)
        })
    }
}

fn evidence_of(found: Findings) -> Evidence {
    let named = |(end, domain): (CheckEnd, String)| (mark_of(end), domain);
    let passed_on = found
        .chain
        .map(|chain| PassedOn::read(chain.sealers, &chain.results, &found.from_domain));
    Evidence {
        from_domain: found.from_domain,
        spf: named(found.spf),
        dkim: found.dkim.into_iter().map(named).collect(),
        dmarc: mark_of(found.dmarc),
        passed_on,
    }
}

const fn mark_of(end: CheckEnd) -> Mark {
    match end {
        CheckEnd::Pass => Mark::Pass,
        CheckEnd::Fail => Mark::Fail,
        CheckEnd::None => Mark::None,
        CheckEnd::Later => Mark::Later,
    }
}
