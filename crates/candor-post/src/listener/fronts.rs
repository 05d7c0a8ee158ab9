//! The servers in front of us.
//!
//! Owns: which addresses may say where a mail came from, and in which way. Must not know: how the
//! addresses were written down.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

/// A set of addresses; nobody at first.
#[derive(Clone)]
pub struct Addresses(Arc<dyn Fn(IpAddr) -> bool + Send + Sync>);

impl Addresses {
    /// Those that `contains` says yes to.
    pub fn those(contains: impl Fn(IpAddr) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(contains))
    }

    pub(crate) fn contain(&self, address: IpAddr) -> bool {
        (self.0)(address)
    }
}

impl Default for Addresses {
    fn default() -> Self {
        Self::those(|_| false)
    }
}

impl fmt::Debug for Addresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Addresses")
    }
}

/// Whose word about a sender's address is believed; nobody's at first.
#[derive(Clone, Debug, Default)]
pub struct Fronts {
    /// Mail servers that say it by XCLIENT.
    pub servers: Addresses,
    /// Proxies that begin each connection with a header of the PROXY protocol. They must: whoever
    /// begins otherwise is not let in.
    pub proxies: Addresses,
}
