//! A mail that somebody passed on and sealed (ARC, RFC 8617).
//!
//! Owns: what the first forwarder found about the sender, and whether all forwarders are believed.
//! Must not know: keys; whoever checks the seals hands over a chain that holds.
//!
//! Anybody can seal a mail and write above it whatever they like. So a chain says something only
//! where every one of its sealers is named in the settings.

use super::{Vouched, front_evidence};

/// Stands before the forwarder in what was found.
const PASS: &str = "arc=pass:";

/// A chain of seals that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOn {
    /// The domains that sealed it, the first forwarder first.
    by: Vec<String>,
    /// Whether the first of them found that the sender's domain stood behind the mail.
    was_verified: bool,
}

impl PassedOn {
    /// Reads a chain. `results` is what the first forwarder wrote: `i=1; name; dmarc=pass ...`.
    pub fn read(by: Vec<String>, results: &str, from_domain: &str) -> Self {
        let (instance, results) = results.split_once(';').unwrap_or_default();
        let name = results.split(';').next().unwrap_or_default();
        let name = name.split_whitespace().next().unwrap_or_default();
        let found = front_evidence(results, &[name.to_owned()], from_domain);
        let was_verified = instance.trim() == "i=1"
            && found.is_some_and(|found| found.vouched() == Vouched::Verified);
        Self { by, was_verified }
    }

    /// Whether it makes the sender believable: everybody who passed it on is among `trusted`, and
    /// the first of them found the sender in order.
    pub fn vouches(&self, trusted: &[String]) -> bool {
        let is_trusted = |domain: &String| {
            trusted
                .iter()
                .any(|known| known.eq_ignore_ascii_case(domain))
        };
        self.was_verified && !self.by.is_empty() && self.by.iter().all(is_trusted)
    }

    pub(super) fn in_words(&self) -> String {
        format!("{PASS}{}", self.by.join(","))
    }

    /// Whoever passed a mail on last, out of what was found about it.
    pub fn last_in(found: &str) -> Option<&str> {
        let names = found.split(' ').find_map(|word| word.strip_prefix(PASS))?;
        names.rsplit(',').next().filter(|name| !name.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::PassedOn;

    fn chain(by: &[&str], results: &str) -> PassedOn {
        let by = by.iter().map(|name| (*name).to_owned()).collect();
        PassedOn::read(by, results, "strict.example")
    }

    #[test]
    fn only_a_chain_of_trusted_forwarders_that_found_the_sender_in_order_vouches() {
        let good = " i=1; lists.example; dmarc=pass header.from=strict.example";
        let lists = ["lists.example".to_owned()];
        let both = ["Lists.example".to_owned(), "other.example".to_owned()];
        assert!(chain(&["lists.example"], good).vouches(&lists));
        assert!(chain(&["lists.example", "other.example"], good).vouches(&both));
        assert!(!chain(&["lists.example", "other.example"], good).vouches(&lists));
        assert!(!chain(&["evil.example"], good).vouches(&lists));
        assert!(!chain(&["lists.example"], good).vouches(&[]));
        assert!(!chain(&[], good).vouches(&lists));
        for bad in [
            "i=1; lists.example; dmarc=fail header.from=strict.example",
            "i=1; lists.example; dmarc=pass header.from=evil.example",
            "i=1; lists.example; spf=pass smtp.mailfrom=lists.example",
            "i=1; lists.example (dmarc=pass header.from=strict.example); none",
            "i=2; lists.example; dmarc=pass header.from=strict.example",
            "lists.example; dmarc=pass header.from=strict.example",
            "",
        ] {
            assert!(!chain(&["lists.example"], bad).vouches(&lists), "{bad}");
        }
        let signed = "i=1; lists.example;\r\n\tdkim=pass header.d=strict.example";
        assert!(chain(&["lists.example"], signed).vouches(&lists));
    }

    #[test]
    fn the_last_forwarder_is_named() {
        let found = chain(&["lists.example", "other.example"], "").in_words();
        let found = format!("dmarc=fail spf=none {found}");
        assert_eq!(PassedOn::last_in(&found), Some("other.example"));
        assert_eq!(PassedOn::last_in("dmarc=fail spf=none"), None);
    }
}
