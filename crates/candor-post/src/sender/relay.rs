//! Where outgoing mail is handed over.
//!
//! Owns: the relay's address, kind of TLS and login, and their one-line form.
//! Must not know: the dialogue.

use std::fmt;

use crate::reach::is_loopback;

/// The server that takes our outgoing mail.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Relay {
    /// Name or address.
    pub host: String,
    /// Port; 587 with STARTTLS and 465 with implicit TLS are usual.
    pub port: u16,
    /// How the connection is protected.
    pub tls: RelayTls,
    /// How to log in, when the relay wants that.
    pub login: Option<Login>,
    /// Further certificate authorities to trust, as PEM.
    pub extra_roots: Option<String>,
}

/// How the connection to a relay is protected. Certificates are always verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RelayTls {
    /// In the clear at first, then TLS; a relay that does not offer it is refused.
    StartTls,
    /// TLS from the first byte.
    Implicit,
    /// No TLS, and only to this very host.
    NoneOnLoopback,
    /// No TLS, to any host: whoever runs the desk has said so.
    NoneAnywhere,
}

/// How to log in. Its `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Login {
    /// A password or an app password.
    Password {
        /// The user's name at the relay.
        user: String,
        /// The password.
        password: String,
    },
    /// A short-lived access token (SASL XOAUTH2), as Google and Microsoft give it.
    Bearer {
        /// The user's address.
        user: String,
        /// The access token.
        token: String,
    },
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(..)")
    }
}

/// Why a relay's one-line form was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelayError {
    /// The scheme is not one of ours.
    #[error("a relay starts with smtp:// (STARTTLS), smtps:// (TLS) or smtp+plain:// (no TLS)")]
    Scheme,
    /// There is no host.
    #[error("a relay needs a host, such as smtp://mail.example.org")]
    Host,
    /// The port is not a number from 1 to 65535.
    #[error("the relay's port is not a number from 1 to 65535")]
    Port,
    /// User or password is missing or wrongly escaped.
    #[error("the relay's login is not user:password with special characters written as %XX")]
    Login,
    /// Something follows the port.
    #[error("nothing may follow the relay's port")]
    Trailing,
}

impl Relay {
    /// Reads `smtp://user:password@host:port`.
    ///
    /// `smtp` means STARTTLS on port 587, and no TLS for a host on loopback (port 25); `smtps`
    /// means TLS from the start on port 465; `smtp+plain` means no TLS at all on port 25.
    pub fn parse(text: &str) -> Result<Self, RelayError> {
        let (scheme, rest) = text.split_once("://").ok_or(RelayError::Scheme)?;
        let (login, place) = match rest.rsplit_once('@') {
            Some((login, place)) => (Some(parse_login(login)?), place),
            None => (None, rest),
        };
        let place = place.strip_suffix('/').unwrap_or(place);
        if place.contains(['/', '?', '#']) {
            return Err(RelayError::Trailing);
        }
        let (host, port) = split_port(place)?;
        let (tls, usual) = match scheme {
            "smtp" if is_loopback(host) => (RelayTls::NoneOnLoopback, 25),
            "smtp" => (RelayTls::StartTls, 587),
            "smtps" => (RelayTls::Implicit, 465),
            "smtp+plain" => (RelayTls::NoneAnywhere, 25),
            _ => return Err(RelayError::Scheme),
        };
        Ok(Self {
            host: host.to_owned(),
            port: port.unwrap_or(usual),
            tls,
            login,
            extra_roots: None,
        })
    }
}

fn split_port(place: &str) -> Result<(&str, Option<u16>), RelayError> {
    let (host, port) = if let Some(rest) = place.strip_prefix('[') {
        let (host, after) = rest.split_once(']').ok_or(RelayError::Host)?;
        match after.strip_prefix(':') {
            Some(port) => (host, Some(port)),
            None if after.is_empty() => (host, None),
            None => return Err(RelayError::Trailing),
        }
    } else {
        match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        }
    };
    if host.is_empty() || host.contains(char::is_whitespace) {
        return Err(RelayError::Host);
    }
    let port = match port.map(str::parse::<u16>) {
        None => None,
        Some(Ok(port)) if port > 0 => Some(port),
        Some(_) => return Err(RelayError::Port),
    };
    Ok((host, port))
}

fn parse_login(text: &str) -> Result<Login, RelayError> {
    let (user, password) = text.split_once(':').ok_or(RelayError::Login)?;
    let (user, password) = (unescape(user)?, unescape(password)?);
    if user.is_empty() {
        return Err(RelayError::Login);
    }
    Ok(Login::Password { user, password })
}

/// Percent decoding, as in any URL.
fn unescape(text: &str) -> Result<String, RelayError> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || bytes.next().and_then(|b| char::from(b).to_digit(16));
            let (high, low) = (digit(), digit());
            let (Some(high), Some(low)) = (high, low) else {
                return Err(RelayError::Login);
            };
            out.push((high * 16 + low) as u8);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).map_err(|_| RelayError::Login)
}

#[cfg(test)]
mod tests {
    use super::{Login, Relay, RelayError, RelayTls};

    fn summary(text: &str) -> String {
        let relay = Relay::parse(text).expect("a relay");
        let login = relay.login.map(|login| match login {
            Login::Password { user, password } => format!(" {user} {password}"),
            Login::Bearer { user, .. } => format!(" {user}"),
        });
        format!(
            "{:?} {}:{}{}",
            relay.tls,
            relay.host,
            relay.port,
            login.unwrap_or_default()
        )
    }

    #[test]
    fn each_scheme_has_its_protection_and_usual_port() {
        assert_eq!(
            summary("smtp://mail.example.org"),
            "StartTls mail.example.org:587"
        );
        assert_eq!(
            summary("smtps://mail.example.org/"),
            "Implicit mail.example.org:465"
        );
        assert_eq!(
            summary("smtp+plain://10.0.0.9:26"),
            "NoneAnywhere 10.0.0.9:26"
        );
        assert_eq!(
            summary("smtp://127.0.0.1:2525"),
            "NoneOnLoopback 127.0.0.1:2525"
        );
        assert_eq!(summary("smtp://[::1]:2525"), "NoneOnLoopback ::1:2525");
    }

    #[test]
    fn a_password_may_hold_anything_when_escaped() {
        assert_eq!(
            summary("smtp://help%40shop.example:p%3A%2f%25@mail.example.org:2587"),
            "StartTls mail.example.org:2587 help@shop.example p:/%"
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, error) in [
            ("mail.example.org:25", RelayError::Scheme),
            ("http://mail.example.org", RelayError::Scheme),
            ("smtp://", RelayError::Host),
            ("smtp://mail.example.org:0", RelayError::Port),
            ("smtp://mail.example.org:smtp", RelayError::Port),
            ("smtp://ann@mail.example.org", RelayError::Login),
            ("smtp://ann:%zz@mail.example.org", RelayError::Login),
            ("smtp://mail.example.org/path", RelayError::Trailing),
        ] {
            assert_eq!(Relay::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_login_never_shows_in_debug_output() {
        let relay = Relay::parse("smtp://ann:secret@mail.example.org").expect("a relay");
        let shown = format!("{relay:?}");
        assert!(
            !shown.contains("secret") && !shown.contains("ann:"),
            "{shown}"
        );
    }

    #[test]
    fn loopback_is_known_by_name_and_number() {
        assert_eq!(
            Relay::parse("smtp://localhost").expect("a relay").tls,
            RelayTls::NoneOnLoopback
        );
        assert_eq!(
            Relay::parse("smtp://127.1.2.3").expect("a relay").tls,
            RelayTls::NoneOnLoopback
        );
    }
}
