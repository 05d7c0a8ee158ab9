//! Turning the pages of a list, there and back.

use candor_desk::intake::{Envelope, receive};
use candor_testkit::TestDesk;
use jiff::ToSpan;

/// The address of the link with this relation.
fn link(html: &str, relation: &str) -> Option<String> {
    let end = html.find(&format!("\" rel=\"{relation}\""))?;
    let href = html[..end].rsplit("href=\"").next()?;
    Some(href.replace("&#38;", "&"))
}

#[tokio::test]
async fn the_inbox_leads_to_older_tickets_and_back() {
    let desk = TestDesk::new().await;
    for number in 0..101 {
        let subject = format!("Case {number:03}");
        desk.mail("amira@customer.example", &subject, "Hi").await;
        desk.clock.advance(1.minute());
    }
    let mut ayla = desk.browser("ayla").await;
    let first = ayla.get("/inbox").await.text();
    assert!(first.contains("Case 100") && first.contains("Case 051"));
    assert_eq!(link(&first, "prev"), None);
    let second = ayla.get(&link(&first, "next").unwrap()).await.text();
    assert!(second.contains("Case 050") && second.contains("Case 001"));
    let third = ayla.get(&link(&second, "next").unwrap()).await.text();
    assert!(third.contains("Case 000") && link(&third, "next").is_none());
    let back = ayla.get(&link(&third, "prev").unwrap()).await.text();
    assert!(back.contains("Case 050") && back.contains("Case 001"));
    assert!(!back.contains("Case 000") && !back.contains("Case 051"));
    let top = ayla.get(&link(&back, "prev").unwrap()).await.text();
    assert!(top.contains("Case 100") && link(&top, "prev").is_none());
}

#[tokio::test]
async fn every_job_that_gave_up_has_its_page() {
    let desk = TestDesk::new().await;
    desk.doomed_job("first-of-all").await;
    for _ in 0..49 {
        desk.doomed_job("in-between").await;
    }
    desk.doomed_job("last-of-all").await;
    desk.run_jobs().await;
    let mut mara = desk.browser("mara").await;
    let first = mara.get("/settings/jobs").await.text();
    assert!(first.contains("last-of-all") && !first.contains("first-of-all"));
    let second = mara.get(&link(&first, "next").unwrap()).await.text();
    assert!(second.contains("first-of-all") && !second.contains("in-between"));
    let back = mara.get(&link(&second, "prev").unwrap()).await.text();
    assert!(back.contains("last-of-all") && link(&back, "prev").is_none());
}

#[tokio::test]
async fn every_quarantined_mail_has_its_page() {
    let desk = TestDesk::new().await;
    for number in 0..51 {
        let envelope = Envelope {
            via: "smtp".to_owned(),
            mail_from: format!("stray{number:02}@customer.example"),
            recipients: vec!["nobody@shop.example".to_owned()],
        };
        let raw = format!("Message-ID: <{number}@x>\r\n\r\nHi\r\n");
        let stored = receive(&desk.desk, &envelope, raw.into_bytes()).await;
        stored.unwrap();
    }
    desk.run_jobs().await;
    let mut mara = desk.browser("mara").await;
    let first = mara.get("/settings/quarantine").await.text();
    assert!(first.contains("stray50") && !first.contains("stray00"));
    let second = mara.get(&link(&first, "next").unwrap()).await.text();
    assert!(second.contains("stray00") && !second.contains("stray01"));
    let back = mara.get(&link(&second, "prev").unwrap()).await.text();
    assert!(back.contains("stray50") && link(&back, "prev").is_none());
}
