//! Where this installation can be reached, and whom it believes.
//!
//! Owns: public address, listen address, trusted proxies, the brand's name for frames. Must not
//! know: configuration files, requests.

use std::net::{IpAddr, SocketAddr};

use axum::http::uri::{Authority, Scheme, Uri};
use tokio::sync::watch;

mod network;

pub use network::Network;

/// The addresses of the installation. Made once at start.
#[derive(Debug)]
pub struct Site {
    base: String,
    authority: Authority,
    secure: bool,
    listen: SocketAddr,
    trusted_proxies: Vec<Network>,
    shop: watch::Sender<String>,
}

/// Why a public address cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    /// It does not read as `http://host` or `https://host`.
    #[error("the public address must look like https://help.example.com, without a path")]
    NotAnOrigin,
}

impl Site {
    /// A site at a public address such as `https://help.example.com`, listening at `listen`.
    pub fn new(public_url: &str, listen: SocketAddr) -> Result<Self, SiteError> {
        let uri: Uri = public_url
            .trim_end_matches('/')
            .parse()
            .map_err(|_| SiteError::NotAnOrigin)?;
        let authority = uri.authority().ok_or(SiteError::NotAnOrigin)?.clone();
        let secure = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return Err(SiteError::NotAnOrigin),
        };
        if uri.path().len() > 1 || uri.query().is_some() || authority.as_str().contains('@') {
            return Err(SiteError::NotAnOrigin);
        }
        Ok(Self {
            base: public_url.trim_end_matches('/').to_owned(),
            authority,
            secure,
            listen,
            trusted_proxies: Vec::new(),
            shop: watch::Sender::new("Candor".to_owned()),
        })
    }

    /// Names the proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    #[must_use]
    pub fn trusting(mut self, proxies: Vec<Network>) -> Self {
        self.trusted_proxies = proxies;
        self
    }

    /// The absolute address of a path, for mails and redirects. Never made from a request.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Whether people reach the desk over HTTPS: decides cookie flags and HSTS.
    pub const fn is_secure(&self) -> bool {
        self.secure
    }

    /// Whether a proxy with this address is believed.
    pub fn trusts(&self, proxy: IpAddr) -> bool {
        self.trusted_proxies
            .iter()
            .any(|network| network.contains(proxy))
    }

    /// Whether a `Host` is ours: the public one, or the listen port at a bare address (a LAN, a
    /// health check). A bare address cannot be a foreign name that was pointed at us.
    pub fn serves(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else {
            return false;
        };
        if authority.as_str().contains('@') {
            return false;
        }
        let default_port = if self.secure { 443 } else { 80 };
        let port_of = |authority: &Authority| authority.port_u16().unwrap_or(default_port);
        let public = authority.host().eq_ignore_ascii_case(self.authority.host())
            && port_of(&authority) == port_of(&self.authority);
        let name = authority.host().trim_matches(['[', ']']);
        let bare = name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok();
        public || (bare && authority.port_u16().unwrap_or(80) == self.listen.port())
    }

    /// The brand's name, for frames that no handler fills.
    pub fn shop(&self) -> String {
        self.shop.borrow().clone()
    }

    /// Every name that the brand has from now on.
    pub fn shop_names(&self) -> watch::Receiver<String> {
        self.shop.subscribe()
    }

    /// Follows a change of the brand's name.
    pub fn set_shop(&self, name: &str) {
        self.shop.send_if_modified(|shop| {
            let changes = shop != name;
            name.clone_into(shop);
            changes
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{Site, SiteError};

    fn site(public_url: &str) -> Result<Site, SiteError> {
        Site::new(public_url, ([0, 0, 0, 0], 8080).into())
    }

    #[test]
    fn only_an_origin_is_a_public_address() {
        let wrong = [
            "help.example.com",
            "ftp://help.example.com",
            "https://help.example.com/desk",
            "https://ann@help.example.com",
            "",
        ];
        for url in wrong {
            assert_eq!(site(url).err(), Some(SiteError::NotAnOrigin), "{url}");
        }
        let site = site("https://help.example.com/").expect("an origin");
        assert_eq!(
            site.absolute("/tickets/7"),
            "https://help.example.com/tickets/7"
        );
    }

    #[test]
    fn foreign_hosts_are_not_ours() {
        let site = site("https://help.example.com").expect("an origin");
        for ours in [
            "help.example.com",
            "HELP.example.com:443",
            "192.168.1.7:8080",
            "localhost:8080",
            "[::1]:8080",
        ] {
            assert!(site.serves(ours), "{ours}");
        }
        for foreign in [
            "",
            "evil.example",
            "help.example.com:8443",
            "help.example.com.evil.example",
            "help.example.com@evil.example",
            "192.168.1.7",
            "localhost:81",
            "rebound.example:8080",
        ] {
            assert!(!site.serves(foreign), "{foreign}");
        }
    }
}
