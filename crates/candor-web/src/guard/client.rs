//! Where a request came from.
//!
//! Owns: reading forwarded addresses from proxies that are trusted, and only from those. Must not
//! know: what the address is used for.

use std::net::IpAddr;

use axum::http::HeaderMap;

use crate::site::Site;

/// The client's address; it lies in the request's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// The address, `None` where the transport has none (tests, sockets).
    pub address: Option<IpAddr>,
    /// Whether the client spoke HTTPS, as far as we know.
    pub secure: bool,
}

impl Client {
    /// Walks `X-Forwarded-For` from the right and stops at the first address that is no trusted
    /// proxy: whatever stands left of it may be invented.
    pub(super) fn behind_proxies(site: &Site, peer: Option<IpAddr>, headers: &HeaderMap) -> Self {
        let direct = Self {
            address: peer,
            secure: site.is_secure(),
        };
        if !peer.is_some_and(|peer| site.trusts(peer)) {
            return direct;
        }
        let hops: Vec<IpAddr> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map_while(|hop| hop.trim().parse().ok())
            .collect();
        let client = hops.iter().rev().find(|hop| !site.trusts(**hop));
        let scheme = headers.get("x-forwarded-proto");
        Self {
            address: client.or(hops.first()).copied().or(peer),
            secure: scheme.map_or(direct.secure, |scheme| scheme.as_bytes() == b"https"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Client;
    use crate::site::Site;
    use axum::http::HeaderMap;

    fn client(peer: &str, forwarded: &str) -> String {
        let proxies = vec!["10.0.0.0/8".parse().expect("a range")];
        let site = Site::new("https://help.example.com", ([127, 0, 0, 1], 8080).into())
            .expect("an origin")
            .trusting(proxies);
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().expect("a value"));
        let peer = Some(peer.parse().expect("an address"));
        let client = Client::behind_proxies(&site, peer, &headers);
        client.address.expect("there was a peer").to_string()
    }

    #[test]
    fn a_stranger_cannot_invent_an_address() {
        assert_eq!(client("203.0.113.9", "198.51.100.1"), "203.0.113.9");
    }

    #[test]
    fn a_trusted_proxy_tells_the_nearest_untrusted_address() {
        assert_eq!(client("10.0.0.2", "198.51.100.1"), "198.51.100.1");
        assert_eq!(client("10.0.0.2", "1.2.3.4, 198.51.100.1"), "198.51.100.1");
        assert_eq!(client("10.0.0.2", "198.51.100.1, 10.9.9.9"), "198.51.100.1");
        assert_eq!(client("10.0.0.2", "nonsense"), "10.0.0.2");
    }
}
