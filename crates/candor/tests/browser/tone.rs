//! The tone of a reply in a real browser: a joke to somebody who is upset, and to somebody who is
//! delighted.

use crate::desk::{WORDS, deliver, holds, line, log_in, says, set_undo};
use crate::driver::Driver;
use crate::shop::Shop;

const JOKE: &str = "Hello Amira, your bags took a holiday without you, haha! A new box leaves today \
    and reaches you on Thursday. Best regards, Mara";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_joke_to_an_upset_customer_is_made_better_with_one_click_and_a_happy_one_may_laugh() {
    let shop = Shop::open().await;
    let desk = shop.serve().await;
    let driver = Driver::start().unwrap();
    let mara = driver.browser().unwrap();
    log_in(&mara, &desk).unwrap();
    set_undo(&mara, &desk, 60).unwrap();
    deliver(
        &desk,
        "first",
        "Bags missing",
        "This is outrageous. I have been waiting for three weeks and nobody answers. \
         I want my money back now or I will call my lawyer.",
    )
    .await;
    deliver(
        &desk,
        "second",
        "Lovely beans",
        "Thank you so much, the beans are wonderful and the card made my day!",
    )
    .await;

    mara.go(&desk.page("/inbox")).unwrap();
    let upset = format!(
        "{}//*[contains(@class, 'chip')][contains(., 'upset')]",
        line("Bags missing")
    );
    mara.find(&upset).unwrap();
    mara.click(&line("Bags missing")).unwrap();
    mara.find(&holds("composer-ear", "no jokes")).unwrap();
    mara.find(&holds("tone-card", "my lawyer")).unwrap();

    mara.write(WORDS, JOKE).unwrap();
    let hint = "//*[@data-hints-out]//*[contains(@class, 'hint')]";
    mara.find(&format!("{hint}[contains(., 'a joke at a bad moment')]"))
        .unwrap();
    mara.click(&format!("{hint}[contains(., 'joke')]//button[@data-use]"))
        .unwrap();
    mara.find("//*[@data-hints-out][not(contains(., 'joke'))]")
        .unwrap();
    let words = mara
        .run("return document.querySelector('#composer-body').value")
        .unwrap();
    let words = words.as_str().unwrap();
    assert!(
        words.contains("I am sorry that this happened. A new box"),
        "{words}"
    );
    assert!(!words.contains("haha"), "{words}");

    mara.click(&says("Send, then wait")).unwrap();
    mara.find(
        "//*[@id='thread'][contains(., 'A new box leaves today')]//button[contains(., 'Undo')]",
    )
    .unwrap();

    mara.go(&desk.page("/inbox")).unwrap();
    mara.click(&line("Lovely beans")).unwrap();
    mara.find(&holds("composer-ear", "light tone")).unwrap();
    mara.write(WORDS, JOKE).unwrap();
    mara.find("//*[@data-draft-state][contains(., 'Draft kept')]")
        .unwrap();
    mara.click(&says("Send, then wait")).unwrap();
    mara.find("//*[@id='thread'][contains(., 'took a holiday')]//button[contains(., 'Undo')]")
        .unwrap();
    drop(mara);
    desk.kill().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_the_question_stands_on_the_page_and_is_asked_once() {
    let shop = Shop::open().await;
    let desk = shop.serve().await;
    let driver = Driver::start().unwrap();
    let mara = driver.browser().unwrap();
    log_in(&mara, &desk).unwrap();
    deliver(
        &desk,
        "first",
        "Bags missing",
        "This is outrageous. I have been waiting for three weeks and nobody answers me.",
    )
    .await;
    mara.go(&desk.page("/inbox")).unwrap();
    mara.find(&line("Bags missing")).unwrap();
    mara.without_scripts().unwrap();
    mara.go(&desk.page("/inbox")).unwrap();
    mara.click(&line("Bags missing")).unwrap();

    mara.write(WORDS, JOKE).unwrap();
    mara.click(&says("Send, then wait")).unwrap();
    let question = "//*[@role='alert'][contains(., 'Amira is upset')]";
    mara.find(&format!(
        "{question}[contains(., 'I am sorry that this happened.')]"
    ))
    .unwrap();
    mara.click(&format!("{question}//button[contains(., 'Use')]"))
        .unwrap();
    mara.find("//textarea[@id='composer-body'][contains(., 'I am sorry that this happened.')]")
        .unwrap();
    mara.click(&says("Send, then wait")).unwrap();
    mara.find("//*[@id='thread'][contains(., 'I am sorry that this happened.')]//button[contains(., 'Undo')]")
        .unwrap();
    drop(mara);
    desk.kill().await;
}
