//! Questions to the DNS about mail.
//!
//! Owns: which name server is asked, and telling "there is nothing" from "nobody answered". Must not
//! know: what a record should say.

use std::net::SocketAddr;
use std::time::Duration;

use mail_auth::MessageAuthenticator;
use mail_auth::hickory_resolver::TokioResolver;
use mail_auth::hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts,
};
use mail_auth::hickory_resolver::net::NetError;
use mail_auth::hickory_resolver::net::runtime::TokioRuntimeProvider;
use mail_auth::hickory_resolver::proto::rr::{Name, RData};
use mail_auth::hickory_resolver::system_conf::read_system_conf;

/// Time for one try, and how many there are.
const PATIENCE: Duration = Duration::from_secs(3);
const TRIES: usize = 2;

/// Nobody answered, or not in a way that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the DNS gave no answer: {0}")]
pub struct NoAnswer(pub String);

/// Asks the DNS. Cloning it is cheap.
#[derive(Clone)]
pub struct Dns {
    /// For mails: it remembers answers.
    checks: Option<MessageAuthenticator>,
    /// For people who just changed a record: it does not.
    fresh: Option<TokioResolver>,
}

impl std::fmt::Debug for Dns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dns")
    }
}

impl Dns {
    /// Asks the name servers of this computer. Where it names none, every question stays without
    /// an answer.
    pub fn of_this_computer() -> Self {
        match read_system_conf() {
            Ok((config, options)) => Self::new(&config, &options),
            Err(error) => {
                tracing::warn!(%error, "this computer names no name server; senders are not checked");
                Self {
                    checks: None,
                    fresh: None,
                }
            }
        }
    }

    /// Asks one name server.
    pub fn at(server: SocketAddr) -> Self {
        let mut connections = vec![ConnectionConfig::udp(), ConnectionConfig::tcp()];
        for connection in &mut connections {
            connection.port = server.port();
        }
        let named = NameServerConfig::new(server.ip(), true, connections);
        let config = ResolverConfig::from_name_servers(vec![named]);
        Self::new(&config, &ResolverOpts::default())
    }

    fn new(config: &ResolverConfig, options: &ResolverOpts) -> Self {
        let mut options = options.clone();
        options.timeout = PATIENCE;
        options.attempts = TRIES;
        let build = |options: ResolverOpts| {
            let provider = TokioRuntimeProvider::default();
            TokioResolver::builder_with_config(config.clone(), provider)
                .with_options(options)
                .build()
                .inspect_err(|error| tracing::warn!(%error, "the DNS cannot be asked"))
                .ok()
        };
        let checks = build(options.clone()).map(MessageAuthenticator);
        options.cache_size = 0;
        Self {
            checks,
            fresh: build(options),
        }
    }

    pub(crate) fn authenticator(&self) -> Option<&MessageAuthenticator> {
        self.checks.as_ref()
    }

    /// The texts at a name; none where there are none.
    ///
    /// # Errors
    /// When nobody answered.
    pub async fn texts(&self, name: &str) -> Result<Vec<String>, NoAnswer> {
        let (resolver, name) = self.question(name)?;
        let answer = resolver.txt_lookup(name).await;
        Ok(found(answer)?.map_or_else(Vec::new, |answer| {
            let records = answer.answers().iter();
            records
                .filter_map(|record| match &record.data {
                    RData::TXT(text) => {
                        let bytes = text.txt_data.concat();
                        Some(String::from_utf8_lossy(&bytes).into_owned())
                    }
                    _ => None,
                })
                .collect()
        }))
    }

    /// The servers that take mail for a domain, the first choice first; none where there are none.
    ///
    /// # Errors
    /// When nobody answered.
    pub async fn mail_servers(&self, domain: &str) -> Result<Vec<String>, NoAnswer> {
        let (resolver, name) = self.question(domain)?;
        let answer = resolver.mx_lookup(name).await;
        Ok(found(answer)?.map_or_else(Vec::new, |answer| {
            let mut servers: Vec<(u16, String)> = answer
                .answers()
                .iter()
                .filter_map(|record| match &record.data {
                    RData::MX(server) => Some((server.preference, server.exchange.to_ascii())),
                    _ => None,
                })
                .collect();
            servers.sort();
            let names = servers.into_iter().map(|(_, name)| name);
            names
                .map(|name| name.trim_end_matches('.').to_lowercase())
                .collect()
        }))
    }

    fn question(&self, name: &str) -> Result<(&TokioResolver, Name), NoAnswer> {
        let resolver = self.fresh.as_ref();
        let resolver =
            resolver.ok_or_else(|| NoAnswer("no name server is set up here".to_owned()))?;
        // A dot at the end keeps the computer's own domain from being put behind the name.
        let full = format!("{}.", name.trim_end_matches('.'));
        let name = Name::from_str_relaxed(&full).map_err(|error| NoAnswer(error.to_string()))?;
        Ok((resolver, name))
    }
}

/// The answer, or `None` where there is nothing at that name.
fn found<T>(answer: Result<T, NetError>) -> Result<Option<T>, NoAnswer> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.is_no_records_found() => Ok(None),
        Err(error) => Err(NoAnswer(error.to_string())),
    }
}
