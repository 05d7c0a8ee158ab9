//! What the desk is told about HTTPS.
//!
//! Owns: the keys `tls_*` and `acme_*`, and which of them belong together. Must not know: how a
//! certificate is got.

use super::{address, list};
use anyhow::{Result, bail};
use candor_post::acme::LETS_ENCRYPT;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// Pages over HTTPS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tls {
    /// Where they are served.
    pub listen: SocketAddr,
    /// Where the certificate comes from.
    pub source: TlsSource,
}

/// Where a certificate comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TlsSource {
    /// From two PEM files.
    Files {
        /// The chain.
        certificate: PathBuf,
        /// Its key.
        key: PathBuf,
    },
    /// From an authority that is asked by itself.
    Authority(Authority),
}

/// An authority and what it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Authority {
    /// The address of its directory.
    pub directory: String,
    /// The names.
    pub names: Vec<String>,
    /// By which address it may reach the owner.
    pub contact: Option<String>,
}

const KEYS: [&str; 6] = [
    "tls_certificate",
    "tls_key",
    "acme_domain",
    "acme_agree",
    "acme_contact",
    "acme_directory",
];

impl Tls {
    /// Reads the keys; `None` where no HTTPS is asked for.
    pub(super) fn read<'a>(get: &impl Fn(&str) -> Option<&'a str>) -> Result<Option<Self>> {
        let Some(listen) = get("tls_listen") else {
            if let Some(key) = KEYS.into_iter().find(|key| get(key).is_some()) {
                bail!(
                    "{key} needs tls_listen: name the address of the pages over HTTPS, such as 0.0.0.0:443"
                );
            }
            return Ok(None);
        };
        let listen = address(listen, "tls_listen")?;
        let source = match (get("tls_certificate"), get("tls_key"), get("acme_domain")) {
            (Some(certificate), Some(key), None) => TlsSource::Files {
                certificate: PathBuf::from(certificate),
                key: PathBuf::from(key),
            },
            (None, None, Some(names)) => TlsSource::Authority(authority(get, names)?),
            (None, None, None) => bail!(
                "tls_listen needs a certificate: name tls_certificate and tls_key, or acme_domain"
            ),
            (_, _, Some(_)) => bail!(
                "the certificate comes either from tls_certificate and tls_key or from acme_domain, not from both"
            ),
            _ => bail!("tls_certificate and tls_key belong together; one of them is missing"),
        };
        Ok(Some(Self { listen, source }))
    }

    /// The address that follows where nobody named one.
    pub(super) fn public_url(&self) -> Option<String> {
        match &self.source {
            TlsSource::Authority(authority) => Some(format!("https://{}", authority.names[0])),
            TlsSource::Files { .. } => None,
        }
    }

    /// Fails unless the address that people use is one for which the certificate is.
    pub(super) fn fits(&self, public_url: &str) -> Result<()> {
        let Some(host) = public_url.strip_prefix("https://") else {
            bail!(
                "public_url must begin with https:// where tls_listen is set, such as https://help.example.com"
            );
        };
        let host = host.split(['/', ':']).next().unwrap_or_default();
        if let TlsSource::Authority(authority) = &self.source
            && !authority
                .names
                .iter()
                .any(|name| name.eq_ignore_ascii_case(host))
        {
            bail!("public_url leads to {host}, which is not among the names of acme_domain");
        }
        Ok(())
    }
}

fn authority<'a>(get: &impl Fn(&str) -> Option<&'a str>, names: &str) -> Result<Authority> {
    let names: Vec<String> = list(Some(names))
        .into_iter()
        .map(|name| name.to_lowercase())
        .collect();
    for name in &names {
        let is_name = name.contains('.') && name.parse::<IpAddr>().is_err();
        if !is_name || name.contains(['*', '/', ':', ' ']) {
            bail!("acme_domain: {name:?} is no name such as help.example.com");
        }
    }
    let directory = get("acme_directory").unwrap_or(LETS_ENCRYPT).to_owned();
    if !get("acme_agree").is_some_and(|word| word.eq_ignore_ascii_case("yes")) {
        bail!(
            "acme_agree: set it to yes once you agree to the terms of the certificate authority ({}); until then nobody is asked for a certificate",
            if directory == LETS_ENCRYPT {
                "https://letsencrypt.org/repository/"
            } else {
                directory.as_str()
            }
        );
    }
    let contact = get("acme_contact").map(str::to_owned);
    if let Some(contact) = contact.as_ref().filter(|contact| !contact.contains('@')) {
        bail!("acme_contact: {contact:?} is no mail address");
    }
    Ok(Authority {
        directory,
        names,
        contact,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &'static str)]) -> Result<Option<Tls>> {
        let get = |name: &str| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|pair| pair.1)
        };
        Tls::read(&get)
    }

    fn refused(pairs: &[(&str, &'static str)]) -> String {
        read(pairs).unwrap_err().to_string()
    }

    #[test]
    fn keys_that_do_not_fit_together_are_named() {
        const LISTEN: (&str, &str) = ("tls_listen", "0.0.0.0:443");
        const NAME: (&str, &str) = ("acme_domain", "help.example.com");
        assert_eq!(read(&[]).unwrap(), None);
        assert!(refused(&[NAME]).starts_with("acme_domain needs tls_listen"));
        assert!(refused(&[LISTEN]).starts_with("tls_listen needs a certificate"));
        assert!(refused(&[LISTEN, ("tls_key", "k.pem")]).contains("belong together"));
        assert!(refused(&[LISTEN, NAME, ("tls_key", "k.pem")]).contains("not from both"));
        let silent = refused(&[LISTEN, NAME]);
        assert!(
            silent.contains("https://letsencrypt.org/repository/"),
            "{silent}"
        );
        let star = ("acme_domain", "*.example.com");
        assert!(refused(&[LISTEN, star, ("acme_agree", "yes")]).contains("is no name"));
    }

    #[test]
    fn the_certificate_is_for_the_address_that_people_use() {
        let tls = read(&[
            ("tls_listen", "0.0.0.0:443"),
            ("acme_domain", "help.example.com, desk.example.com"),
            ("acme_agree", "yes"),
        ]);
        let tls = tls.unwrap().unwrap();
        assert_eq!(
            tls.public_url().as_deref(),
            Some("https://help.example.com")
        );
        assert!(tls.fits("https://desk.example.com:8443").is_ok());
        assert!(tls.fits("http://desk.example.com").is_err());
        assert!(tls.fits("https://other.example.com").is_err());
    }
}
