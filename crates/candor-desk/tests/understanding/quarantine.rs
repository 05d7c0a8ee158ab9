//! Mail that goes in circles, and letting mail in.

use super::KIM;
use crate::house::{HELP, House, answer, mail};
use candor_desk::intake::{QuarantinedMails, ReleaseIncoming, reason};
use candor_desk::{DeskError, Stretch};

async fn reasons(house: &House) -> Vec<String> {
    let stretch = Stretch::Top;
    let asked = house
        .desk
        .ask(&house.lena, QuarantinedMails { stretch })
        .await;
    let rows = asked.unwrap().rows.into_iter();
    rows.map(|mail| mail.reason).collect()
}

#[tokio::test]
async fn a_mail_that_passed_too_many_servers_waits_for_a_person() {
    let house = House::new().await;
    let hops = "Received: from mx by mx\n".repeat(51);
    let text = format!("{hops}{}", mail(KIM, "1@post.example", "Hello", "Hi"));
    let receipt = house.deliver(&[HELP], &text).await;
    assert_eq!(house.tickets().await, []);
    assert_eq!(reasons(&house).await, [reason::TOO_MANY_HOPS]);

    let release = || ReleaseIncoming {
        incoming: receipt.incoming,
    };
    house.desk.run(&house.lena, release()).await.unwrap();
    house.run_jobs().await;
    assert_eq!(house.only_ticket().await.subject, "Hello");
    assert!(matches!(
        house.desk.run(&house.lena, release()).await,
        Err(DeskError::Conflict(_))
    ));
}

#[tokio::test]
async fn a_mail_to_nobody_is_let_in_at_the_first_mailbox() {
    let house = House::new().await;
    let text = mail(KIM, "1@post.example", "Hello", "Hi");
    let receipt = house.deliver(&["old@shop.example"], &text).await;
    assert_eq!(reasons(&house).await, [reason::NO_MAILBOX]);
    let release = ReleaseIncoming {
        incoming: receipt.incoming,
    };
    house.desk.run(&house.lena, release).await.unwrap();
    house.run_jobs().await;
    assert_eq!(house.only_ticket().await.subject, "Hello");
}

#[tokio::test]
async fn our_own_mail_is_known_whatever_way_it_comes_back() {
    let house = House::new().await;
    house
        .deliver(&[HELP], &mail(KIM, "1@post.example", "Hello", "Hi"))
        .await;
    house.reply(house.only_ticket().await.id, "Yes?").await;
    house.run_jobs().await;
    let sent = house.courier.sent().remove(0);
    let instance = sent.message.header("x-desk-instance").unwrap();
    // A gateway gave it another sender and another id, and took the loop mark away.
    let back = answer("gate@post.example", "2@gate.example", "x@y", "Yes?").replacen(
        "\nSubject",
        &format!("\nX-Desk-Instance: {instance}\nSubject"),
        1,
    );
    house.deliver(&[HELP], &back).await;
    assert_eq!(reasons(&house).await, [reason::OWN_MAIL]);
}
