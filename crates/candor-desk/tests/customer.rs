//! Stories about customers, organizations and tiers.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "common/team.rs"]
mod team;

use candor_desk::Stretch;
use candor_desk::customer::{
    AddCustomer, AddIdentity, AddOrganization, AddTier, ChangeCustomer, ChangeOrganization,
    CustomerCard, CustomerCards, CustomersPage, CustomersShown, find_or_make_customer,
};
use candor_desk::{Conflict, Cx, DeskError, Verb};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::customer::{Customer, IdentityKind};
use candor_domain::id::CustomerId;
use candor_store::Tx;
use team::Team;

/// What intake does when a mail comes in.
struct Writes {
    email: &'static str,
    name: &'static str,
}

impl Verb for Writes {
    type Output = Customer;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Customer, DeskError> {
        let email = EmailAddress::parse(self.email).unwrap();
        find_or_make_customer(tx, cx, &email, self.name)
    }
}

async fn writes(team: &Team, email: &'static str, name: &'static str) -> Customer {
    team.desk
        .run(&Actor::Mail, Writes { email, name })
        .await
        .unwrap()
}

fn change(customer: &Customer) -> ChangeCustomer {
    ChangeCustomer {
        customer: customer.id,
        name: customer.name.clone(),
        tier: customer.tier,
        organization: customer.organization,
        language: customer.language.clone(),
        note: customer.note.clone(),
    }
}

async fn card(team: &Team, actor: &Actor, customer: CustomerId) -> Result<CustomerCard, DeskError> {
    team.desk
        .ask(
            actor,
            CustomerCards {
                customer,
                ticket: None,
            },
        )
        .await
}

async fn page(
    team: &Team,
    actor: &Actor,
    search: &str,
    stretch: Stretch<CustomerId>,
) -> CustomersShown {
    let query = CustomersPage {
        search: search.to_owned(),
        stretch,
    };
    team.desk.ask(actor, query).await.unwrap()
}

fn names(shown: &CustomersShown) -> Vec<&str> {
    shown
        .page
        .rows
        .iter()
        .map(|row| row.customer.name.as_str())
        .collect()
}

#[tokio::test]
async fn who_writes_twice_is_one_customer_and_keeps_their_name() {
    let (team, olga) = Team::of_olga().await;
    let first = writes(&team, "amira@haddad.example", "").await;
    let named = writes(&team, "Amira@Haddad.example", "Amira\r\nBcc: all Haddad").await;
    assert_eq!(named.id, first.id);
    assert_eq!(named.name, "Amira Bcc: all Haddad");
    let other = writes(&team, "amira@haddad.example", "Somebody Else").await;
    assert_eq!(
        other.name, "Amira Bcc: all Haddad",
        "an address says nothing about who it was"
    );
    let shown = card(&team, &olga, first.id).await.unwrap();
    assert_eq!(shown.identities.len(), 1);
    assert!(!shown.identities[0].verified);
    let kinds = team.happened(first.id.subject()).await;
    assert_eq!(kinds, ["customer.added", "customer.named"]);
}

#[tokio::test]
async fn the_tier_of_the_organization_counts_until_a_customer_has_their_own() {
    let (team, olga) = Team::of_olga().await;
    let run_tier = async |name: &str, rank| {
        team.desk
            .run(
                &olga,
                AddTier {
                    name: name.to_owned(),
                    rank,
                },
            )
            .await
            .unwrap()
    };
    let (club, regular) = (run_tier("Club", 1).await, run_tier("Regular", 2).await);
    let cafe = AddOrganization {
        name: "Café Mole".to_owned(),
        tier: Some(club),
    };
    let cafe = team.desk.run(&olga, cafe).await.unwrap();
    let customer = writes(&team, "jo@mole.example", "Jo").await;
    assert_eq!(card(&team, &olga, customer.id).await.unwrap().tier, None);

    let mut joins = change(&customer);
    joins.organization = Some(cafe);
    joins.language = Some("de".to_owned());
    team.desk.run(&olga, joins.clone()).await.unwrap();
    let tier_of = async || {
        card(&team, &olga, customer.id)
            .await
            .unwrap()
            .tier
            .unwrap()
            .name
    };
    assert_eq!(tier_of().await, "Club");
    joins.tier = Some(regular);
    team.desk.run(&olga, joins.clone()).await.unwrap();
    assert_eq!(tier_of().await, "Regular");

    joins.language = Some("not a tag".to_owned());
    assert!(matches!(
        team.desk.run(&olga, joins).await,
        Err(DeskError::Invalid(_))
    ));
}

#[tokio::test]
async fn a_customer_is_found_by_what_the_name_address_or_company_begins_with() {
    let (team, olga) = Team::of_olga().await;
    writes(&team, "zoe@post.example", "Zoë Müller").await;
    let jo = writes(&team, "jo.baker@mole.example", "Jo Baker").await;
    writes(&team, "joan@post.example", "Joan of Arc").await;
    let cafe = AddOrganization {
        name: "Café Mole".to_owned(),
        tier: None,
    };
    let cafe = team.desk.run(&olga, cafe).await.unwrap();
    let mut joins = change(&jo);
    joins.organization = Some(cafe);
    team.desk.run(&olga, joins).await.unwrap();

    for (search, found) in [
        ("zoe", &["Zoë Müller"][..]),
        ("MULL zo", &["Zoë Müller"]),
        ("jo", &["Jo Baker", "Joan of Arc"]),
        ("jo bak", &["Jo Baker"]),
        ("cafe", &["Jo Baker"]),
        ("joan@post", &["Joan of Arc"]),
        ("post", &["Joan of Arc", "Zoë Müller"]),
        ("nobody", &[]),
        ("%", &[]),
        ("' or 1=1 --", &[]),
    ] {
        assert_eq!(
            names(&page(&team, &olga, search, Stretch::Top).await),
            found,
            "{search:?}"
        );
    }
    let rename = ChangeOrganization {
        organization: cafe,
        name: "Kontor".to_owned(),
        tier: None,
    };
    team.desk.run(&olga, rename).await.unwrap();
    assert_eq!(
        names(&page(&team, &olga, "kontor", Stretch::Top).await),
        ["Jo Baker"]
    );
    assert!(names(&page(&team, &olga, "cafe", Stretch::Top).await).is_empty());
}

#[tokio::test]
async fn the_list_goes_by_name_page_by_page_and_shows_everybody_once() {
    let (team, olga) = Team::of_olga().await;
    for number in 0..60 {
        let add = AddCustomer {
            name: format!("Customer {:02}", number / 2),
            email: format!("c{number}@post.example"),
        };
        team.desk.run(&olga, add).await.unwrap();
    }
    writes(&team, "e@post.example", "Élodie").await;
    writes(&team, "a@post.example", "anton").await;
    let top = page(&team, &olga, "", Stretch::Top).await;
    assert!(!top.stopped);
    let first = top.page;
    assert_eq!(first.rows.len(), 50);
    assert_eq!(first.rows[0].customer.name, "anton");
    let stretch = Stretch::After(first.next.unwrap());
    let second = page(&team, &olga, "", stretch).await.page;
    assert_eq!(second.next, None);
    assert_eq!(second.rows.last().unwrap().customer.name, "Élodie");
    let stretch = Stretch::Before(second.previous.unwrap());
    assert_eq!(page(&team, &olga, "", stretch).await.page, first);
    let mut ids: Vec<_> = first
        .rows
        .iter()
        .chain(&second.rows)
        .map(|row| row.customer.id)
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 62);
    let many = page(&team, &olga, "customer", Stretch::Top).await;
    assert!(many.stopped && many.page.next.is_none());
}

#[tokio::test]
async fn an_address_belongs_to_one_customer() {
    let (team, olga) = Team::of_olga().await;
    let amira = writes(&team, "amira@haddad.example", "Amira").await;
    let jo = writes(&team, "jo@mole.example", "Jo").await;
    let add = |customer: CustomerId, kind, value: &str| AddIdentity {
        customer,
        kind,
        value: value.to_owned(),
    };
    let phone = add(amira.id, IdentityKind::Phone, "+49 30 12 34 56");
    let number = team.desk.run(&olga, phone.clone()).await.unwrap();
    assert_eq!(
        team.desk.run(&olga, phone).await.unwrap(),
        number,
        "twice is once"
    );
    let error = team
        .desk
        .run(&olga, add(jo.id, IdentityKind::Phone, "+49(30)123456"))
        .await
        .unwrap_err();
    assert!(
        matches!(error, DeskError::Conflict(Conflict::Taken(_))),
        "{error}"
    );
    for (kind, odd) in [
        (IdentityKind::Phone, "call me"),
        (IdentityKind::Email, "jo@"),
    ] {
        assert!(matches!(
            team.desk.run(&olga, add(jo.id, kind, odd)).await,
            Err(DeskError::Invalid(_))
        ));
    }
    team.desk
        .run(&olga, add(jo.id, IdentityKind::Email, "jo@home.example"))
        .await
        .unwrap();
    assert_eq!(writes(&team, "jo@home.example", "").await.id, jo.id);
    let known = AddCustomer {
        name: "Jo".to_owned(),
        email: "JO@home.example".to_owned(),
    };
    assert!(matches!(
        team.desk.run(&olga, known).await,
        Err(DeskError::Conflict(_))
    ));
}

#[tokio::test]
async fn who_may_not_see_every_ticket_learns_no_counts_and_a_collaborator_no_customers() {
    let (team, olga) = Team::of_olga().await;
    let amira = writes(&team, "amira@haddad.example", "Amira").await;
    let (_, emil) = team.join("Emil", team.role("collaborator").await).await;
    assert!(matches!(
        card(&team, &emil, amira.id).await,
        Err(DeskError::NotAllowed(_))
    ));
    let query = CustomersPage::default();
    assert!(matches!(
        team.desk.ask(&emil, query).await,
        Err(DeskError::NotAllowed(_))
    ));
    let rename = change(&amira);
    assert!(matches!(
        team.desk.run(&emil, rename).await,
        Err(DeskError::NotAllowed(_))
    ));
    assert!(
        card(&team, &olga, amira.id)
            .await
            .unwrap()
            .tickets
            .is_some()
    );
    let missing = card(&team, &olga, CustomerId(999)).await;
    assert!(matches!(missing, Err(DeskError::NotFound("customer"))));
}
