//! Commands, their output and their exit codes.

use crate::shop::Shop;
use candor_store::{Sql, Stretch};
use std::process::Stdio;
use tokio::io::AsyncWriteExt;

#[tokio::test]
async fn a_desk_is_made_once_and_never_made_over() {
    let shop = Shop::open().await;
    let password = shop.data.join("password");
    let path = password.to_str().unwrap();
    let again = [
        "init",
        "--owner-email",
        "eve@other.example",
        "--password-file",
        path,
    ];
    let (code, _, complaint) = shop.run(&again).await;
    assert_eq!(code, 1);
    assert!(
        complaint.contains("an existing one is left as it is"),
        "{complaint}"
    );
}

#[tokio::test]
async fn a_token_is_all_that_its_command_prints_and_a_wrong_scope_is_named() {
    let shop = Shop::open().await;
    let create = [
        "token",
        "create",
        "--person",
        "mara@shop.example",
        "--scope",
    ];
    let (code, token, _) = shop.run(&[&create[..], &["tickets.read"]].concat()).await;
    assert_eq!(code, 0);
    assert!(
        token.starts_with("candor_") && token.trim().lines().count() == 1,
        "{token}"
    );
    let (code, _, complaint) = shop.run(&[&create[..], &["tickets.rea"]].concat()).await;
    assert_eq!(code, 1);
    assert!(
        complaint.contains("there is no scope \"tickets.rea\"; there are: tickets.read"),
        "{complaint}"
    );
}

#[tokio::test]
async fn somebody_is_added_by_a_link_and_a_wrong_role_is_named() {
    let shop = Shop::open().await;
    let (code, link, _) = shop
        .run(&["user", "add", "ayla@shop.example", "--role", "agent"])
        .await;
    assert_eq!(code, 0);
    assert!(link.starts_with("http://127.0.0.1:8080/"), "{link}");
    let (code, _, complaint) = shop
        .run(&["user", "add", "b@shop.example", "--role", "boss"])
        .await;
    assert_eq!(code, 1);
    assert!(
        complaint.contains("there is no role \"boss\"; there are: "),
        "{complaint}"
    );
    let (code, link, _) = shop.run(&["user", "reset-link", "mara@shop.example"]).await;
    assert_eq!(code, 0);
    assert!(link.contains("/reset"), "{link}");
}

#[tokio::test]
async fn a_wrong_variable_stops_the_desk_with_the_right_one() {
    let shop = Shop::open().await;
    let mut check = shop.command(&["check"]);
    let done = check
        .env("CANDOR_PUBLIC_ULR", "https://x.example")
        .output()
        .await
        .unwrap();
    assert_eq!(done.status.code(), Some(1));
    let complaint = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(
        complaint.contains("did you mean CANDOR_PUBLIC_URL?"),
        "{complaint}"
    );
    let (code, fine, _) = shop.run(&["check"]).await;
    assert_eq!(code, 0);
    assert!(fine.starts_with("Configuration: fine."), "{fine}");
}

async fn receive(shop: &Shop, raw: &[u8]) -> i32 {
    let mut command = shop.command(&["mail", "receive", "--to", "help@shop.example"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(raw).await.unwrap();
    drop(stdin);
    child.wait().await.unwrap().code().unwrap_or(-1)
}

#[tokio::test]
async fn a_piped_mail_is_stored_once_and_the_history_stays_clean() {
    let shop = Shop::open().await;
    let mail = b"From: amira@customer.example\r\nTo: help@shop.example\r\nSubject: Hello\r\nMessage-ID: <1@customer.example>\r\n\r\nHi\r\n";
    for _ in 0..3 {
        assert_eq!(receive(&shop, mail).await, 0);
    }
    let desk = shop.desk().await;
    let state = candor_store::intake::IncomingState::Pending;
    let waiting = desk
        .store()
        .read(move |tx| tx.incoming_in_state(state, Stretch::Top, 10))
        .await
        .unwrap();
    assert_eq!(waiting.len(), 1);
    shop.expect_clean_history().await;
}

#[tokio::test]
async fn a_row_edited_behind_the_desks_back_is_named_by_verify() {
    let shop = Shop::open().await;
    let (code, clean, _) = shop.run(&["verify"]).await;
    assert_eq!(code, 0, "{clean}");
    assert!(
        clean.contains("Nothing was removed or changed unseen."),
        "{clean}"
    );
    // Past every verb, as somebody with the database's own tools would.
    let theft = Sql::Same("update mailbox set address = 'thief@other.example'");
    let stolen = shop
        .desk()
        .await
        .store()
        .write(move |tx| tx.execute(theft, &[]))
        .await;
    assert_eq!(stolen.unwrap(), 1);
    let (code, report, _) = shop.run(&["verify"]).await;
    assert_eq!(code, 1);
    assert!(report.contains("mailbox 1"), "{report}");
}
