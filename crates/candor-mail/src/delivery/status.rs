//! Status codes of mail servers.
//!
//! Owns: the three numbers of RFC 3463 and the reply codes of RFC 5321, found in running text.
//! Must not know: what a code means for anybody.

/// An enhanced mail system status code such as `5.1.1` (RFC 3463).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnhancedStatus {
    /// 2 success, 4 persistent transient failure, 5 permanent failure.
    pub class: u8,
    /// Which part of the way failed.
    pub subject: u16,
    /// What exactly.
    pub detail: u16,
}

impl EnhancedStatus {
    /// Only the class is known.
    pub fn of_class(class: u8) -> Self {
        Self {
            class,
            subject: 0,
            detail: 0,
        }
    }

    /// Reads a code at the start of a text; what stands behind it is left alone.
    pub fn parse(text: &str) -> Option<Self> {
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let code = &text[..end];
        // A full stop may end the sentence.
        let code = code.strip_suffix('.').unwrap_or(code);
        let mut numbers = code.split('.');
        let (class, subject, detail) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let small = |digits: &str| (digits.len() <= 3).then(|| digits.parse::<u16>().ok())?;
        if numbers.next().is_some() || !matches!(class, "2" | "4" | "5") {
            return None;
        }
        Some(Self {
            class: class.parse().ok()?,
            subject: small(subject)?,
            detail: small(detail)?,
        })
    }

    /// True when only the class says something.
    pub fn is_generic(self) -> bool {
        self.subject == 0 && self.detail == 0
    }
}

impl std::fmt::Display for EnhancedStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// The surest code of one line: the enhanced one, else the class of the SMTP reply.
///
/// Numbers count as codes only where servers put them: at the start of a line, behind a mark such
/// as `:` or `#`, or behind words such as "said". So neither an address nor a price is a code.
pub(super) fn in_line(line: &str) -> Option<EnhancedStatus> {
    let mut reply = None;
    let mut previous = None;
    for word in line.split_ascii_whitespace() {
        let bare = word.trim_start_matches(['(', '#', '<', '[', '"', '\'', '>']);
        let led_in = previous.is_none_or(leads_in) || bare.len() < word.len();
        let after_reply = previous.is_some_and(|before| reply_class(before).is_some());
        let (head, rest) = bare.split_at(bare.floor_char_boundary(4));
        // "550-5.1.1", the form of a reply of several lines.
        let joined = head.ends_with('-') && reply_class(head).is_some();
        if joined && let Some(code) = EnhancedStatus::parse(rest) {
            return Some(code);
        }
        if (led_in || after_reply)
            && !is_network_address(word)
            && let Some(code) = EnhancedStatus::parse(bare)
            && code.class != 2
        {
            return Some(code);
        }
        if led_in && reply.is_none() {
            reply = reply_class(bare);
        }
        previous = Some(word);
    }
    reply.map(EnhancedStatus::of_class)
}

/// The class of an SMTP reply such as `550`, `550-` or `550:`.
pub(super) fn reply_class(word: &str) -> Option<u8> {
    let bare = word.trim_end_matches(['-', ':', ',', ';', ')', ']', '.', '"', '\'']);
    let bare = bare.trim_start_matches(['#', '(', '[', '"', '\'', '<', '>']);
    match bare.as_bytes() {
        [class @ (b'4' | b'5'), b'0'..=b'7', b'0'..=b'9', rest @ ..]
            if rest.first().is_none_or(|&next| next == b'-') =>
        {
            Some(class - b'0')
        }
        _ => None,
    }
}

/// An address of four numbers begins like a code.
fn is_network_address(word: &str) -> bool {
    let numbers = word.trim_matches(|c: char| !c.is_ascii_digit());
    numbers.split('.').count() > 3
}

fn leads_in(before: &str) -> bool {
    let before = before.to_ascii_lowercase();
    before.ends_with([':', '#', ';', ']', ')', '>', '<', '=', ',', '|'])
        || matches!(
            before.as_str(),
            "said"
                | "code"
                | "responsecode"
                | "error"
                | "with"
                | "status"
                | "reply"
                | "response"
                | "returned"
                | "smtp"
                | "was"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<String> {
        in_line(line).map(|code| code.to_string())
    }

    #[test]
    fn codes_are_found_where_servers_put_them() {
        for (line, code) in [
            ("550 5.1.1 <kim@b.example>... User unknown", "5.1.1"),
            ("550-5.7.26 Unauthenticated email from b.example", "5.7.26"),
            ("host mx.b.example [192.0.2.1]: 550 No such user", "5.0.0"),
            ("#550 5.7.1 RESOLVER.RST.AuthRequired", "5.7.1"),
            ("Sorry, no mailbox here by that name. (#5.1.1)", "5.1.1"),
            ("Remote host said: 452 4.2.2 Over quota", "4.2.2"),
            ("<<< 421 Try again", "4.0.0"),
            ("ResponseCode 421, , Host not reachable.", "4.0.0"),
            ("5.1.1 <kim@b.example>... User Unknown", "5.1.1"),
        ] {
            assert_eq!(read(line).as_deref(), Some(code), "{line}");
        }
    }

    #[test]
    fn addresses_versions_and_prices_are_no_codes() {
        for line in [
            "192.0.2.25 does not like recipient.",
            "please pay 550 EUR within 5 days",
            "Exim 4.86.2 was here",
            "5.4.3.2 refused to talk",
            "my order 4.1.1",
            "call me at 555 or so",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
