//! A real browser walks the product that the real binary serves.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]
#![allow(
    dead_code,
    reason = "the shop is shared with tests that use the rest of it"
)]

#[path = "browser/customer.rs"]
mod customer;
#[path = "browser/desk.rs"]
mod desk;
#[path = "browser/driver.rs"]
mod driver;
#[path = "browser/loop.rs"]
mod first_loop;
#[path = "browser/first_run.rs"]
mod first_run;
#[path = "browser/keyboard.rs"]
mod keyboard;
#[path = "browser/newsletters.rs"]
mod newsletters;
#[path = "browser/nodes.rs"]
mod nodes;
#[path = "browser/pages.rs"]
mod pages;
#[path = "binary/shop.rs"]
mod shop;
#[path = "binary/smtp.rs"]
mod smtp;
#[path = "browser/tone.rs"]
mod tone;
#[path = "browser/tour.rs"]
mod tour;
