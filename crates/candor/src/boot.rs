//! From a configuration to a running desk.
//!
//! Owns: opening the store, bringing it up to date, the keys, the worker with its jobs and tasks.
//! Must not know: command-line syntax, pages.

use crate::config::Config;
use crate::courier::PostCourier;
use crate::keys::{KeyRing, make_private_folder};
use crate::postmaster::DnsPostmaster;
use anyhow::{Context, Result};
use candor_desk::clock::{Clock, SystemClock, SystemEntropy};
use candor_desk::cx::Keys;
use candor_desk::{Desk, DeskConfig};
use candor_post::{Addresses, Fronts, Relay};
use candor_store::{Store, StoreConfig, StoreKeys};
use candor_web::site::{Network, Site};
use std::sync::Arc;

/// Opens the desk: folder, keys, database, migrations.
pub(crate) async fn open(config: &Config) -> Result<Desk> {
    open_with_clock(config, Arc::new(SystemClock)).await
}

/// As [`open`], with a clock of the caller.
pub(crate) async fn open_with_clock(config: &Config, clock: Arc<dyn Clock>) -> Result<Desk> {
    make_private_folder(&config.data)?;
    let keys = KeyRing::open(&config.data)?;
    let settings = StoreConfig::new(
        config.database.clone(),
        &config.data,
        StoreKeys {
            journal: keys.journal,
        },
    );
    let store = Store::open(settings)
        .await
        .with_context(|| format!("cannot open the database {:?}", config.database))?;
    store
        .migrate()
        .await
        .context("cannot bring the database up to date")?;
    Ok(Desk::new(DeskConfig {
        store,
        clock,
        entropy: Arc::new(SystemEntropy),
        keys: Keys {
            links: keys.links,
            seal: keys.seal,
            secrets: keys.secrets,
        },
        public_url: config.public_url.clone(),
        texts: candor_web::mail::mail_texts(),
        cheap_passwords: false,
    }))
}

/// The courier that the configuration asks for.
pub(crate) fn courier(config: &Config) -> Result<PostCourier> {
    let relay = config
        .smtp_relay
        .as_deref()
        .map(Relay::parse)
        .transpose()
        .context("smtp_relay cannot be read")?;
    Ok(PostCourier::new(&host_name(config), &config.data, relay))
}

fn networks(texts: &[String], key: &str) -> Result<Vec<Network>> {
    let read: Result<Vec<Network>, _> = texts.iter().map(|text| text.parse()).collect();
    read.with_context(|| format!("{key} cannot be read"))
}

/// Whose word about the sender of a mail is believed.
pub(crate) fn fronts(config: &Config) -> Result<Fronts> {
    let those = |texts: &[String], key: &str| {
        let networks = networks(texts, key)?;
        let contains = move |address| networks.iter().any(|network| network.contains(address));
        anyhow::Ok(Addresses::those(contains))
    };
    Ok(Fronts {
        servers: those(&config.smtp_fronts, "smtp_fronts")?,
        proxies: those(&config.smtp_proxies, "smtp_proxies")?,
    })
}

/// Who asks the DNS and signs.
pub(crate) fn postmaster(config: &Config) -> Arc<DnsPostmaster> {
    DnsPostmaster::new(&host_name(config), config.dns_server)
}

/// The name by which the desk greets other mail servers.
pub(crate) fn host_name(config: &Config) -> String {
    let url = config.public_url.split("://").nth(1).unwrap_or("localhost");
    let host = url.split(['/', ':']).next().unwrap_or("localhost");
    host.to_owned()
}

/// Where this installation can be reached, and whom it believes.
pub(crate) fn site(config: &Config) -> Result<Site> {
    let proxies = networks(&config.trusted_proxies, "trusted_proxies")?;
    let site = Site::new(&config.public_url, config.listen).context("public_url cannot be used")?;
    Ok(site.trusting(proxies))
}
