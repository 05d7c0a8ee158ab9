//! Keeps the certificate of the pages in use, and gets the next one in time.
//!
//! Owns: when files are read again, when the authority is asked, what is remembered of it. Must not
//! know: the dialogue with the authority, when somebody is alarmed.

mod authority;
mod vault;

use crate::boot;
use crate::config::{Config, Tls, TlsSource};
use crate::keys::make_private_folder;
use anyhow::Result;
use authority::Asking;
use candor_desk::Desk;
use candor_desk::certificate::{
    CertificateFailure, CertificateOf, CertificateSource, CertificateState, KeepCertificateState,
};
use candor_domain::actor::Actor;
use candor_post::http::HttpClient;
use candor_post::{LiveCertificate, Validity, keep_self_made};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use vault::Vault;

/// Between two looks, at least and at most.
const LEAST: Duration = Duration::from_secs(1);
const MOST: Duration = Duration::from_secs(30);

/// The certificate in use.
#[derive(Clone)]
pub(crate) struct InUse {
    /// What handshakes show.
    pub(crate) live: Arc<LiveCertificate>,
    /// Whether somebody else than ourselves vouches for it.
    pub(crate) is_real: Arc<AtomicBool>,
}

/// Keeps it.
pub(crate) enum Keeper {
    /// The desk serves no HTTPS.
    None,
    /// Two files that somebody else renews.
    Files(Files),
    /// An authority.
    Asking(Box<Asking>),
}

impl Keeper {
    /// Puts the certificate into use with which the desk starts.
    ///
    /// # Errors
    /// When the files that the configuration names cannot be used.
    pub(crate) async fn begin(
        config: &Config,
        desk: &Desk,
        (http, holder): (HttpClient, String),
    ) -> Result<(Self, Option<InUse>)> {
        let Some(Tls { source, .. }) = &config.tls else {
            // What an earlier configuration left is over.
            if desk.ask(&Actor::System, CertificateOf).await?.source != CertificateSource::None {
                let none = KeepCertificateState(CertificateState::default());
                desk.run(&Actor::System, none).await?;
            }
            return Ok((Self::None, None));
        };
        let live = Arc::new(LiveCertificate::default());
        let is_real = Arc::new(AtomicBool::new(matches!(source, TlsSource::Files { .. })));
        let in_use = InUse { live, is_real };
        let keeper = match source {
            TlsSource::Files { certificate, key } => {
                in_use.live.read_files(certificate, key)?;
                Self::Files(Files {
                    desk: desk.clone(),
                    paths: (certificate.clone(), key.clone()),
                    live: Arc::clone(&in_use.live),
                    seen: None,
                })
            }
            TlsSource::Authority(authority) => {
                let folder = config.data.join("tls");
                make_private_folder(&folder)?;
                let (certificate, key) = keep_self_made(&folder, &boot::host_name(config))?;
                in_use.live.read_files(&certificate, &key)?;
                let asking = Asking {
                    desk: desk.clone(),
                    http,
                    authority: authority.clone(),
                    vault: Vault::of(config, desk, folder),
                    in_use: in_use.clone(),
                    shown: String::new(),
                    holder,
                };
                Self::Asking(Box::new(asking.begin().await?))
            }
        };
        Ok((keeper, Some(in_use)))
    }

    /// Keeps it until `stop`.
    pub(crate) async fn run(mut self, desk: Desk, stop: CancellationToken) {
        let mut positions = desk.store().positions();
        loop {
            let looked = match &mut self {
                // A part that ends would close the desk.
                Self::None => return stop.cancelled().await,
                Self::Files(files) => files.look().await,
                Self::Asking(asking) => tokio::select! {
                    looked = asking.look() => looked,
                    () = stop.cancelled() => return,
                },
            };
            if let Err(error) = looked {
                tracing::warn!(%error, "the certificate cannot be looked after at the moment");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LEAST) => {}
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(MOST) => {}
                _ = positions.changed() => {}
            }
        }
    }
}

/// A certificate in two files that somebody else renews.
pub(crate) struct Files {
    desk: Desk,
    paths: (std::path::PathBuf, std::path::PathBuf),
    live: Arc<LiveCertificate>,
    /// What stood in them at the last look.
    seen: Option<(String, String)>,
}

impl Files {
    /// Puts them into use when they changed.
    async fn look(&mut self) -> Result<()> {
        let read = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
        let now = (read(&self.paths.0), read(&self.paths.1));
        if self.seen.as_ref() == Some(&now) {
            return Ok(());
        }
        let mut state = self.desk.ask(&Actor::System, CertificateOf).await?;
        if state.source != CertificateSource::Files {
            state = CertificateState {
                source: CertificateSource::Files,
                ..CertificateState::default()
            };
        }
        let (certificate, key) = (&self.paths.0, &self.paths.1);
        let used = self.live.read_files(certificate, key);
        let used = used.and_then(|()| Validity::of_pem(&now.0));
        match used {
            Ok(validity) => {
                (state.from, state.until) = (Some(validity.from), Some(validity.until));
                state.failure = None;
            }
            Err(error) => {
                tracing::warn!(%error, "the files of the certificate cannot be used");
                state.failure = Some(CertificateFailure {
                    id: "certificate-failure-files".to_owned(),
                    detail: error.to_string(),
                    since: self.desk.now(),
                    ..CertificateFailure::default()
                });
            }
        }
        self.desk
            .run(&Actor::System, KeepCertificateState(state))
            .await?;
        self.seen = Some(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use candor_testkit::Ground;
    use jiff::Timestamp;
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    fn put(folder: &Path, ends: i32) {
        let mut about = CertificateParams::new(["desk.example".to_owned()]).unwrap();
        about.not_after = date_time_ymd(ends, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = about.self_signed(&key).unwrap().pem();
        std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
        std::fs::write(folder.join("chain.pem"), certificate).unwrap();
    }

    #[tokio::test]
    async fn new_files_are_used_without_a_restart_and_broken_ones_are_told() {
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        let ground = Ground::new("https://desk.example", start).await;
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), 2030);
        let mut files = Files {
            desk: ground.desk.clone(),
            paths: (
                folder.path().join("chain.pem"),
                folder.path().join("key.pem"),
            ),
            live: Arc::new(LiveCertificate::default()),
            seen: None,
        };
        let state = async || {
            let state = ground.desk.ask(&Actor::System, CertificateOf).await;
            state.unwrap()
        };
        files.look().await.unwrap();
        let ends = |state: &CertificateState| state.until.unwrap().to_string();
        assert_eq!(ends(&state().await), "2030-01-01T00:00:00Z");

        put(folder.path(), 2031);
        files.look().await.unwrap();
        assert_eq!(ends(&state().await), "2031-01-01T00:00:00Z");

        std::fs::write(folder.path().join("key.pem"), "no key").unwrap();
        files.look().await.unwrap();
        let broken = state().await;
        assert_eq!(
            broken.failure.as_ref().unwrap().id,
            "certificate-failure-files"
        );
        assert_eq!(
            ends(&broken),
            "2031-01-01T00:00:00Z",
            "the one before stays"
        );
    }
}
