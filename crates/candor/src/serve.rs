//! `candor serve`: pages, API, SMTP, worker and figures in one process.
//!
//! Owns: starting everything and stopping it in order. Must not know: what any part does.
#![expect(clippy::print_stdout, reason = "a command line prints")]

use crate::boot;
use crate::certificate::{InUse, Keeper};
use crate::config::Config;
use crate::doorkeeper::Doorkeeper;
use crate::doors::Doors;
use crate::fetcher::{self, ImapFetcher};
use crate::holiday_feed;
use crate::hook;
use crate::https::{SecurePages, beside_tls, under_tls};
use crate::keys::make_private_folder;
use crate::metrics;
use crate::past_mail;
use crate::sign_in::{AccessTokens, OAuthConsent};
use anyhow::{Context, Result};
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener, ListenerExt};
use candor_desk::Desk;
use candor_desk::auth::Secret;
use candor_desk::outbox::PostOffice;
use candor_desk::people::{IssueSetUpCode, SetUpOpen};
use candor_desk::ticket::release_due_drafts;
use candor_desk::worker::house_worker;
use candor_domain::actor::Actor;
use candor_post::http::HttpClient;
use candor_post::{
    Limits, ListenerConfig, Protocol, SecureDoor, ServerTls, SmtpServer, pages_config,
};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Runs the desk until it is asked to stop.
pub(crate) async fn run(mut config: Config) -> Result<()> {
    // A relay that cannot be read is told before anybody is asked to come.
    boot::courier(&config)?;
    let doors = Doors::open(&mut config).await?;
    let desk = boot::open(&config).await?;
    if desk.ask(&Actor::System, SetUpOpen).await? {
        offer_set_up(&config, &desk).await?;
    }
    println!(
        "Candor listens on {} and is open at {}",
        config.listen, config.public_url
    );
    if let Some(tls) = &config.tls {
        println!("Pages are served over HTTPS at {}", tls.listen);
    }
    if let Some(address) = config.smtp_listen {
        println!("Mail comes in at {address}");
    }
    if let Some(address) = config.lmtp_listen {
        println!("Mail comes in by LMTP at {address}");
    }
    serve(&config, desk, doors).await
}

/// Serves an open desk until Ctrl+C or SIGTERM.
pub(crate) async fn serve(config: &Config, desk: Desk, doors: Doors) -> Result<()> {
    let stop = CancellationToken::new();
    let mut parts = JoinSet::new();
    desk.store().start_sequencer();
    release_due_drafts(&desk).await?;
    let http = HttpClient::new(config.outbound_allow.clone())?;
    let tokens = Arc::new(AccessTokens::new(desk.clone(), http.clone()));
    let courier = boot::courier(config)?.with_access(Arc::clone(&tokens), http.clone());
    let post_office = PostOffice {
        relay: courier.fixed_relay(),
        courier: Arc::new(courier),
        postmaster: boot::postmaster(config),
    };
    let node = candor_store::random_name();
    let asks = (http.clone(), node.clone());
    let (keeper, in_use) = Keeper::begin(config, &desk, asks).await?;
    parts.spawn(keeper.run(desk.clone(), stop.clone()));
    if let Some(listener) = doors.mail {
        let server = mail_server(config, &desk, (&stop, in_use.as_ref()), Protocol::Smtp)?;
        parts.spawn(server.run(listener));
    }
    if let Some(listener) = doors.local_mail {
        let server = mail_server(config, &desk, (&stop, in_use.as_ref()), Protocol::Lmtp)?;
        parts.spawn(server.run(listener));
    }
    if let Some(listener) = doors.figures {
        parts.spawn(metrics::serve(listener, desk.clone(), stop.clone()));
    }
    let outside = candor_web::app::Outside {
        post_office: post_office.clone(),
        fetcher: Arc::new(ImapFetcher {
            tokens: Arc::clone(&tokens),
        }),
        consent: Arc::new(OAuthConsent::new(http.clone())),
    };
    let state = candor_web::app::state(&desk, boot::site(config)?, outside);
    state.follow_brand().await?;
    let following = tokio::spawn(state.clone().keep_following_brand());
    let app = candor_web::app::router(state);
    parts.spawn(hook::run(desk.clone(), http.clone(), stop.clone()));
    parts.spawn(holiday_feed::run(desk.clone(), http, stop.clone()));
    parts.spawn(past_mail::run(
        desk.clone(),
        Arc::clone(&tokens),
        node.clone(),
        stop.clone(),
    ));
    parts.spawn(fetcher::run(desk.clone(), tokens, node, stop.clone()));
    let pages = Pages {
        app,
        desk: desk.clone(),
        public_url: config.public_url.clone(),
        stop: stop.clone(),
    };
    let secure = doors.secure_pages.zip(in_use);
    pages.open(&mut parts, doors.pages, secure)?;
    let worker = Arc::new(house_worker(desk, post_office));
    parts.spawn(worker.run(stop.clone()));
    tracing::info!(listen = %config.listen, smtp = ?config.smtp_listen, "the desk is open");
    tokio::select! {
        () = asked_to_stop() => {}
        Some(ended) = parts.join_next() => ended.context("a part of the desk fell over")?,
    }
    following.abort();
    stop.cancel();
    while parts.join_next().await.is_some() {}
    Ok(())
}

/// Pages and the ports at which they are served.
struct Pages {
    app: axum::Router,
    desk: Desk,
    public_url: String,
    stop: CancellationToken,
}

impl Pages {
    /// Serves them: under TLS where there is a certificate, with the plain port leading there, else
    /// at the plain port.
    fn open(
        self,
        parts: &mut JoinSet<()>,
        plain: TcpListener,
        secure: Option<(TcpListener, InUse)>,
    ) -> Result<()> {
        let stop = self.stop;
        let app = match secure {
            Some((listener, in_use)) => {
                let config = pages_config(&in_use.live);
                let door = SecureDoor::open(listener, config, stop.clone())?;
                let app = under_tls(self.app.clone(), in_use.is_real);
                let pages = SecurePages(door).tap_io(|_| {});
                parts.spawn(serve_pages(pages, app, stop.clone()));
                beside_tls(self.app, self.desk, &self.public_url)
            }
            None => self.app,
        };
        parts.spawn(serve_pages(plain, app, stop));
        Ok(())
    }
}

/// How long requests may take to end once the desk is asked to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(3);

async fn serve_pages<L>(listener: L, app: axum::Router, stop: CancellationToken)
where
    L: Listener<Addr = SocketAddr>,
    SocketAddr: for<'a> Connected<IncomingStream<'a, L>>,
{
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    let served =
        axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
    // Streams of live pages never end by themselves: requests get a moment, then the lines are cut.
    let patience = async {
        stop.cancelled().await;
        tokio::time::sleep(LAST_ANSWERS).await;
    };
    tokio::select! {
        ended = served => if let Err(error) = ended {
            tracing::error!(%error, "the pages stopped");
        },
        () = patience => {}
    }
}

fn mail_server(
    config: &Config,
    desk: &Desk,
    (stop, in_use): (&CancellationToken, Option<&InUse>),
    protocol: Protocol,
) -> Result<SmtpServer> {
    let host_name = boot::host_name(config);
    let tls = match (&config.smtp_certificate, &config.smtp_key) {
        (Some(certificate), Some(key)) => ServerTls::from_files(certificate, key)?,
        (None, None) if let Some(in_use) = in_use => ServerTls::of(Arc::clone(&in_use.live)),
        (None, None) => {
            let folder = config.data.join("tls");
            make_private_folder(&folder)?;
            ServerTls::self_made(&folder, &host_name)?
        }
        _ => anyhow::bail!("smtp_certificate and smtp_key belong together; one of them is missing"),
    };
    let listener = ListenerConfig {
        host_name,
        tls: Some(Arc::new(tls)),
        limits: Limits::default(),
        protocol,
        fronts: boot::fronts(config)?,
    };
    Ok(SmtpServer::new(
        listener,
        Arc::new(Doorkeeper::new(desk.clone())),
        stop.clone(),
    ))
}

/// Prints the page on which the owner makes the desk theirs.
async fn offer_set_up(config: &Config, desk: &Desk) -> Result<()> {
    let code = Secret::draw(desk);
    let text = code.text();
    desk.run(&Actor::System, IssueSetUpCode { code }).await?;
    println!("This desk is new. Its owner opens this page once:");
    println!("  {}/setup?code={text}", config.public_url);
    Ok(())
}

async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
