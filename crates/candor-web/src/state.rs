//! What every handler shares.
//!
//! Owns: the application state, and who is let in by session, permission or token. Must not know:
//! pages.

use crate::cookie;
use crate::failure::Failure;
use crate::guard::{Client, Reader};
use crate::i18n::Language;
use crate::live::Hub;
use crate::route::{Admission, Doorkeeper};
use crate::site::Site;
use axum::http::header;
use axum::http::request::Parts;
use candor_desk::auth::{TouchSession, Visit, session_of};
use candor_desk::fetch::Fetcher;
use candor_desk::mailbox::BrandOf;
use candor_desk::outbox::PostOffice;
use candor_desk::sign_in::Consent;
use candor_desk::token::{TokenVisit, TouchToken, token_of};
use candor_desk::{Desk, DeskError};
use candor_domain::actor::Actor;
use candor_domain::permission::Permission;
use jiff::tz::TimeZone;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// How long nobody looks at the brand's name after a look.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// What every handler shares. Cloning it is cheap.
#[derive(Clone)]
pub struct App {
    /// The desk.
    pub desk: Desk,
    /// Where this installation can be reached.
    pub site: Arc<Site>,
    /// Who carries mail out, for the test mail of the settings.
    pub post_office: PostOffice,
    /// Who looks at inboxes elsewhere, for the settings of a mailbox.
    pub fetcher: Arc<dyn Fetcher>,
    /// Who speaks with providers when a mailbox is signed in there.
    pub consent: Arc<dyn Consent>,
    /// Who listens for changes.
    pub hub: Hub,
}

impl App {
    /// Takes over the brand's name for frames that no handler fills. Before the first run there is
    /// no brand yet.
    pub async fn follow_brand(&self) -> Result<(), DeskError> {
        match self
            .desk
            .ask(&Actor::Visitor, BrandOf { brand: None })
            .await
        {
            Ok(brand) => self.site.set_shop(&brand.name),
            Err(DeskError::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Takes over the brand's name whenever the desk changed, until the desk ends: another node may
    /// have changed it. At most once a second, because every mail changes the desk.
    pub async fn keep_following_brand(self) {
        let mut positions = self.desk.store().positions();
        loop {
            if let Err(error) = self.follow_brand().await {
                tracing::warn!(%error, "the brand's name cannot be read");
            }
            tokio::time::sleep(LOOK_AGAIN).await;
            if positions.changed().await.is_err() {
                return;
            }
        }
    }

    async fn visit(&self, parts: &Parts) -> Result<Visit, Failure> {
        let secret = cookie::session(&self.site, &parts.headers).ok_or(Failure::SignIn)?;
        let visit = session_of(&self.desk, &secret)
            .await?
            .ok_or(Failure::SignIn)?;
        // A page that listens, looks again or says that it is open is no use of the session.
        let path = parts.uri.path();
        let acts = path != "/live"
            && !path.ends_with("/presence")
            && !parts.headers.contains_key("hx-request");
        if acts && visit.wants_touch(self.desk.now()) {
            self.desk
                .note(
                    &visit.actor(),
                    TouchSession {
                        session: visit.session.id,
                    },
                )
                .await?;
        }
        if let Some(reader) = parts.extensions.get::<Reader>() {
            let language = visit
                .person
                .language
                .as_deref()
                .and_then(Language::from_code);
            let zone = TimeZone::get(&visit.person.zone).unwrap_or(TimeZone::UTC);
            reader.prefer(language.unwrap_or_else(|| reader.language()), zone);
        }
        Ok(visit)
    }

    async fn token(&self, parts: &Parts, scope: Permission) -> Result<TokenVisit, Failure> {
        let text = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or(Failure::SignIn)?;
        let visit = token_of(&self.desk, text.trim())
            .await?
            .ok_or(Failure::SignIn)?;
        if visit.wants_touch {
            let actor = Actor::Person(visit.access.clone());
            self.desk
                .note(&actor, TouchToken { token: visit.token })
                .await?;
        }
        if visit.access.has(scope) {
            Ok(visit)
        } else {
            Err(Failure::NotAllowed)
        }
    }
}

impl Doorkeeper for App {
    async fn admit(&self, admission: Admission, parts: &mut Parts) -> Result<(), Failure> {
        match admission {
            // The link in the path is all that a customer has; the handler opens it.
            Admission::Public | Admission::Customer => Ok(()),
            Admission::Staff => {
                let visit = self.visit(parts).await?;
                parts.extensions.insert(visit);
                Ok(())
            }
            Admission::Permission(permission) => {
                let visit = self.visit(parts).await?;
                if !visit.access.has(permission) {
                    return Err(Failure::NotAllowed);
                }
                parts.extensions.insert(visit);
                Ok(())
            }
            Admission::Api(scope) => {
                let visit = self.token(parts, scope).await?;
                parts.extensions.insert(visit);
                Ok(())
            }
        }
    }
}

/// The address that counts for brakes: the visitor's, or nothing where none is known.
pub(crate) fn client_address(client: &Client) -> String {
    client
        .address
        .map(|address: IpAddr| address.to_string())
        .unwrap_or_default()
}
