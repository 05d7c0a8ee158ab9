//! Giving the password again, for what concerns the login itself.
//!
//! Owns: the confirmation and the change of one's own password. Must not know: pages.

use super::login::Login;
use super::password::{Password, PasswordHash};
use super::reset::set_password;
use super::session::Visit;
use super::throttle::{Braked, CountTry};
use crate::cx::{Cx, Desk, Verb};
use crate::error::DeskError;
use candor_domain::id::SessionId;
use candor_store::Tx;

/// Asks for the password again before something that concerns the login itself.
pub async fn confirm_password(
    desk: &Desk,
    visit: &Visit,
    password: &Password,
) -> Result<(), DeskError> {
    let account = Braked::account("confirm", visit.person.email.as_str());
    desk.run(
        &visit.actor(),
        CountTry {
            braked: vec![account.clone()],
        },
    )
    .await?;
    let query = Login {
        email: Some(visit.person.email.clone()),
    };
    let stored = desk.ask(&visit.actor(), query).await?.map(|found| found.1);
    if !desk.passwords().fits(password, stored).await? {
        return Err(DeskError::invalid(
            "password",
            "error-password-wrong",
            "this is not your password",
        ));
    }
    desk.run(
        &visit.actor(),
        Prove {
            session: visit.session.id,
            account,
        },
    )
    .await
}

struct Prove {
    session: SessionId,
    account: Braked,
}

impl Verb for Prove {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        self.account.forget(tx)?;
        Ok(tx.prove_session(self.session, cx.now())?)
    }
}

/// Gives a person another password, once they have shown the old one. Their other sessions end.
pub async fn change_password(
    desk: &Desk,
    visit: &Visit,
    old: &Password,
    new: &Password,
) -> Result<(), DeskError> {
    confirm_password(desk, visit, old).await?;
    let hash = desk.hash_password(new).await?;
    desk.run(
        &visit.actor(),
        ChangePassword {
            keep: visit.session.id,
            hash,
        },
    )
    .await
}

struct ChangePassword {
    keep: SessionId,
    hash: PasswordHash,
}

impl Verb for ChangePassword {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let person = cx.access()?.person;
        set_password(tx, cx, person, &self.hash, Some(self.keep))
    }
}
