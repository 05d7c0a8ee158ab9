//! The folder with what was sent.
//!
//! Owns: which of an account's folders that is. Must not know: the dialogue.

/// What programs and providers call it where the server does not say, in small letters and without
/// the folder above it.
const NAMES: [&str; 16] = [
    "sent",
    "sent items",
    "sent messages",
    "sent mail",
    "gesendet",
    "gesendete objekte",
    "gesendete elemente",
    "gesendete nachrichten",
    "envoy\u{e9}s",
    "\u{e9}l\u{e9}ments envoy\u{e9}s",
    "enviados",
    "posta inviata",
    "verzonden",
    "verzonden items",
    "skickat",
    "wys\u{142}ane",
];

/// The folder among these, given with whether the server marks it (RFC 6154).
pub(super) fn folder_among(listed: &[(String, bool)]) -> Option<String> {
    let marked = listed.iter().find(|(_, is_sent)| *is_sent);
    let found = marked.or_else(|| {
        let is_usual = |name: &str, listed: &str| {
            let own = listed.rsplit(['/', '.']).next().unwrap_or(listed);
            decoded(own).to_lowercase() == name
        };
        NAMES
            .iter()
            .find_map(|name| listed.iter().find(|(own, _)| is_usual(name, own)))
    });
    found.map(|(name, _)| name.clone())
}

/// The one letter beyond ASCII that the names above hold most, out of modified UTF-7 (RFC 3501,
/// 5.1.3).
fn decoded(name: &str) -> String {
    name.replace("&AOk-", "\u{e9}")
        .replace("&AMk-", "\u{c9}")
        .replace("&AUI-", "\u{142}")
}

#[cfg(test)]
mod tests {
    use super::folder_among;

    fn among(names: &[&str]) -> Option<String> {
        let listed: Vec<_> = names
            .iter()
            .map(|name| {
                (
                    name.trim_start_matches('!').to_owned(),
                    name.starts_with('!'),
                )
            })
            .collect();
        folder_among(&listed)
    }

    #[test]
    fn the_mark_of_the_server_counts_before_any_name() {
        let found = among(&["INBOX", "Sent", "!Ausgang"]);
        assert_eq!(found.as_deref(), Some("Ausgang"));
    }

    #[test]
    fn usual_names_are_known_with_the_folder_above_them_or_without() {
        for name in [
            "INBOX.Sent",
            "[Gmail]/Sent Mail",
            "Gesendete Elemente",
            "Envoy&AOk-s",
        ] {
            assert_eq!(among(&["INBOX", name]).as_deref(), Some(name), "{name}");
        }
        assert_eq!(among(&["INBOX", "Presentations", "Absent"]), None);
    }
}
