//! What the desk is told before it starts: one TOML file, environment variables, flags.
//!
//! Owns: the table of keys, reading them in order of precedence (flag, environment, file, default)
//! and naming a wrong one with its nearest right one. Must not know: what the values do.

mod key;
mod tls;

pub(crate) use key::{KEYS, Key};
pub(crate) use tls::{Authority, Tls, TlsSource};

use anyhow::{Context, Result, bail};
use candor_post::http::AllowedNetworks;
use candor_store::DatabaseUrl;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Everything that `serve` and the other commands are told.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// Where the database is.
    pub database: DatabaseUrl,
    /// The folder of blobs, keys and kept mail.
    pub data: PathBuf,
    /// Where pages and the API are served.
    pub listen: SocketAddr,
    /// Where people and customers reach the desk, without a slash at the end.
    pub public_url: String,
    /// Where pages are served over HTTPS; `None` serves none so.
    pub tls: Option<Tls>,
    /// Where mail comes in; `None` takes in none by SMTP.
    pub smtp_listen: Option<SocketAddr>,
    /// Where a mail server of one's own hands mail over by LMTP; `None` takes in none so.
    pub lmtp_listen: Option<SocketAddr>,
    /// Addresses of mail servers that say by XCLIENT whose mail they pass on.
    pub smtp_fronts: Vec<String>,
    /// Addresses of proxies that begin each mail connection with a PROXY header.
    pub smtp_proxies: Vec<String>,
    /// Certificate chain for STARTTLS as a PEM file; `None` makes one.
    pub smtp_certificate: Option<PathBuf>,
    /// Its key as a PEM file.
    pub smtp_key: Option<PathBuf>,
    /// Where mail goes out, such as `smtp://user:password@host:587`. Outranks the settings.
    pub smtp_relay: Option<String>,
    /// The name server that is asked about senders and domains; `None` asks the computer's own.
    pub dns_server: Option<SocketAddr>,
    /// Addresses of proxies whose word about the visitor's address is believed.
    pub trusted_proxies: Vec<String>,
    /// Where figures for Prometheus are served; `None` serves none.
    pub metrics_listen: Option<SocketAddr>,
    /// Networks inside the house that the desk may ask over HTTP.
    pub outbound_allow: AllowedNetworks,
    /// What is logged, in the words of `RUST_LOG`.
    pub log: String,
}

impl Config {
    /// Reads the configuration. `file` is the one given on the command line.
    pub(crate) fn load(file: Option<&Path>, env: &BTreeMap<String, String>) -> Result<Self> {
        let data_hint = env
            .get("CANDOR_DATA")
            .map_or_else(|| PathBuf::from("candor-data"), PathBuf::from);
        let path = file
            .map(Path::to_owned)
            .or_else(|| env.get("CANDOR_CONFIG").map(PathBuf::from))
            .or_else(|| Some(data_hint.join("candor.toml")).filter(|path| path.exists()));
        let from_file = match &path {
            Some(path) => read_file(path)?,
            None => BTreeMap::new(),
        };
        check_environment(env)?;
        let mut values = BTreeMap::new();
        for key in KEYS {
            if let Some(value) =
                from_environment(key, env)?.or_else(|| from_file.get(key.name).cloned())
            {
                values.insert(key.name, value);
            }
        }
        Self::from_values(&values)
    }

    fn from_values(values: &BTreeMap<&'static str, String>) -> Result<Self> {
        let get = |name: &str| {
            values
                .get(name)
                .map(String::as_str)
                .filter(|value| !value.is_empty())
        };
        let data = PathBuf::from(get("data").unwrap_or("candor-data"));
        let listen = address(get("listen").unwrap_or("127.0.0.1:8080"), "listen")?;
        let database = match get("database") {
            Some(text) => text
                .parse()
                .map_err(|error| anyhow::anyhow!("database: {error}"))?,
            None => DatabaseUrl::Sqlite(data.join("candor.sqlite")),
        };
        let tls = Tls::read(&get)?;
        let public_url = get("public_url")
            .map(str::to_owned)
            .or_else(|| tls.as_ref()?.public_url())
            .unwrap_or_else(|| format!("http://{listen}"));
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            bail!("public_url: {public_url:?} does not begin with http:// or https://");
        }
        if let Some(tls) = &tls {
            tls.fits(public_url.trim_end_matches('/'))?;
        }
        Ok(Self {
            database,
            listen,
            tls,
            public_url: public_url.trim_end_matches('/').to_owned(),
            smtp_listen: get("smtp_listen")
                .map(|text| address(text, "smtp_listen"))
                .transpose()?,
            lmtp_listen: get("lmtp_listen")
                .map(|text| address(text, "lmtp_listen"))
                .transpose()?,
            smtp_fronts: list(get("smtp_fronts")),
            smtp_proxies: list(get("smtp_proxies")),
            smtp_certificate: get("smtp_certificate").map(PathBuf::from),
            smtp_key: get("smtp_key").map(PathBuf::from),
            smtp_relay: get("smtp_relay").map(str::to_owned),
            dns_server: get("dns_server")
                .map(|text| address(text, "dns_server"))
                .transpose()?,
            trusted_proxies: list(get("trusted_proxies")),
            metrics_listen: get("metrics_listen")
                .map(|text| address(text, "metrics_listen"))
                .transpose()?,
            outbound_allow: get("outbound_allow")
                .unwrap_or_default()
                .parse()
                .map_err(|error| anyhow::anyhow!("outbound_allow: {error}"))?,
            log: get("log").unwrap_or("info,tokio_postgres=warn").to_owned(),
            data,
        })
    }
}

fn list(text: Option<&str>) -> Vec<String> {
    let parts = text.into_iter().flat_map(|text| text.split(','));
    parts.map(|part| part.trim().to_owned()).collect()
}

fn address(text: &str, key: &str) -> Result<SocketAddr> {
    text.parse().with_context(|| {
        format!("{key}: {text:?} is not an address with a port, such as 127.0.0.1:8080")
    })
}

/// The value of a key from the environment, or from the file that `..._FILE` names.
fn from_environment(key: &Key, env: &BTreeMap<String, String>) -> Result<Option<String>> {
    if let Some(value) = env.get(&key.variable()) {
        return Ok(Some(value.clone()));
    }
    let Some(path) = env.get(&format!("{}_FILE", key.variable())) else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{}_FILE: cannot read {path}", key.variable()))?;
    Ok(Some(text.trim_end().to_owned()))
}

fn check_environment(env: &BTreeMap<String, String>) -> Result<()> {
    for name in env.keys().filter(|name| name.starts_with("CANDOR_")) {
        // Test runs hand their servers over under this prefix.
        if name == "CANDOR_CONFIG" || name.starts_with("CANDOR_TEST_") {
            continue;
        }
        let base = name.strip_suffix("_FILE").unwrap_or(name);
        if !KEYS.iter().any(|key| key.variable() == base) {
            let names: Vec<String> = KEYS.iter().map(Key::variable).collect();
            bail!(
                "{name} is no variable of Candor{}",
                nearest(base, names.iter().map(String::as_str))
            );
        }
    }
    Ok(())
}

fn read_file(path: &Path) -> Result<BTreeMap<String, String>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let table: toml::Table = text
        .parse()
        .with_context(|| format!("{} is not valid TOML", path.display()))?;
    let mut values = BTreeMap::new();
    for (name, value) in table {
        if !KEYS.iter().any(|key| key.name == name) {
            let hint = nearest(&name, KEYS.iter().map(|key| key.name));
            bail!("{}: {name} is no key of Candor{hint}", path.display());
        }
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Array(items) => {
                let parts: Vec<String> = items
                    .iter()
                    .map(|item| {
                        item.as_str()
                            .map_or_else(|| item.to_string(), str::to_owned)
                    })
                    .collect();
                parts.join(",")
            }
            other => other.to_string(),
        };
        values.insert(name, text);
    }
    Ok(values)
}

fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> String {
    names
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .min()
        .filter(|(distance, _)| *distance <= 5)
        .map_or_else(
            || "; `candor help config` lists them".to_owned(),
            |(_, name)| format!("; did you mean {name}?"),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_wrong_variable_is_named_with_the_nearest_right_one() {
        let error = Config::load(None, &env(&[("CANDOR_LISTN", "127.0.0.1:1")])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "CANDOR_LISTN is no variable of Candor; did you mean CANDOR_LISTEN?"
        );
    }

    #[test]
    fn a_wrong_key_of_the_file_is_named_with_the_nearest_right_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("candor.toml");
        std::fs::write(&path, "pubic_url = \"https://desk.example\"\n").unwrap();
        let error = Config::load(Some(&path), &env(&[]))
            .unwrap_err()
            .to_string();
        assert!(
            error.ends_with("pubic_url is no key of Candor; did you mean public_url?"),
            "{error}"
        );
    }

    #[test]
    fn the_environment_outranks_the_file_and_secrets_may_come_from_files() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("candor.toml");
        let secret = dir.path().join("relay");
        std::fs::write(&path, "listen = \"127.0.0.1:1\"\ndata = \"a\"\n").unwrap();
        std::fs::write(&secret, "smtp://u:p@relay.example:587\n").unwrap();
        let variables = env(&[
            ("CANDOR_LISTEN", "127.0.0.1:2"),
            ("CANDOR_SMTP_RELAY_FILE", secret.to_str().unwrap()),
        ]);
        let config = Config::load(Some(&path), &variables).unwrap();
        assert_eq!(config.listen.port(), 2);
        assert_eq!(config.data, PathBuf::from("a"));
        assert_eq!(
            config.smtp_relay.as_deref(),
            Some("smtp://u:p@relay.example:587")
        );
        assert_eq!(config.public_url, "http://127.0.0.1:2");
    }

    #[test]
    fn an_address_without_a_port_is_refused_in_words() {
        let error = Config::load(None, &env(&[("CANDOR_LISTEN", "localhost")]))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("listen: \"localhost\" is not an address with a port"),
            "{error}"
        );
    }
}
