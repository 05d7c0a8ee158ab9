//! Which addresses may be reached.
//!
//! Owns: the ranges that are not the public internet, the networks that somebody allowed anyway,
//! and name resolution that leaves the others out. Must not know: HTTP.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Networks that may be reached although they are not the public internet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedNetworks(Vec<IpNet>);

/// The text names no network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no network; write it as 10.1.0.0/16, or one address as 10.1.2.3")]
pub struct NotANetwork(String);

impl FromStr for AllowedNetworks {
    type Err = NotANetwork;

    /// Networks or single addresses with commas between.
    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let read = |part: &str| {
            part.parse::<IpNet>()
                .or_else(|_| part.parse::<IpAddr>().map(IpNet::from))
                .map_err(|_| NotANetwork(part.to_owned()))
        };
        parts.map(read).collect::<Result<_, _>>().map(Self)
    }
}

impl AllowedNetworks {
    /// Whether somebody allowed this address by name of its network.
    pub(super) fn names(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether it may be reached at all.
    pub(super) fn may_reach(&self, address: IpAddr) -> bool {
        is_public(address) || self.names(address)
    }
}

/// Whether an address belongs to the public internet (IANA's special-purpose registries).
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || address.is_documentation()
        || first == 0
        || first >= 240
        // Shared by carriers (RFC 6598), protocol assignments, 6to4 relays, benchmarks.
        || (first == 100 && (64..128).contains(&second))
        || (first, second, third) == (192, 0, 0)
        || (first, second, third) == (192, 88, 99)
        || (first == 198 && (18..20).contains(&second)))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    match segments {
        // Addresses that carry another one inside are as public as that one.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            is_public_v4(embedded(high, low))
        }
        // Teredo, documentation, benchmarks, ORCHID.
        [0x2001, second, ..] if second < 0x200 => false,
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // 2000::/3 is all that is handed out as global unicast.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

fn embedded(high: u16, low: u16) -> Ipv4Addr {
    let [a, b] = high.to_be_bytes();
    let [c, d] = low.to_be_bytes();
    Ipv4Addr::new(a, b, c, d)
}

/// The address that a URL's host is, where it is no name.
pub(super) fn literal(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()
}

/// Every address of this name lies inside the network.
#[derive(Debug, thiserror::Error)]
#[error("{0} leads to an address inside the network")]
pub(super) struct Inside(String);

/// Name resolution that leaves out what may not be reached.
pub(super) struct GuardedNames(pub(super) Arc<AllowedNetworks>);

impl Resolve for GuardedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = Arc::clone(&self.0);
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let may: Vec<SocketAddr> = found
                .filter(|address| allowed.may_reach(address.ip()))
                .collect();
            if may.is_empty() {
                return Err(Inside(name).into());
            }
            Ok(Box::new(may.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_public() {
        let inside = [
            "127.0.0.1",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "::127.0.0.1",
        ];
        for address in inside {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "9.9.9.9",
            "172.32.0.1",
            "2a00:1450:4001::1",
            "64:ff9b::909:909",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn allowed_networks_are_read_and_a_wrong_one_is_named() {
        let allowed: AllowedNetworks = "10.1.0.0/16, 127.0.0.1, ::1".parse().unwrap();
        assert!(allowed.may_reach("10.1.9.9".parse().unwrap()));
        assert!(allowed.may_reach("::ffff:10.1.9.9".parse().unwrap()));
        assert!(!allowed.may_reach("10.2.0.1".parse().unwrap()));
        let wrong = "10.1.0.0/99".parse::<AllowedNetworks>().unwrap_err();
        assert!(wrong.to_string().contains("10.1.0.0/99"));
        assert_eq!("".parse(), Ok(AllowedNetworks::default()));
    }
}
