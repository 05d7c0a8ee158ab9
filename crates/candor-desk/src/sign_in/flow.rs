//! Beginning and finishing a sign-in.
//!
//! Owns: the two ways, over the provider's consent page and over a code on another device; that
//! only who began may finish, once and in time. Must not know: HTTP.

use super::app::{Provider, SignInApp, app_of};
use super::consent::{Consent, Granted, SignInFailure};
use super::grant::SignInFailed;
use super::state::{Began, Pending, keep_grant, keep_pending, pending_of};
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_domain::permission::Permission;
use candor_store::Tx;
use jiff::{SignedDuration, Timestamp};

/// For how long a visit to the consent page may last.
const VISIT: SignedDuration = SignedDuration::from_mins(30);

/// The app at a provider and the address of a mailbox, for whoever may set the mailbox up.
struct Start {
    mailbox: MailboxId,
    provider: Provider,
}

impl Query for Start {
    type Output = (Option<SignInApp>, String);
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let mailbox = tx
            .mailbox(self.mailbox)?
            .ok_or(DeskError::NotFound("mailbox"))?;
        let app = app_of(tx, cx, self.provider)?;
        Ok((app, mailbox.address.as_str().to_owned()))
    }
}

struct Begin {
    mailbox: MailboxId,
    pending: Pending,
    until: Timestamp,
}

impl Verb for Begin {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        keep_pending(tx, cx, self.mailbox, &self.pending, self.until)
    }
}

/// What the answer with this `state` answers, if the one who asks began it.
struct Answered {
    mailbox: MailboxId,
    state: String,
}

impl Query for Answered {
    type Output = Option<(Pending, SignInApp)>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let row = tx.sign_in(self.mailbox)?;
        let pending = pending_of(cx, self.mailbox, &row)?;
        let own = |pending: &Pending| {
            pending.state == self.state && pending.by == cx.actor.journal_name()
        };
        let Some(pending) = pending.filter(own) else {
            return Ok(None);
        };
        let app = app_of(tx, cx, pending.provider)?;
        Ok(app.map(|app| (pending, app)))
    }
}

/// Takes over what was granted for what was begun; a begin is finished once.
struct Finish {
    mailbox: MailboxId,
    state: String,
    refresh: String,
    ends_in: Option<SignedDuration>,
}

impl Verb for Finish {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let row = tx.sign_in(self.mailbox)?;
        let pending = pending_of(cx, self.mailbox, &row)?;
        let Some(pending) = pending.filter(|pending| pending.state == self.state) else {
            return Ok(());
        };
        let ends_at = self.ends_in.map(|time| cx.now() + time);
        keep_grant(
            tx,
            cx,
            self.mailbox,
            pending.provider,
            &self.refresh,
            ends_at,
        )
    }
}

/// Begins a visit to a provider's consent page; gives the link there. `redirect` is where the
/// person comes back to.
///
/// # Errors
/// As setting up the mailbox would; a provider without an app is no error but a failure.
pub async fn begin_consent(
    desk: &Desk,
    actor: &Actor,
    consent: &dyn Consent,
    (mailbox, provider): (MailboxId, Provider),
    redirect: &str,
) -> Result<Result<String, SignInFailure>, DeskError> {
    let (app, address) = desk.ask(actor, Start { mailbox, provider }).await?;
    let Some(app) = app else {
        return Ok(Err(SignInFailure::no_app()));
    };
    let cx = desk.cx(actor);
    let draw = |purpose: &str| URL_SAFE_NO_PAD.encode(cx.random(purpose));
    let state = format!("{mailbox}.{}", draw("sign-in state"));
    let verifier = draw("sign-in verifier");
    let link = match consent.link(&app, redirect, &state, &verifier, &address) {
        Ok(link) => link,
        Err(failure) => return Ok(Err(failure)),
    };
    let pending = Pending {
        provider,
        began: Began::Visit { link: link.clone() },
        by: actor.journal_name(),
        state,
        verifier,
        redirect: redirect.to_owned(),
    };
    let until = cx.now() + VISIT;
    let begin = Begin {
        mailbox,
        pending,
        until,
    };
    desk.run(actor, begin).await?;
    Ok(Ok(link))
}

/// Finishes a visit: `answer` is the code that came back, or the error with its words. Gives the
/// mailbox that is signed in now.
///
/// # Errors
/// As setting up the mailbox would; what the provider refuses is no error but a failure.
pub async fn finish_consent(
    desk: &Desk,
    actor: &Actor,
    consent: &dyn Consent,
    state: &str,
    answer: Result<&str, (&str, &str)>,
) -> Result<Result<MailboxId, SignInFailure>, DeskError> {
    let mailbox = state.split('.').next().and_then(|id| id.parse().ok());
    let Some(mailbox) = mailbox else {
        return Ok(Err(SignInFailure::not_begun()));
    };
    let answered = Answered {
        mailbox,
        state: state.to_owned(),
    };
    let Some((pending, app)) = desk.ask(actor, answered).await? else {
        return Ok(Err(SignInFailure::not_begun()));
    };
    let granted = match answer {
        Ok(code) => {
            let redirect = &pending.redirect;
            let asking = consent.exchange(&app, redirect, code, &pending.verifier);
            asking.await
        }
        Err((code, words)) => Err(consent.refused(code, words)),
    };
    let granted = granted.and_then(lasting);
    match granted {
        Ok((refresh, ends_in)) => {
            let finish = Finish {
                mailbox,
                state: state.to_owned(),
                refresh,
                ends_in,
            };
            desk.run(actor, finish).await?;
            Ok(Ok(mailbox))
        }
        Err(failure) => {
            let told = SignInFailed {
                mailbox,
                failure: failure.clone(),
            };
            desk.run(&Actor::System, told).await?;
            Ok(Err(failure))
        }
    }
}

/// Asks for a code that is entered on another device, and waits for it in the background.
///
/// # Errors
/// As setting up the mailbox would; what the provider refuses is no error but a failure.
pub async fn begin_device(
    desk: &Desk,
    actor: &Actor,
    consent: &dyn Consent,
    (mailbox, provider): (MailboxId, Provider),
) -> Result<Result<(), SignInFailure>, DeskError> {
    let (app, _) = desk.ask(actor, Start { mailbox, provider }).await?;
    let Some(app) = app else {
        return Ok(Err(SignInFailure::no_app()));
    };
    let device = match consent.device(&app).await {
        Ok(device) => device,
        Err(failure) => return Ok(Err(failure)),
    };
    let cx = desk.cx(actor);
    let state = URL_SAFE_NO_PAD.encode(cx.random("sign-in state"));
    let pending = Pending {
        provider,
        began: Began::Device {
            code: device.code,
            page: device.page,
        },
        by: actor.journal_name(),
        state: state.clone(),
        verifier: String::new(),
        redirect: String::new(),
    };
    let lasts = SignedDuration::try_from(device.expires_in).unwrap_or(VISIT);
    let begin = Begin {
        mailbox,
        pending,
        until: cx.now() + lasts,
    };
    desk.run(actor, begin).await?;
    let (desk, actor) = (desk.clone(), actor.clone());
    tokio::spawn(async move {
        let granted = device.granted.await.and_then(lasting);
        let told = match granted {
            Ok((refresh, ends_in)) => {
                let finish = Finish {
                    mailbox,
                    state,
                    refresh,
                    ends_in,
                };
                desk.run(&actor, finish).await
            }
            Err(failure) => {
                let failed = SignInFailed { mailbox, failure };
                desk.run(&Actor::System, failed).await
            }
        };
        if let Err(error) = told {
            tracing::warn!(%error, "the end of a sign-in cannot be remembered");
        }
    });
    Ok(Ok(()))
}

/// The refresh token, without which access would end within the hour.
fn lasting(granted: Granted) -> Result<(String, Option<SignedDuration>), SignInFailure> {
    let ends_in = granted
        .ends_in
        .and_then(|time| SignedDuration::try_from(time).ok());
    granted
        .refresh
        .map(|refresh| (refresh, ends_in))
        .ok_or_else(|| SignInFailure {
            id: "sign-in-failure-no-lasting-access",
            detail: String::new(),
        })
}
