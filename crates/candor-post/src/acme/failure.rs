//! Why there is no certificate.
//!
//! Owns: naming it, so that somebody can mend it. Must not know: languages.
//!
//! The types of problems are those of RFC 8555, section 6.7.

use crate::http::HttpFailure;
use instant_acme::{Error, Problem};

/// Why there is no certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcmeFailure {
    /// The id under which the sentence is translated.
    pub id: &'static str,
    /// For which name; empty where for none alone.
    pub name: String,
    /// What the authority said.
    pub detail: String,
    /// The authority does not know the account any more; a new one has to be opened.
    pub account_is_gone: bool,
}

impl AcmeFailure {
    fn new(id: &'static str, name: String, detail: impl Into<String>) -> Self {
        Self {
            id,
            name,
            detail: detail.into(),
            account_is_gone: false,
        }
    }

    /// Something of ours.
    pub(super) fn inside(error: &dyn std::error::Error) -> Self {
        Self::new("acme-failure-other", String::new(), error.to_string())
    }

    /// The authority offers no proof that we can give.
    pub(super) fn no_way(name: String) -> Self {
        Self::new("acme-failure-no-way", name, "")
    }

    /// The answer could not be put where the authority looks.
    pub(super) fn not_kept(name: String) -> Self {
        Self::new("acme-failure-not-kept", name, "")
    }
}

/// What the authority said about its look at a name.
pub(super) fn of_authorization(problem: &Problem, name: String) -> AcmeFailure {
    AcmeFailure {
        name,
        ..of_problem(problem)
    }
}

fn of_problem(problem: &Problem) -> AcmeFailure {
    let kind = problem.r#type.as_deref().unwrap_or_default();
    let kind = kind.rsplit(':').next().unwrap_or_default();
    let id = match kind {
        "connection" => "acme-failure-unreachable",
        "dns" => "acme-failure-dns",
        "unauthorized" | "incorrectResponse" => "acme-failure-answer",
        "caa" => "acme-failure-caa",
        "rateLimited" => "acme-failure-rate",
        "invalidContact" | "unsupportedContact" => "acme-failure-contact",
        "rejectedIdentifier" | "unsupportedIdentifier" => "acme-failure-name",
        _ => "acme-failure-other",
    };
    let sub = problem.subproblems.iter().find_map(|sub| {
        let name = sub.identifier.as_ref()?;
        Some(name.authorized(false).to_string())
    });
    AcmeFailure {
        account_is_gone: kind == "accountDoesNotExist",
        ..AcmeFailure::new(
            id,
            sub.unwrap_or_default(),
            problem.detail.clone().unwrap_or_default(),
        )
    }
}

impl From<Error> for AcmeFailure {
    fn from(error: Error) -> Self {
        let none = |detail: String| Self::new("acme-failure-directory", String::new(), detail);
        match &error {
            Error::Api(problem) => of_problem(problem),
            Error::Other(other) if other.downcast_ref::<HttpFailure>().is_some() => {
                none(other.to_string())
            }
            Error::Timeout(_) => none(error.to_string()),
            _ => Self::inside(&error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_authority_says_is_named_for_whoever_mends_it() {
        for (kind, id) in [
            ("connection", "acme-failure-unreachable"),
            ("dns", "acme-failure-dns"),
            ("unauthorized", "acme-failure-answer"),
            ("rateLimited", "acme-failure-rate"),
            ("serverInternal", "acme-failure-other"),
        ] {
            let problem: Problem = serde_json::from_value(serde_json::json!({
                "type": format!("urn:ietf:params:acme:error:{kind}"),
                "detail": "said so",
            }))
            .unwrap();
            let failure = of_authorization(&problem, "desk.example".to_owned());
            assert_eq!((failure.id, failure.detail.as_str()), (id, "said so"));
            assert_eq!(failure.name, "desk.example");
        }
    }
}
