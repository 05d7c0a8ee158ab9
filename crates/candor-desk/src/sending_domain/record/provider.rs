//! By which words a mail server is named in a list of permitted servers (SPF).
//!
//! Owns: what large providers tell their customers to write. Must not know: whether it stands there.

/// The end of a server's name, and what its provider wants to stand in the list.
const KNOWN: [(&str, &str); 13] = [
    ("gmail.com", "include:_spf.google.com"),
    ("google.com", "include:_spf.google.com"),
    ("office365.com", "include:spf.protection.outlook.com"),
    ("outlook.com", "include:spf.protection.outlook.com"),
    ("amazonaws.com", "include:amazonses.com"),
    ("mailgun.org", "include:mailgun.org"),
    ("sendgrid.net", "include:sendgrid.net"),
    ("postmarkapp.com", "include:spf.mtasv.net"),
    ("mailjet.com", "include:spf.mailjet.com"),
    ("messagingengine.com", "include:spf.messagingengine.com"),
    ("fastmail.com", "include:spf.messagingengine.com"),
    ("mailbox.org", "include:mailbox.org"),
    ("protonmail.ch", "include:_spf.protonmail.ch"),
];

fn known(host: &str) -> Option<&'static str> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let is_of = |end: &str| {
        host.strip_suffix(end)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let found = KNOWN.iter().find(|(end, _)| is_of(end));
    found.map(|(_, mechanism)| *mechanism)
}

/// Whether we know what the provider of a server wants.
pub(super) fn is_known(host: &str) -> bool {
    known(host).is_some()
}

/// What should stand in the list for a server.
pub(super) fn mechanism(host: &str) -> String {
    known(host).map_or_else(|| format!("a:{}", host.to_ascii_lowercase()), str::to_owned)
}
