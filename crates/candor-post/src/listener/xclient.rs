//! XCLIENT: a mail server in front of us says whose mail it passes on.
//!
//! Owns: reading the command as Postfix sends it. Must not know: who may send it.

use std::net::IpAddr;

/// What a front said about the computer behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Client {
    /// Its address.
    pub(super) address: Option<IpAddr>,
    /// What it called itself.
    pub(super) hello: Option<String>,
}

/// Reads a command line; `None` when it is another command.
pub(super) fn parse(line: &[u8]) -> Option<Result<Client, ()>> {
    let text = std::str::from_utf8(line).ok()?.trim_end();
    let rest = text
        .get(..8)
        .filter(|word| word.eq_ignore_ascii_case("XCLIENT "))
        .map(|_| &text[8..])?;
    Some(read(rest).ok_or(()))
}

fn read(attributes: &str) -> Option<Client> {
    let mut client = Client::default();
    for attribute in attributes.split_whitespace() {
        let (name, value) = attribute.split_once('=')?;
        let value = decoded(value)?;
        let known = !value.starts_with('[');
        match name.to_ascii_uppercase().as_str() {
            "ADDR" if known => {
                let value = value.strip_prefix("IPV6:").unwrap_or(&value);
                client.address = Some(value.parse::<IpAddr>().ok()?.to_canonical());
            }
            "HELO" if known => client.hello = Some(value),
            "ADDR" | "HELO" | "NAME" | "PORT" | "PROTO" | "LOGIN" | "DESTADDR" | "DESTPORT"
            | "REVERSE_NAME" => {}
            _ => return None,
        }
    }
    Some(client)
}

/// The value without its `+XX` (RFC 1891, xtext). A control character is no part of a name.
fn decoded(value: &str) -> Option<String> {
    let mut out = Vec::with_capacity(value.len());
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'+' {
            let digits = [bytes.next()?, bytes.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            out.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            out.push(byte);
        }
    }
    let text = String::from_utf8(out).ok()?;
    (!text.chars().any(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{Client, parse};

    fn client(line: &str) -> Option<Result<Client, ()>> {
        parse(line.as_bytes())
    }

    #[test]
    fn a_front_names_address_and_greeting() {
        let line = "XCLIENT NAME=mail.shop.example ADDR=192.0.2.1 PORT=9 PROTO=ESMTP\r\n";
        let found = client(line).unwrap().unwrap();
        assert_eq!(found.address, Some([192, 0, 2, 1].into()));
        assert_eq!(found.hello, None);
        let line = "xclient ADDR=IPV6:2001:db8::1 HELO=a+2Bb.example LOGIN=[UNAVAILABLE]\r\n";
        let found = client(line).unwrap().unwrap();
        assert_eq!(found.address.unwrap().to_string(), "2001:db8::1");
        assert_eq!(found.hello.as_deref(), Some("a+b.example"));
        let unknown = client("XCLIENT ADDR=[UNAVAILABLE]\r\n").unwrap().unwrap();
        assert_eq!(unknown, Client::default());
    }

    #[test]
    fn nonsense_is_refused_and_other_commands_are_none_of_ours() {
        for line in [
            "XCLIENT ADDR=nowhere\r\n",
            "XCLIENT ADDR\r\n",
            "XCLIENT HELO=a+0D+0Ab\r\n",
            "XCLIENT HELO=a+Z\r\n",
            "XCLIENT SECRET=1\r\n",
        ] {
            assert_eq!(client(line), Some(Err(())), "{line:?}");
        }
        for line in ["XCLIENTS a=b\r\n", "EHLO a\r\n", "XCLIENT\r\n"] {
            assert_eq!(client(line), None, "{line:?}");
        }
    }
}
