//! A postmaster with a DNS of his own.
//!
//! Owns: what stands in the DNS of a test, what speaks for the senders, and signatures that anybody
//! can read.

use candor_desk::postmaster::{Arrival, Asking, KeyPair, NoAnswer, Postmaster, SigningKey};
use candor_mail::{Evidence, Mark, PassedOn};
use std::collections::HashMap;
use std::sync::Mutex;

/// Answers as a test told him to.
#[derive(Default)]
pub struct TestPostmaster {
    texts: Mutex<HashMap<String, Vec<String>>>,
    servers: Mutex<HashMap<String, Vec<String>>>,
    silent: Mutex<bool>,
    evidence: Mutex<Option<Evidence>>,
    passed_on: Mutex<Option<PassedOn>>,
    asked: Mutex<Vec<Arrival>>,
}

impl TestPostmaster {
    /// Writes texts into the DNS.
    pub fn put(&self, name: &str, texts: &[&str]) {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        self.texts.lock().unwrap().insert(name.to_owned(), texts);
    }

    /// Names the servers that take a domain's mail.
    pub fn put_servers(&self, domain: &str, servers: &[&str]) {
        let servers = servers.iter().map(|name| (*name).to_owned()).collect();
        let mut all = self.servers.lock().unwrap();
        all.insert(domain.to_owned(), servers);
    }

    /// From now on the DNS answers nothing, or answers again.
    pub fn fall_silent(&self, silent: bool) {
        *self.silent.lock().unwrap() = silent;
    }

    /// What speaks for the senders of the mails that come from now on.
    pub fn say(&self, from: &str, dmarc: Mark) {
        *self.evidence.lock().unwrap() = Some(Evidence {
            from_domain: from.to_owned(),
            dmarc,
            passed_on: self.passed_on.lock().unwrap().clone(),
            ..Evidence::default()
        });
    }

    /// Who passed on the mails that are spoken of from now on.
    pub fn say_passed_on(&self, chain: Option<PassedOn>) {
        *self.passed_on.lock().unwrap() = chain;
    }

    /// About which mails he was asked.
    pub fn asked(&self) -> Vec<Arrival> {
        self.asked.lock().unwrap().clone()
    }

    fn answer(
        &self,
        book: &Mutex<HashMap<String, Vec<String>>>,
        name: &str,
    ) -> Result<Vec<String>, NoAnswer> {
        if *self.silent.lock().unwrap() {
            return Err(NoAnswer("nobody is there".to_owned()));
        }
        Ok(book.lock().unwrap().get(name).cloned().unwrap_or_default())
    }
}

impl Postmaster for TestPostmaster {
    fn make_key(&self) -> Asking<'_, Result<KeyPair, String>> {
        Box::pin(async {
            Ok(KeyPair {
                private_der: b"the private half".to_vec(),
                public_der: b"the public half".to_vec(),
            })
        })
    }

    fn sign(&self, key: &SigningKey, raw: &[u8]) -> Result<Vec<u8>, String> {
        let (selector, domain) = (&key.selector, &key.domain);
        let mut mail = format!("DKIM-Signature: s={selector}; d={domain}\r\n").into_bytes();
        mail.extend_from_slice(raw);
        Ok(mail)
    }

    fn texts<'a>(&'a self, name: &'a str) -> Asking<'a, Result<Vec<String>, NoAnswer>> {
        Box::pin(async move { self.answer(&self.texts, name) })
    }

    fn mail_servers<'a>(&'a self, domain: &'a str) -> Asking<'a, Result<Vec<String>, NoAnswer>> {
        Box::pin(async move { self.answer(&self.servers, domain) })
    }

    fn evidence<'a>(&'a self, arrival: &'a Arrival, _: &'a [u8]) -> Asking<'a, Evidence> {
        Box::pin(async move {
            self.asked.lock().unwrap().push(arrival.clone());
            let told = self.evidence.lock().unwrap().clone();
            told.unwrap_or(Evidence {
                dmarc: Mark::Later,
                ..Evidence::default()
            })
        })
    }
}
