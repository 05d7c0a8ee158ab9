//! What a mail server in front of us wrote about the sender.
//!
//! Owns: reading `Authentication-Results` (RFC 8601). Must not know: which server is trusted; the
//! caller names it.

use super::{Evidence, Mark};

/// Signatures that are looked at; a mail with more is trying something.
const MOST_SIGNATURES: usize = 8;

/// What the trusted front says. `header` is the topmost `Authentication-Results` of the mail: any
/// other may have been written by the sender. `None` when it is not by one of `fronts`.
pub fn front_evidence(header: &str, fronts: &[String], from_domain: &str) -> Option<Evidence> {
    let text = without_comments(header);
    let mut parts = text.split(';').map(str::trim);
    let by = parts.next()?.split_whitespace().next()?;
    if !fronts.iter().any(|front| front.eq_ignore_ascii_case(by)) {
        return None;
    }
    let mut evidence = Evidence {
        from_domain: from_domain.to_ascii_lowercase(),
        ..Evidence::default()
    };
    for part in parts {
        read(part, &mut evidence);
    }
    Some(evidence)
}

fn read(part: &str, evidence: &mut Evidence) {
    let mut words = part.split_whitespace();
    let Some((method, result)) = words.next().and_then(|word| word.split_once('=')) else {
        return;
    };
    let properties: Vec<(&str, &str)> = words.filter_map(|word| word.split_once('=')).collect();
    let property = |names: &[&str]| {
        let found = names.iter().find_map(|name| {
            let found = properties
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| domain_of(value))
        });
        found.unwrap_or_default()
    };
    let mark = mark_of(result);
    // `dkim/1=pass` names the version of the method.
    match method.split('/').next().unwrap_or_default() {
        "spf" => evidence.spf = (mark, property(&["smtp.mailfrom", "smtp.helo"])),
        "dkim" if evidence.dkim.len() < MOST_SIGNATURES => {
            let domain = property(&["header.d", "header.i"]);
            evidence.dkim.push((mark, domain));
        }
        "dmarc" => {
            // A result about another sender than the one that people see says nothing.
            let about = property(&["header.from"]);
            if about.is_empty() || about == evidence.from_domain {
                evidence.dmarc = mark;
            }
        }
        _ => {}
    }
}

fn mark_of(result: &str) -> Mark {
    match result.to_ascii_lowercase().as_str() {
        "pass" => Mark::Pass,
        "fail" | "hardfail" | "softfail" | "policy" => Mark::Fail,
        "temperror" => Mark::Later,
        _ => Mark::None,
    }
}

/// The domain of `user@domain`, of `@domain`, and of a bare domain.
fn domain_of(value: &str) -> String {
    let value = value.trim_matches(['"', '<', '>', '.']);
    let domain = value.rsplit_once('@').map_or(value, |(_, domain)| domain);
    domain.to_ascii_lowercase()
}

/// The text without its comments, which may hold anything, and with `;` inside quotes made harmless.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut quoted) = (0_usize, false);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if depth > 0 || quoted => {
                chars.next();
            }
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => depth -= 1,
            ';' | '=' if quoted => out.push('_'),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Vouched;
    use super::*;
    use proptest::prelude::*;

    const GMAIL: &str = "mx.google.com;\r\n dkim=pass header.i=@shop.example header.s=a \
        header.b=xyz;\r\n spf=pass (google.com: domain of a@shop.example designates 192.0.2.1 as \
        permitted sender; dmarc=fail) smtp.mailfrom=a@bounce.shop.example;\r\n dmarc=pass (p=NONE \
        sp=NONE dis=NONE) header.from=shop.example";

    fn fronts() -> Vec<String> {
        vec!["mx.google.com".to_owned()]
    }

    fn vouched(header: &str, from: &str) -> Option<Vouched> {
        front_evidence(header, &fronts(), from).map(|found| found.vouched())
    }

    #[test]
    fn what_a_trusted_front_says_is_read() {
        let found = front_evidence(GMAIL, &fronts(), "Shop.example").unwrap();
        assert_eq!(
            found.in_words(),
            "dmarc=pass spf=pass:bounce.shop.example dkim=pass:shop.example"
        );
        assert_eq!(found.vouched(), Vouched::Verified);
    }

    #[test]
    fn anybody_else_may_say_what_they_like() {
        for header in [
            "evil.example; dmarc=pass header.from=shop.example",
            "mx.google.com.evil.example; dmarc=pass header.from=shop.example",
            "(mx.google.com) evil.example; dmarc=pass",
            "",
            ";",
        ] {
            assert_eq!(vouched(header, "shop.example"), None, "{header}");
        }
    }

    #[test]
    fn a_result_about_another_sender_proves_nothing() {
        let other = "mx.google.com; dmarc=pass header.from=evil.example";
        assert_eq!(vouched(other, "shop.example"), Some(Vouched::Unverified));
        let quoted = "mx.google.com; spf=none reason=\"x; dmarc=pass\" smtp.mailfrom=a@b.example";
        assert_eq!(vouched(quoted, "shop.example"), Some(Vouched::Unverified));
        let comment = "mx.google.com; spf=none (\\); dmarc=pass) smtp.mailfrom=a@b.example";
        assert_eq!(vouched(comment, "shop.example"), Some(Vouched::Unverified));
    }

    #[test]
    fn a_rule_that_is_broken_is_a_forgery() {
        let header = "mx.google.com 1; dmarc=fail (p=REJECT) header.from=shop.example";
        assert_eq!(vouched(header, "shop.example"), Some(Vouched::Forged));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "(mx.google.com)?[ -~\\r\\n]{0,200}") {
            let _ = front_evidence(&text, &fronts(), "shop.example");
        }
    }
}
