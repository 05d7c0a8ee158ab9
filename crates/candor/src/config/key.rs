//! The keys of the configuration, each with its meaning.
//!
//! Owns: the one list that reading, checking and `candor help config` share.

/// One key.
pub(crate) struct Key {
    /// Its name in the TOML file.
    pub name: &'static str,
    /// What it means, with its default.
    pub help: &'static str,
}

impl Key {
    /// Its name as an environment variable.
    pub(crate) fn variable(&self) -> String {
        format!("CANDOR_{}", self.name.to_uppercase())
    }
}

/// Every key there is.
pub(crate) const KEYS: &[Key] = &[
    Key {
        name: "database",
        help: "Where the database is: sqlite:PATH or postgres://user:password@host/name. Default: candor.sqlite in the data folder.",
    },
    Key {
        name: "data",
        help: "The folder of files, keys and kept mail. Default: candor-data.",
    },
    Key {
        name: "listen",
        help: "Address and port of pages and API. Default: 127.0.0.1:8080.",
    },
    Key {
        name: "public_url",
        help: "Where people and customers reach the desk, such as https://help.example.com. Links in mails begin with it. Default: http:// and the listen address.",
    },
    Key {
        name: "tls_listen",
        help: "Address and port of the pages over HTTPS, such as 0.0.0.0:443. listen then answers the certificate authority and leads everybody else to public_url. Default: no HTTPS; a proxy in front does it.",
    },
    Key {
        name: "tls_certificate",
        help: "Certificate chain for HTTPS, a PEM file. It is read again when it changes. Default: none.",
    },
    Key {
        name: "tls_key",
        help: "The key of that certificate, a PEM file.",
    },
    Key {
        name: "acme_domain",
        help: "Names for which the desk gets a certificate by itself, such as help.example.com. listen must be reachable at port 80 of each. Default: none.",
    },
    Key {
        name: "acme_agree",
        help: "yes, once you agree to the terms of the certificate authority; those of Let's Encrypt stand at https://letsencrypt.org/repository/. Without it nobody is asked.",
    },
    Key {
        name: "acme_contact",
        help: "A mail address by which the certificate authority may reach you. Default: none.",
    },
    Key {
        name: "acme_directory",
        help: "The directory of another certificate authority (ACME). Default: that of Let's Encrypt.",
    },
    Key {
        name: "smtp_listen",
        help: "Address and port where mail comes in by SMTP, such as 0.0.0.0:25. Default: no SMTP.",
    },
    Key {
        name: "lmtp_listen",
        help: "Address and port where a mail server of your own hands mail over by LMTP, such as 127.0.0.1:24. Default: no LMTP.",
    },
    Key {
        name: "smtp_fronts",
        help: "Networks of mail servers in front of the desk, such as 10.0.0.5/32. Only they may say by XCLIENT whose mail they pass on. Default: none.",
    },
    Key {
        name: "smtp_proxies",
        help: "Networks of proxies in front of the mail port that begin each connection with a header of the PROXY protocol, version 1 or 2. Default: none.",
    },
    Key {
        name: "smtp_certificate",
        help: "Certificate chain for STARTTLS, a PEM file. Default: the one of the pages, else a self-made one in the data folder.",
    },
    Key {
        name: "smtp_key",
        help: "The key of that certificate, a PEM file.",
    },
    Key {
        name: "smtp_relay",
        help: "Where mail goes out: smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465. It outranks what Settings say. Default: what Settings say, else mail is kept in the data folder.",
    },
    Key {
        name: "dns_server",
        help: "Address and port of the name server that is asked about senders and domains of mail, such as 127.0.0.1:53. Default: those of this computer.",
    },
    Key {
        name: "trusted_proxies",
        help: "Networks of proxies in front of the desk, such as 127.0.0.1/32,10.0.0.0/8. Only they may say where a visitor comes from. Default: none.",
    },
    Key {
        name: "outbound_allow",
        help: "Networks inside your house that the desk may ask over HTTP, such as 10.1.0.0/16. Default: none; only the public internet is asked.",
    },
    Key {
        name: "metrics_listen",
        help: "Address and port of the figures for Prometheus. Default: none are served.",
    },
    Key {
        name: "log",
        help: "What is logged, such as info or debug. Default: info.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_in_the_manual() {
        let page = include_str!("../../../../docs/manual/settings.md");
        for key in KEYS {
            let row = format!("| `{}` | `{}` |", key.name, key.variable());
            assert!(
                page.contains(&row),
                "docs/manual/settings.md has no row {row}"
            );
        }
    }
}
