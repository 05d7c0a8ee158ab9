//! Inviting somebody new.
//!
//! Owns: the person that stands before they ever logged in, and the one link that lets them in.
//! Must not know: how mail is carried.

use super::letter::{Letter, send_letter};
use super::reach::{Reach, may_hand_out, may_stand_above};
use super::visible_person;
use crate::auth::{
    PasskeyPurpose, Password, PasswordHash, Secret, opened, set_password, spend_passkey,
    store_passkey,
};
use crate::check::{Check, as_set};
use crate::cx::{Cx, Desk, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use candor_domain::actor::Actor;
use candor_domain::id::{MailboxId, PersonId, RoleId, TeamId};
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_domain::record::Salted;
use candor_store::Tx;
use serde_json::json;

/// Whom to invite.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// As they are called.
    pub name: String,
    /// Where the link goes, and what they log in with.
    pub email: String,
    /// Their set of grants.
    pub role: RoleId,
    /// Their teams.
    pub teams: Vec<TeamId>,
    /// Mailboxes that they look after.
    pub mailboxes: Vec<MailboxId>,
}

/// Invites somebody by mail.
pub async fn invite(
    desk: &Desk,
    actor: &Actor,
    invitation: Invitation,
) -> Result<PersonId, DeskError> {
    let secret = Secret::draw(desk);
    desk.run(
        actor,
        Invite {
            invitation,
            secret,
            by_mail: true,
        },
    )
    .await
    .map(|invited| invited.0)
}

/// Adds somebody who chooses a password behind the link, within 72 hours. Gives the person and the
/// link; the link is for whoever runs the command line, never for a page.
pub struct Invite {
    /// Whom.
    pub invitation: Invitation,
    /// The secret of the link.
    pub secret: Secret,
    /// Whether the link is mailed.
    pub by_mail: bool,
}

impl Verb for Invite {
    type Output = (PersonId, String);
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        let mut person = new_person(tx, cx, &self.invitation)?;
        let role = tx.role(person.role)?.ok_or(DeskError::NotFound("role"))?;
        let reach = Reach {
            grants: &role.grants,
            teams: &person.teams,
            mailboxes: &person.mailboxes,
        };
        may_hand_out(cx, &reach)?;
        let salt = cx.salt(&format!("person:{}", person.email));
        tx.insert_person(&mut person, &salt)?;
        let row = Salted {
            noun: &person,
            salt: &salt,
        };
        record(
            tx,
            cx,
            "person.invited",
            json!({ "person": person.id, "role": role.id }),
            &[&row],
        )?;
        store_passkey(
            tx,
            cx,
            &self.secret,
            PasskeyPurpose::Invitation,
            Some(person.id),
        )?;
        if self.by_mail {
            send_letter(tx, cx, Letter::Invitation, &person, &self.secret)?;
        }
        Ok((person.id, Letter::Invitation.link(cx, &self.secret)))
    }
}

fn new_person(tx: &mut Tx<'_>, cx: &Cx, invitation: &Invitation) -> Result<Person, DeskError> {
    let mut check = Check::default();
    let name = check.name("name", &invitation.name);
    let email = check.email("email", &invitation.email);
    check.done()?;
    let email = email.expect("a refused address ended the check");
    if tx.person_by_email(&email)?.is_some() {
        return Err(DeskError::Conflict(Conflict::Taken("email")));
    }
    let brand = tx.brands()?.into_iter().next();
    let person = Person {
        id: PersonId(0),
        name,
        email,
        role: invitation.role,
        teams: as_set(&invitation.teams),
        mailboxes: as_set(&invitation.mailboxes),
        language: None,
        zone: brand.map_or_else(|| "UTC".to_owned(), |brand| brand.zone),
        undo_seconds: Person::DEFAULT_UNDO_SECONDS,
        active: true,
        created_at: cx.now(),
    };
    known_groups(tx, &person)?;
    Ok(person)
}

/// Refuses teams and mailboxes that are not there.
pub(super) fn known_groups(tx: &mut Tx<'_>, person: &Person) -> Result<(), DeskError> {
    for &team in &person.teams {
        tx.team(team)?.ok_or(DeskError::NotFound("team"))?;
    }
    for &mailbox in &person.mailboxes {
        tx.mailbox(mailbox)?.ok_or(DeskError::NotFound("mailbox"))?;
    }
    Ok(())
}

/// Sends a fresh link to somebody who has not chosen a password yet; earlier links end.
pub struct InviteAgain {
    /// Whom.
    pub person: PersonId,
    /// The secret of the new link.
    pub secret: Secret,
}

impl Verb for InviteAgain {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        let (person, salt) = visible_person(tx, self.person)?;
        may_stand_above(tx, cx, &person)?;
        if !person.active || tx.password_of(person.id)?.is_some() {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        tx.drop_passkeys_of(person.id)?;
        store_passkey(
            tx,
            cx,
            &self.secret,
            PasskeyPurpose::Invitation,
            Some(person.id),
        )?;
        let row = Salted {
            noun: &person,
            salt: &salt,
        };
        record(
            tx,
            cx,
            "person.invited_again",
            json!({ "person": person.id }),
            &[&row],
        )?;
        send_letter(tx, cx, Letter::Invitation, &person, &self.secret)
    }
}

/// Takes up an invitation: the person says how they are called and chooses a password.
pub struct AcceptInvitation {
    /// The secret of the link.
    pub secret: Secret,
    /// As they are called.
    pub name: String,
    /// The hash of their password.
    pub password: PasswordHash,
}

impl Verb for AcceptInvitation {
    type Output = PersonId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<PersonId, DeskError> {
        let mut check = Check::default();
        let name = check.name("name", &self.name);
        check.done()?;
        let person = spend_passkey(tx, cx, &self.secret, PasskeyPurpose::Invitation)?
            .ok_or(DeskError::NotFound("link"))?;
        let (mut person, salt) = visible_person(tx, person)?;
        if !person.active {
            return Err(DeskError::NotFound("link"));
        }
        person.name = name;
        tx.save_person(&person)?;
        let row = Salted {
            noun: &person,
            salt: &salt,
        };
        record(
            tx,
            cx,
            "person.joined",
            json!({ "person": person.id }),
            &[&row],
        )?;
        set_password(tx, cx, person.id, &self.password, None)?;
        Ok(person.id)
    }
}

/// Reads the written secret of an invitation and takes it up.
pub async fn accept_invitation(
    desk: &Desk,
    written: &str,
    name: &str,
    password: &Password,
) -> Result<PersonId, DeskError> {
    let secret = opened(desk, written, PasskeyPurpose::Invitation).await?;
    let password = desk.hash_password(password).await?;
    desk.run(
        &Actor::Visitor,
        AcceptInvitation {
            secret,
            name: name.to_owned(),
            password,
        },
    )
    .await
}
