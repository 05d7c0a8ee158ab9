//! The first run: from an empty database to a desk with an owner.
//!
//! Owns: what a new desk starts with, and that it starts once. Must not know: whether the command
//! line or a browser asked.

use crate::auth::{
    PasskeyPurpose, PasswordHash, Secret, opened, set_password, spend_passkey, store_passkey,
};
use crate::check::Check;
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::{BrandId, MailboxId, PersonId, RoleId, TeamId};
use candor_domain::mailbox::{Brand, Mailbox};
use candor_domain::people::{Person, Team};
use candor_domain::permission::{Role, first_roles};
use candor_domain::record::{Recorded, Salted};
use candor_store::Tx;
use serde_json::json;

/// Makes the owner, the roles, a team, the brand and the first mailbox. Only while nobody works
/// here.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// The owner, as they are called.
    pub name: String,
    /// What the owner logs in with.
    pub email: String,
    /// The hash of the owner's password.
    pub password: PasswordHash,
    /// The address that takes in customers' mail.
    pub mailbox: String,
    /// The name of the shop.
    pub brand: String,
    /// `en` or `de`.
    pub language: String,
    /// Time zone by IANA name.
    pub zone: String,
}

/// What a new desk starts with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUpDone {
    /// The owner.
    pub owner: PersonId,
    /// The roles owner, lead, agent and collaborator, in this order.
    pub roles: Vec<RoleId>,
    /// The first team.
    pub team: TeamId,
    /// The brand.
    pub brand: BrandId,
    /// The first mailbox.
    pub mailbox: MailboxId,
}

/// The name of the first team.
const FIRST_TEAM: &str = "Support";

impl Verb for SetUp {
    type Output = SetUpDone;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SetUpDone, DeskError> {
        match cx.actor {
            Actor::System => self.build(tx, cx),
            _ => Err(DeskError::NotAllowed(
                "only the command line sets a desk up without a code",
            )),
        }
    }
}

impl SetUp {
    fn build(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SetUpDone, DeskError> {
        if tx.anybody_works_here()? {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        let (email, address) = self.checked()?;
        let team = Team {
            id: tx.insert_team(FIRST_TEAM)?,
            name: FIRST_TEAM.to_owned(),
        };
        let brand = self.insert_brand(tx)?;
        let mailbox = first_mailbox(tx, &address, &brand, team.id)?;
        let roles = insert_roles(tx)?;
        let mut owner = self.owner(cx, email, roles[0].id, team.id);
        let salt = cx.salt("person:owner");
        tx.insert_person(&mut owner, &salt)?;
        let row = Salted {
            noun: &owner,
            salt: &salt,
        };
        let mut rows: Vec<&dyn Recorded> = vec![&row, &team, &brand, &mailbox];
        rows.extend(roles.iter().map(|role| role as &dyn Recorded));
        record(tx, cx, "desk.set_up", json!({ "owner": owner.id }), &rows)?;
        set_password(tx, cx, owner.id, &self.password, None)?;
        Ok(SetUpDone {
            owner: owner.id,
            roles: roles.iter().map(|role| role.id).collect(),
            team: team.id,
            brand: brand.id,
            mailbox: mailbox.id,
        })
    }

    fn checked(&self) -> Result<(EmailAddress, EmailAddress), DeskError> {
        let mut check = Check::default();
        check.name("name", &self.name);
        let email = check.email("email", &self.email);
        let mailbox = check.email("mailbox", &self.mailbox);
        check.name("brand", &self.brand);
        check.language("language", &self.language);
        check.zone("zone", &self.zone);
        check.done()?;
        let refused = "a refused address ended the check";
        Ok((email.expect(refused), mailbox.expect(refused)))
    }

    fn insert_brand(&self, tx: &mut Tx<'_>) -> Result<Brand, DeskError> {
        let mut brand = Brand {
            id: BrandId(0),
            name: Check::default().name("brand", &self.brand),
            language: self.language.clone(),
            zone: self.zone.clone(),
        };
        tx.insert_brand(&mut brand)?;
        Ok(brand)
    }

    fn owner(&self, cx: &Cx, email: EmailAddress, role: RoleId, team: TeamId) -> Person {
        Person {
            id: PersonId(0),
            name: Check::default().name("name", &self.name),
            email,
            role,
            teams: vec![team],
            mailboxes: Vec::new(),
            language: None,
            zone: self.zone.clone(),
            undo_seconds: Person::DEFAULT_UNDO_SECONDS,
            active: true,
            created_at: cx.now(),
        }
    }
}

fn first_mailbox(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    brand: &Brand,
    team: TeamId,
) -> Result<Mailbox, DeskError> {
    let mut mailbox = Mailbox {
        id: MailboxId(0),
        address: address.without_detail(),
        name: brand.name.clone(),
        brand: brand.id,
        team: Some(team),
        close_after_days: Mailbox::DEFAULT_CLOSE_AFTER_DAYS,
        signature: String::new(),
        active: true,
    };
    tx.insert_mailbox(&mut mailbox)?;
    Ok(mailbox)
}

fn insert_roles(tx: &mut Tx<'_>) -> Result<Vec<Role>, DeskError> {
    let mut roles = Vec::new();
    for (name, mut grants) in first_roles() {
        grants.sort_unstable();
        let mut role = Role {
            id: RoleId(0),
            name: name.to_owned(),
            grants,
        };
        tx.insert_role(&mut role)?;
        roles.push(role);
    }
    Ok(roles)
}

/// Makes the one-time code that the server prints while nobody works here; an earlier code ends.
pub struct IssueSetUpCode {
    /// The code.
    pub code: Secret,
}

impl Verb for IssueSetUpCode {
    /// Whether a code is needed at all.
    type Output = bool;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed("only the server makes this code"));
        }
        if tx.anybody_works_here()? {
            return Ok(false);
        }
        tx.drop_passkeys_for(crate::auth::Purpose::SetUp.as_str())?;
        store_passkey(tx, cx, &self.code, PasskeyPurpose::SetUp, None)?;
        Ok(true)
    }
}

/// Sets the desk up from a browser, with the code from the server's output.
pub struct SetUpWithCode {
    /// The code.
    pub code: Secret,
    /// The desk.
    pub set_up: SetUp,
}

impl Verb for SetUpWithCode {
    type Output = SetUpDone;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SetUpDone, DeskError> {
        spend_passkey(tx, cx, &self.code, PasskeyPurpose::SetUp)?;
        self.set_up.build(tx, cx)
    }
}

/// Reads a code that somebody typed and makes sure that it is the one, before their password is
/// hashed. [`SetUpWithCode`] follows.
pub async fn set_up_code(desk: &Desk, written: &str) -> Result<Secret, DeskError> {
    opened(desk, written.trim(), PasskeyPurpose::SetUp).await
}

/// Whether nobody works here yet.
pub struct SetUpOpen;

impl Query for SetUpOpen {
    type Output = bool;
    fn read(&self, tx: &mut Tx<'_>, _cx: &Cx) -> Result<bool, DeskError> {
        Ok(!tx.anybody_works_here()?)
    }
}
