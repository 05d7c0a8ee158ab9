//! Whether somebody vouches for the sender that a mail claims.
//!
//! Owns: what SPF, DKIM and DMARC add up to, whether somebody who passed a mail on vouches for it
//! (ARC, RFC 8617), and reading what a mail server in front of us wrote about it (RFC 8601). Must not know: the DNS, keys, what follows from the answer.

mod passed_on;
mod results;

pub use passed_on::PassedOn;
pub use results::front_evidence;

/// How one of the checks ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// It says yes.
    Pass,
    /// It says no.
    Fail,
    /// There is nothing that it could check.
    #[default]
    None,
    /// It could not be done at the moment.
    Later,
}

/// What the checks found out about one mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// The domain of the sender that the reader sees.
    pub from_domain: String,
    /// Whether the sending computer may send for the domain on the envelope, and that domain.
    pub spf: (Mark, String),
    /// Each signature with the domain that signed.
    pub dkim: Vec<(Mark, String)>,
    /// Whether the domain that the reader sees stands behind the mail.
    pub dmarc: Mark,
    /// Who passed it on, where the chain of their seals holds.
    pub passed_on: Option<PassedOn>,
}

/// What the checks add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vouched {
    /// The sender's domain stands behind the mail.
    Verified,
    /// Somebody passed it on whom the desk was told to believe, and vouches for the sender.
    PassedOn,
    /// Nobody vouches for the sender, and nobody says that it is forged.
    Unverified,
    /// The sender's domain says that it is not from there.
    Forged,
    /// It could not be found out at the moment.
    Unknown,
}

impl Mark {
    /// The word of RFC 8601.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::None => "none",
            Self::Later => "temperror",
        }
    }
}

impl Vouched {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::PassedOn => "passed_on",
            Self::Unverified => "unverified",
            Self::Forged => "forged",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the stored word; `None` for any other.
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Verified,
            Self::PassedOn,
            Self::Unverified,
            Self::Forged,
            Self::Unknown,
        ]
        .into_iter()
        .find(|vouched| vouched.as_str() == word)
    }
}

impl Evidence {
    /// What it adds up to. The domain's own rule (DMARC) counts first. Where a domain has none, a
    /// signature or a permitted computer of that very domain vouches as well.
    pub fn vouched(&self) -> Vouched {
        match self.dmarc {
            Mark::Pass => return Vouched::Verified,
            Mark::Fail => return Vouched::Forged,
            Mark::Later => return Vouched::Unknown,
            Mark::None => {}
        }
        let aligned: Vec<Mark> = std::iter::once(&self.spf)
            .chain(&self.dkim)
            .filter(|(_, domain)| aligned(&self.from_domain, domain))
            .map(|(mark, _)| *mark)
            .collect();
        if aligned.contains(&Mark::Pass) {
            Vouched::Verified
        } else if aligned.contains(&Mark::Later) {
            Vouched::Unknown
        } else {
            Vouched::Unverified
        }
    }

    /// Whether that is enough to act as somebody of the team: the domain's own rule, or a signature of
    /// that very domain. A permitted computer alone is not; many domains share one.
    pub fn is_signed(&self) -> bool {
        match self.dmarc {
            Mark::Pass => true,
            Mark::Fail | Mark::Later => false,
            Mark::None => self
                .dkim
                .iter()
                .any(|(mark, domain)| *mark == Mark::Pass && aligned(&self.from_domain, domain)),
        }
    }

    /// In one line, for whoever wants to know why: `dmarc=pass spf=pass:shop.example`.
    pub fn in_words(&self) -> String {
        let mut words = vec![format!("dmarc={}", self.dmarc.as_str())];
        words.push(named("spf", &self.spf));
        words.extend(self.dkim.iter().map(|found| named("dkim", found)));
        words.extend(self.passed_on.as_ref().map(PassedOn::in_words));
        words.join(" ")
    }
}

fn named(check: &str, (mark, domain): &(Mark, String)) -> String {
    match domain.as_str() {
        "" => format!("{check}={}", mark.as_str()),
        domain => format!("{check}={}:{domain}", mark.as_str()),
    }
}

/// The same domain, or one below the other. A top level vouches for nobody.
fn aligned(from: &str, other: &str) -> bool {
    let (from, other) = (from.to_ascii_lowercase(), other.to_ascii_lowercase());
    let below = |child: &str, parent: &str| {
        parent.contains('.')
            && child
                .strip_suffix(parent)
                .is_some_and(|rest| rest.ends_with('.'))
    };
    !from.is_empty() && (from == other || below(&from, &other) || below(&other, &from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permitted_computer_alone_is_not_enough_to_act_for_the_team() {
        let signed = |dmarc, spf, dkim: &[(Mark, &str)]| evidence(dmarc, spf, dkim).is_signed();
        let (ours, other) = ((Mark::Pass, "shop.example"), (Mark::Pass, "host.example"));
        assert!(signed(Mark::Pass, other, &[]));
        assert!(signed(Mark::None, other, &[other, ours]));
        assert!(!signed(Mark::None, ours, &[other]));
        assert!(!signed(Mark::Fail, ours, &[ours]));
        assert!(!signed(Mark::Later, ours, &[ours]));
    }

    fn evidence(dmarc: Mark, spf: (Mark, &str), dkim: &[(Mark, &str)]) -> Evidence {
        Evidence {
            from_domain: "shop.example".to_owned(),
            spf: (spf.0, spf.1.to_owned()),
            dkim: dkim.iter().map(|(m, d)| (*m, (*d).to_owned())).collect(),
            dmarc,
            passed_on: None,
        }
    }

    #[test]
    fn the_rule_of_the_domain_counts_first() {
        let signed = [(Mark::Pass, "shop.example")];
        let spf = (Mark::Pass, "shop.example");
        for (dmarc, expected) in [
            (Mark::Pass, Vouched::Verified),
            (Mark::Fail, Vouched::Forged),
            (Mark::Later, Vouched::Unknown),
            (Mark::None, Vouched::Verified),
        ] {
            assert_eq!(evidence(dmarc, spf, &signed).vouched(), expected);
        }
    }

    #[test]
    fn without_a_rule_only_the_domain_itself_vouches() {
        let none = (Mark::None, "");
        for (spf, dkim, expected) in [
            (none, (Mark::Pass, "shop.example"), Vouched::Verified),
            (none, (Mark::Pass, "mail.shop.example"), Vouched::Verified),
            (none, (Mark::Pass, "evil.example"), Vouched::Unverified),
            (none, (Mark::Pass, "evilshop.example"), Vouched::Unverified),
            (none, (Mark::Pass, "example"), Vouched::Unverified),
            (none, (Mark::Fail, "shop.example"), Vouched::Unverified),
            ((Mark::Pass, "shop.example"), none, Vouched::Verified),
            ((Mark::Pass, "list.example"), none, Vouched::Unverified),
            ((Mark::Later, "shop.example"), none, Vouched::Unknown),
        ] {
            let found = evidence(Mark::None, spf, &[dkim]);
            assert_eq!(found.vouched(), expected, "{}", found.in_words());
        }
    }

    #[test]
    fn what_was_found_reads_as_one_line() {
        let found = evidence(
            Mark::None,
            (Mark::Pass, "list.example"),
            &[(Mark::Fail, "shop.example")],
        );
        assert_eq!(
            found.in_words(),
            "dmarc=none spf=pass:list.example dkim=fail:shop.example"
        );
    }
}
