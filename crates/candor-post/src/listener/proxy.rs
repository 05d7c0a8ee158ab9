//! The PROXY protocol, versions 1 and 2: a front that passes connections on says where they began.
//!
//! Owns: reading its header. Must not know: who may send one; the caller asks no one else for it.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use tokio::io::{AsyncRead, AsyncReadExt as _};

/// How every header of version 2 begins.
const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";
/// The longest header of version 1, with its line end.
const LONGEST_LINE: usize = 107;
/// The longest rest of a header of version 2 that we read; addresses and a few notes fit in.
const LONGEST_REST: usize = 1024;

/// Reads a header and nothing behind it. `None` where the front speaks for itself, as in a check of
/// whether we are there.
pub(super) async fn read_header<S: AsyncRead + Unpin>(
    stream: &mut S,
) -> io::Result<Option<IpAddr>> {
    let mut start = [0; 12];
    stream.read_exact(&mut start).await?;
    if start == *SIGNATURE {
        return binary(stream).await;
    }
    if !start.starts_with(b"PROXY ") {
        return Err(broken("a connection of a proxy began without its header"));
    }
    let mut line = start.to_vec();
    while !line.ends_with(b"\r\n") {
        if line.len() >= LONGEST_LINE {
            return Err(broken("the header of a proxy is too long"));
        }
        line.push(stream.read_u8().await?);
    }
    text(&line)
}

fn text(line: &[u8]) -> io::Result<Option<IpAddr>> {
    let unreadable = || broken("the header of a proxy cannot be read");
    let line = std::str::from_utf8(line).map_err(|_| unreadable())?;
    let words: Vec<&str> = line.trim_end_matches("\r\n").split(' ').collect();
    match words.as_slice() {
        ["PROXY", "UNKNOWN", ..] => Ok(None),
        ["PROXY", "TCP4", from, _, _, _] => {
            let from: Ipv4Addr = from.parse().map_err(|_| unreadable())?;
            Ok(Some(from.into()))
        }
        ["PROXY", "TCP6", from, _, _, _] => {
            let from: Ipv6Addr = from.parse().map_err(|_| unreadable())?;
            Ok(Some(from.into()))
        }
        _ => Err(unreadable()),
    }
}

async fn binary<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<Option<IpAddr>> {
    let (command, family) = (stream.read_u8().await?, stream.read_u8().await?);
    let length = usize::from(stream.read_u16().await?);
    if command >> 4 != 2 || length > LONGEST_REST {
        return Err(broken("the header of a proxy cannot be read"));
    }
    let mut rest = vec![0; length];
    stream.read_exact(&mut rest).await?;
    match (command & 0x0f, family) {
        (1, 0x11) => address::<4>(&rest).map(|bytes| Some(Ipv4Addr::from(bytes).into())),
        (1, 0x21) => address::<16>(&rest).map(|bytes| Some(Ipv6Addr::from(bytes).into())),
        // A check of whether we are there, and what is neither IPv4 nor IPv6 over TCP.
        (0 | 1, _) => Ok(None),
        _ => Err(broken("the header of a proxy cannot be read")),
    }
}

fn address<const N: usize>(rest: &[u8]) -> io::Result<[u8; N]> {
    let bytes = rest.first_chunk::<N>().copied();
    bytes.ok_or_else(|| broken("the header of a proxy is cut short"))
}

fn broken(words: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, words)
}

#[cfg(test)]
mod tests {
    use super::read_header;
    use std::net::IpAddr;

    /// What was read, and what was left.
    async fn read(bytes: &[u8]) -> (std::io::Result<Option<IpAddr>>, Vec<u8>) {
        let mut stream = bytes;
        let address = read_header(&mut stream).await;
        (address, stream.to_vec())
    }

    fn version_2(command: u8, family: u8, rest: &[u8]) -> Vec<u8> {
        let mut bytes = b"\r\n\r\n\0\r\nQUIT\n".to_vec();
        bytes.extend([command, family, 0, rest.len() as u8]);
        bytes.extend(rest);
        bytes.extend(b"EHLO");
        bytes
    }

    #[tokio::test]
    async fn both_versions_say_where_a_connection_began() {
        let line = b"PROXY TCP4 192.0.2.1 198.51.100.1 51234 25\r\nEHLO";
        let (address, rest) = read(line).await;
        assert_eq!(address.unwrap(), Some([192, 0, 2, 1].into()));
        assert_eq!(rest, b"EHLO");
        let (address, _) = read(b"PROXY TCP6 2001:db8::1 2001:db8::2 1 25\r\n").await;
        assert_eq!(address.unwrap().unwrap().to_string(), "2001:db8::1");

        let v4 = [192, 0, 2, 9, 10, 0, 0, 1, 0xc8, 0, 0, 25, 9, 9, 9];
        let (address, rest) = read(&version_2(0x21, 0x11, &v4)).await;
        assert_eq!(address.unwrap(), Some([192, 0, 2, 9].into()));
        assert_eq!(rest, b"EHLO");
        let (address, _) = read(&version_2(0x21, 0x21, &[0x20; 36])).await;
        assert!(address.unwrap().unwrap().is_ipv6());
    }

    #[tokio::test]
    async fn a_front_may_speak_for_itself() {
        for bytes in [
            b"PROXY UNKNOWN\r\n".to_vec(),
            b"PROXY UNKNOWN ffff:: ffff:: 1 2\r\n".to_vec(),
            version_2(0x20, 0, &[]),
            version_2(0x21, 0, &[]),
        ] {
            assert_eq!(read(&bytes).await.0.unwrap(), None);
        }
    }

    #[tokio::test]
    async fn everything_else_ends_the_connection() {
        for bytes in [
            b"EHLO mail.example\r\n".to_vec(),
            b"PROXY TCP4 nonsense 198.51.100.1 1 25\r\n".to_vec(),
            b"PROXY TCP4 2001:db8::1 198.51.100.1 1 25\r\n".to_vec(),
            b"PROXY TCP4 192.0.2.1\r\n".to_vec(),
            b"PROXY TCP4 192.0.2.1 198.51.100.1 51234 25".to_vec(),
            [b"PROXY ".to_vec(), vec![b'A'; 200]].concat(),
            version_2(0x31, 0x11, &[0; 12]),
            version_2(0x22, 0x11, &[0; 12]),
            version_2(0x21, 0x11, &[0; 3]),
            b"\r\n\r\n\0\r\nQUIT\n\x21\x11\xff\xff".to_vec(),
        ] {
            let (address, _) = read(&bytes).await;
            assert!(address.is_err(), "{:?}", String::from_utf8_lossy(&bytes));
        }
    }
}
