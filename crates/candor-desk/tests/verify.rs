//! Damage is named in plain words.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

#[path = "support/house.rs"]
mod house;

use candor_desk::DeskError;
use candor_desk::seal::{CHECKPOINT_FILE, seal_new};
use candor_desk::ticket::{ChangeTicket, WriteNote};
use candor_desk::verify::{Report, verify};
use candor_domain::actor::Actor;
use candor_domain::message::Channel;
use candor_domain::text::StaffText;
use candor_domain::ticket::{Change, Status};
use house::{HELP, House, mail};

const KIM: &str = "Kim Weber <kim@post.example>";

/// A shop with a lived-in history, sealed.
async fn lived_in() -> House {
    let house = House::new().await;
    for number in 1..=3 {
        let text = mail(
            KIM,
            &format!("{number}@post.example"),
            "Late parcel",
            "Where is it?",
        );
        house.deliver(&[HELP], &text).await;
    }
    let tickets = house.tickets().await;
    house.reply(tickets[0].id, "It left today.").await;
    let note = WriteNote {
        files: Vec::new(),
        ticket: tickets[0].id,
        body: StaffText::new("Call the carrier."),
        channel: Channel::Desk,
    };
    house.desk.run(&house.lena, note).await.unwrap();
    let hold = Change::Status(Status::OnHold);
    let hold = ChangeTicket {
        ticket: tickets[1].id,
        change: hold,
        version: None,
    };
    house.desk.run(&house.lena, hold).await.unwrap();
    house.run_jobs().await;
    seal(&house).await;
    house
}

async fn seal(house: &House) -> usize {
    house.sequenced().await;
    seal_new(&house.desk).await.unwrap()
}

async fn check(house: &House) -> Report {
    verify(&house.desk, &Actor::System, |_| {}).await.unwrap()
}

async fn findings(house: &House) -> Vec<String> {
    check(house)
        .await
        .findings
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[tokio::test]
async fn a_history_that_nobody_touched_is_clean() {
    let house = lived_in().await;
    let report = check(&house).await;
    assert_eq!(report.findings, []);
    assert!(
        report.entries >= 10 && report.sealed == report.entries,
        "{report:?}"
    );
    assert!(report.rows > 10);
}

#[tokio::test]
async fn odd_characters_in_a_mail_are_no_damage() {
    let house = House::new().await;
    let text = mail(
        "K\0im \u{1}<kim@post.example>",
        "1@post.example",
        "A\0B",
        "nul \0 and \u{fffd} 𝒳",
    );
    house.deliver(&[HELP], &text).await;
    assert_eq!(house.messages(house.only_ticket().await.id).await.len(), 1);
    assert_eq!(findings(&house).await, [""; 0]);
}

#[tokio::test]
async fn an_empty_desk_is_clean_before_anything_is_sealed() {
    let house = House::new().await;
    let report = check(&house).await;
    assert_eq!(report.findings, []);
    assert_eq!(report.sealed, 0);
}

#[tokio::test]
async fn an_edited_ticket_is_named_with_what_differs() {
    let house = lived_in().await;
    house
        .tamper("update ticket set status = 'solved', place = 3 where id = 2")
        .await;
    assert_eq!(
        findings(&house).await,
        ["ticket 2: status is solved, the history says on_hold (last entry of 15 January 2027)"]
    );
}

#[tokio::test]
async fn an_edited_text_is_named_with_its_ticket() {
    let house = lived_in().await;
    house
        .tamper("update message set body = 'All is well.' where id = 1")
        .await;
    assert_eq!(
        findings(&house).await,
        [
            "message 1 of ticket 1: the text, the sender, the recipients or a file are not what the \
          history vouches for (last entry of 15 January 2027)"
        ]
    );
}

#[tokio::test]
async fn an_edited_right_setting_or_customer_is_named() {
    for (sql, start) in [
        (
            "delete from role_grant where role_id = 4 and permission = 'tickets.note'",
            "role 4: grants is",
        ),
        (
            "update person set email = 'eve@else.example'",
            "person 1: the name or the address is not",
        ),
        (
            "update person set role_id = 2",
            "person 1: role is 2, the history says 1",
        ),
        (
            "update identity set value = 'eve@else.example'",
            "identity 1: the address is not",
        ),
        (
            "update customer set name = 'Eve'",
            "customer 1: the name, the language or the note is not",
        ),
        (
            "update mailbox set address = 'x@else.example'",
            "mailbox 1: address is x@else.example",
        ),
        (
            "update brand set name = 'Else'",
            "brand 1: name is Else, the history says Harbour & Pine",
        ),
        (
            "update team set name = 'Else'",
            "team 1: name is Else, the history says Support",
        ),
    ] {
        let house = lived_in().await;
        house.tamper(sql).await;
        let found = findings(&house).await;
        assert!(
            found.len() == 1 && found[0].starts_with(start),
            "{sql}: {found:?}"
        );
    }
}

#[tokio::test]
async fn a_deleted_row_is_named() {
    let house = lived_in().await;
    let note = house
        .count("select id from message where kind = 'note'")
        .await;
    house.tamper("delete from search_doc where message_id in (select id from message where kind = 'note')").await;
    house
        .tamper("delete from message where kind = 'note'")
        .await;
    assert_eq!(
        findings(&house).await,
        [format!(
            "message {note} of ticket 1: the history knows it, but it is gone from the database \
             (last entry of 15 January 2027)"
        )]
    );
}

#[tokio::test]
async fn a_row_that_no_entry_made_is_named() {
    let house = lived_in().await;
    house
        .tamper("insert into team (id, name) values (77, 'Ghosts')")
        .await;
    assert_eq!(
        findings(&house).await,
        ["team 77: it is in the database, but no entry of the history made it"]
    );
}

#[tokio::test]
async fn an_edited_entry_breaks_its_code_and_the_seal() {
    let house = lived_in().await;
    house
        .tamper("update journal set actor = 'person:99' where position = 3")
        .await;
    let found = findings(&house).await;
    assert!(
        found[0].starts_with("entry 3: it was changed or made behind the desk's back"),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|line| line.contains("is not what was sealed")),
        "{found:?}"
    );
}

#[tokio::test]
async fn swapped_entries_break_the_seal() {
    let house = lived_in().await;
    for sql in [
        "update journal set position = 1000 where position = 4",
        "update journal set position = 4 where position = 5",
        "update journal set position = 5 where position = 1000",
    ] {
        house.tamper(sql).await;
    }
    let found = findings(&house).await;
    assert!(
        found
            .iter()
            .any(|line| line.contains("is not what was sealed")),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_missing_entry_is_named() {
    let house = lived_in().await;
    house.tamper("delete from journal where position = 5").await;
    let found = findings(&house).await;
    assert!(
        found.contains(&"history: entry 5 is missing".to_owned()),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_cut_tail_is_named() {
    let house = lived_in().await;
    house
        .tamper("delete from journal where position >= (select max(position) - 1 from journal)")
        .await;
    let found = findings(&house).await;
    assert!(
        found
            .iter()
            .any(|line| line.contains("entries were cut off")),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_database_that_was_put_back_is_named_by_the_file_beside_it_and_not_sealed_again() {
    let house = lived_in().await;
    let sealed = check(&house).await.sealed;
    house
        .deliver(&[HELP], &mail(KIM, "9@post.example", "More", "More"))
        .await;
    seal(&house).await;
    // Back to the state of the first checkpoint, as a restored copy of the file would be.
    for sql in [
        "delete from checkpoint where size = (select max(size) from checkpoint)",
        "delete from journal where position > (select max(size) from checkpoint)",
        "delete from search_doc where ticket_id = 4",
        "update incoming set message_id = null where message_id in (select id from message where ticket_id = 4)",
        "delete from reading where message_id in (select id from message where ticket_id = 4)",
        "delete from message where ticket_id = 4",
        "delete from conversation where ticket_id = 4",
        "delete from ticket where id = 4",
    ] {
        house.tamper(sql).await;
    }
    let found = findings(&house).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(CHECKPOINT_FILE), "{found:?}");
    assert!(
        found[0].contains(&format!("it ends at entry {sealed}")),
        "{found:?}"
    );

    let refused = seal_new(&house.desk).await;
    assert!(matches!(refused, Err(DeskError::Internal(why)) if why.contains("was put back")));
}

#[tokio::test]
async fn a_forged_checkpoint_is_named() {
    let house = lived_in().await;
    house
        .tamper("update checkpoint set note = replace(note, 'desk', 'disk')")
        .await;
    let found = findings(&house).await;
    assert!(
        found[0].contains("its signature is not by this desk"),
        "{found:?}"
    );

    let house = lived_in().await;
    let path = house.config.data_dir.join(CHECKPOINT_FILE);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("desk", "disk")).unwrap();
    let found = findings(&house).await;
    assert!(found[0].starts_with(CHECKPOINT_FILE), "{found:?}");
}

#[tokio::test]
async fn nothing_new_is_sealed_twice_and_large_histories_are_sealed_in_steps() {
    let house = lived_in().await;
    assert_eq!(seal(&house).await, 0);
    let ticket = house.tickets().await[0].id;
    for _ in 0..1_001 {
        let note = WriteNote {
            files: Vec::new(),
            ticket,
            body: StaffText::new("One more."),
            channel: Channel::Desk,
        };
        house.desk.run(&house.lena, note).await.unwrap();
    }
    assert_eq!(seal(&house).await, 2);
    assert!(check(&house).await.is_clean());
}

#[tokio::test]
async fn the_worker_seals_by_the_clock() {
    let house = House::new().await;
    house.sequenced().await;
    house.worker.run_tasks().await.unwrap();
    let report = check(&house).await;
    assert!(report.sealed > 0 && report.sealed == report.entries);
}

#[tokio::test]
async fn only_those_with_the_right_read_the_history() {
    let house = House::new().await;
    let refused = verify(&house.desk, &Actor::Visitor, |_| {}).await;
    assert!(matches!(refused, Err(DeskError::NotAllowed(_))));
}

#[tokio::test]
async fn bytes_of_files_that_are_gone_or_changed_are_named() {
    let house = House::new().await;
    let with_file = "From: kim@post.example\nTo: help@shop.example\nMessage-ID: <f@post.example>\n\
        Subject: Mug\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
        --b\nContent-Type: text/plain\n\nSee.\n--b\nContent-Type: text/plain\n\
        Content-Disposition: attachment; filename=mug.txt\n\nbroken\n--b--\n";
    house.deliver(&[house::HELP], with_file).await;
    let ticket = house.only_ticket().await.id;
    let file = house.files(ticket).await.remove(0);
    let whole = check(&house).await;
    assert!(whole.is_clean() && whole.files >= 2, "{whole:?}");

    let change = "update blob_bytes set bytes = $2 where hash = $1";
    house.tamper_blob(change, &file.blob, Some(b"other")).await;
    let place = format!("file {} of ticket {ticket}", file.id);
    let found = findings(&house).await;
    assert_eq!(
        found,
        [format!("{place}: its content is not what was stored")]
    );
    let remove = "delete from blob_bytes where hash = $1";
    house.tamper_blob(remove, &file.blob, None).await;
    assert_eq!(
        findings(&house).await,
        [format!("{place}: its content is gone")]
    );
}
