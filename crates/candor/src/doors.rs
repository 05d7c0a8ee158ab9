//! The sockets through which the outside comes in.
//!
//! Owns: taking each port before anything else is opened, so that a port in use ends the start
//! early. Must not know: what is spoken on them.

use crate::config::Config;
use anyhow::{Context, Result};
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// The sockets of one process.
pub(crate) struct Doors {
    /// For pages and the API.
    pub pages: TcpListener,
    /// For pages and the API under TLS.
    pub secure_pages: Option<TcpListener>,
    /// For mail.
    pub mail: Option<TcpListener>,
    /// For mail from a server of one's own.
    pub local_mail: Option<TcpListener>,
    /// For the figures of an operator.
    pub figures: Option<TcpListener>,
}

impl Doors {
    /// Takes the ports that `config` names. Port 0 stands for any free one: afterwards `config`
    /// names the one that was given.
    ///
    /// # Errors
    /// Names the first address that cannot be had and what it is for.
    pub(crate) async fn open(config: &mut Config) -> Result<Self> {
        let follows = config.public_url == format!("http://{}", config.listen);
        let (pages, listen) = take(config.listen, "pages").await?;
        config.listen = listen;
        if follows {
            config.public_url = format!("http://{listen}");
        }
        let secure_pages = match config.tls.as_mut() {
            Some(tls) => {
                let (listener, given) = take(tls.listen, "pages over HTTPS").await?;
                tls.listen = given;
                Some(listener)
            }
            None => None,
        };
        Ok(Self {
            pages,
            secure_pages,
            mail: take_if_named(&mut config.smtp_listen, "mail").await?,
            local_mail: take_if_named(&mut config.lmtp_listen, "mail by LMTP").await?,
            figures: take_if_named(&mut config.metrics_listen, "figures").await?,
        })
    }
}

async fn take(address: SocketAddr, purpose: &str) -> Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address} for {purpose}"))?;
    let given = listener.local_addr()?;
    Ok((listener, given))
}

async fn take_if_named(
    address: &mut Option<SocketAddr>,
    purpose: &str,
) -> Result<Option<TcpListener>> {
    let Some(named) = address.as_mut() else {
        return Ok(None);
    };
    let (listener, given) = take(*named, purpose).await?;
    *named = given;
    Ok(Some(listener))
}
