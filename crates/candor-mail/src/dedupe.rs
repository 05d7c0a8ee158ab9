//! Recognising a mail that was delivered twice.
//!
//! Owns: which headers a way through servers adds. Must not know: where digests are kept.

use sha2::{Digest, Sha256};

/// Headers that servers add on the way; they differ between two deliveries of one mail.
/// `DKIM-Signature` belongs to the sender's own server and stays in.
const TRACE: &[&str] = &[
    "received",
    "return-path",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "delivery-date",
    "authentication-results",
    "received-spf",
    "x-received",
    "x-gm-message-state",
    "x-google-smtp-source",
    "x-virus-scanned",
    "x-uid",
    "x-uidl",
    "x-mozilla-status",
    "x-mozilla-status2",
    "status",
    "x-status",
];

/// Families of such headers.
const TRACE_PREFIXES: &[&str] = &["arc-", "x-spam", "x-candor-", "x-ms-exchange-", "x-rspamd"];

/// SHA-256 of a message without its trace headers and with `\n` line ends.
///
/// Two deliveries of one mail have one digest; two mails that carry the same Message-ID but say
/// something else have two, so that a reused id never swallows a message.
pub fn dedupe_digest(raw: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut in_headers = true;
    let mut keeping = true;
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        let line = without_line_end(line);
        if in_headers {
            if line.is_empty() {
                in_headers = false;
            } else if !matches!(line[0], b' ' | b'\t') {
                // Mailbox files put "From " and a quoted ">From " line before the headers.
                keeping = !is_trace(line);
            }
        }
        if keeping || !in_headers {
            hash.update(line);
            hash.update(b"\n");
        }
    }
    hash.finalize().into()
}

fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn is_trace(line: &[u8]) -> bool {
    if line.starts_with(b"From ") || line.starts_with(b">From ") {
        return true;
    }
    let Some(colon) = line.iter().position(|&byte| byte == b':') else {
        return false;
    };
    let name = String::from_utf8_lossy(&line[..colon])
        .trim()
        .to_ascii_lowercase();
    TRACE.contains(&name.as_str()) || TRACE_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &[u8] =
        b"Message-ID: <1@a.example>\r\nSubject: Late parcel\r\n\r\nWhere is it?\r\n";

    #[test]
    fn a_second_delivery_over_another_way_is_the_same_mail() {
        let again = b"Return-Path: <kim@a.example>\nReceived: from mx2\n\tby us\n\t; today\n\
            X-Spam-Score: 0.1\nARC-Seal: i=1\nMessage-ID: <1@a.example>\nSubject: Late parcel\n\n\
            Where is it?\n";
        assert_eq!(dedupe_digest(MAIL), dedupe_digest(again));
    }

    #[test]
    fn another_mail_with_a_reused_id_is_not_swallowed() {
        let other =
            b"Message-ID: <1@a.example>\r\nSubject: Late parcel\r\n\r\nIt came, thanks!\r\n";
        assert_ne!(dedupe_digest(MAIL), dedupe_digest(other));
    }

    #[test]
    fn a_line_of_the_body_that_looks_like_a_trace_counts() {
        let with = b"Subject: a\n\nReceived: your parcel\n";
        let without = b"Subject: a\n\n";
        assert_ne!(dedupe_digest(with), dedupe_digest(without));
    }
}
