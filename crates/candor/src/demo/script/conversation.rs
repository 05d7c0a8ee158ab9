//! The shapes that a ticket's life takes.
//!
//! Owns: which step follows which, and after how long. Must not know: the sentences.

use super::hours::{DAY, HOUR};
use super::library::Section;
use super::plot::{Case, Fate};
use super::talk::Talk;
use candor_domain::ticket::{AfterSend, Status, Urgency};

/// Days after which a solved ticket closes by itself.
const CLOSES_AFTER: i64 = 7 * DAY;

/// Plays one ticket to the end of its life, or of the script.
pub(super) fn play(case: &Case, talk: &mut Talk) {
    talk.open();
    match case.fate {
        Fate::Spam => {
            talk.work(25);
            talk.spam();
        }
        Fate::Open => stay_open(talk),
        Fate::Waiting => {
            first_answer(talk, AfterSend::Wait);
        }
        Fate::OnHold => {
            first_answer(talk, AfterSend::Open);
            talk.work(4);
            talk.move_to(Status::OnHold);
        }
        Fate::BrokenMacro => broken_macro(talk),
        Fate::Together { answered } => together(talk, answered),
        Fate::Natural => natural(talk),
    }
}

fn first_answer(talk: &mut Talk, then: AfterSend) {
    let mean = match talk.urgency() {
        Urgency::Urgent => 24,
        Urgency::Normal => 95,
        Urgency::CanWait => 210,
    };
    let minutes = 4 + talk.random().around(mean);
    let before = talk.at;
    if minutes > 240 && talk.is_urging() && talk.random().chance(45) {
        let hours = talk.random().between(3, 6);
        talk.rest(hours);
        talk.says(Section::Chase);
    }
    talk.at = before.max(talk.at);
    talk.work(minutes);
    talk.sort();
    if talk.random().chance(17) {
        talk.note();
    }
    let minutes = talk.random().around(7);
    talk.work(minutes);
    talk.reply(then);
}

fn natural(talk: &mut Talk) {
    match talk.random().weighted(&[43, 27, 21, 9]) {
        0 => {
            first_answer(talk, AfterSend::Solve);
            if !talk.is_solved() {
                ask_on(talk, 20); // the answer was a question
                finish(talk, 60);
            }
        }
        1 => {
            first_answer(talk, AfterSend::Wait);
            finish(talk, 80);
        }
        2 => {
            first_answer(talk, AfterSend::Wait);
            ask_on(talk, 30);
            finish(talk, 55);
        }
        _ => {
            first_answer(talk, AfterSend::Wait);
            ask_on(talk, 20);
            ask_on(talk, 26);
            finish(talk, 75);
        }
    }
    if talk.random().chance(6) {
        come_back(talk);
    }
    close(talk);
}

fn ask_on(talk: &mut Talk, within_hours: i64) {
    let hours = talk.random().around(within_hours / 3);
    talk.rest(hours);
    talk.turn(Section::Turn);
}

/// The customer thanks, or stays silent; then it is solved.
fn finish(talk: &mut Talk, thanks: u32) {
    if talk.random().chance(thanks) {
        let hours = talk.random().around(9);
        talk.rest(hours);
        talk.wait_for_parcel();
        talk.says(Section::Thanks);
        let minutes = 5 + talk.random().around(60);
        talk.work(minutes);
    } else {
        let days = talk.random().between(3, 5);
        talk.rest(days * 24);
        talk.work(30);
    }
    talk.move_to(Status::Solved);
}

fn come_back(talk: &mut Talk) {
    let hours = talk.random().between(14, 70);
    talk.rest(hours);
    if talk.turn(Section::Again) {
        finish(talk, 60);
    }
}

fn close(talk: &mut Talk) {
    talk.at += CLOSES_AFTER;
    talk.move_to(Status::Closed);
}

/// Nobody answered yet, or the customer asked on not long ago.
fn stay_open(talk: &mut Talk) {
    let age = talk.end() - talk.at;
    if age < 30 * HOUR {
        if talk.random().chance(45) {
            let minutes = 5 + talk.random().around(60);
            talk.work(minutes);
            talk.sort();
            if talk.random().chance(40) {
                talk.note();
            }
        }
        return;
    }
    first_answer(talk, AfterSend::Wait);
    let newest = talk.end() - talk.random().between(3_600, 26 * HOUR);
    talk.at = talk.by_day(newest).max(talk.at + HOUR);
    talk.turn_unanswered();
}

/// Ben's template goes out with its placeholders; the customer wonders.
fn broken_macro(talk: &mut Talk) {
    talk.work(500);
    talk.sort();
    talk.broken_reply();
    let hours = talk.random().around(8);
    talk.rest(hours);
    if talk.turn(Section::Macro) {
        finish(talk, 70);
    }
    close(talk);
}

/// Many tickets about one fault: each is answered and held, then all get one answer.
fn together(talk: &mut Talk, answered: i64) {
    first_answer(talk, AfterSend::Open);
    if talk.at < answered {
        talk.work(3);
        talk.move_to(Status::OnHold);
        talk.at = answered;
        talk.mass_reply();
        if talk.random().chance(80) {
            ask_on(talk, 40);
        }
    }
    finish(talk, 60);
    close(talk);
}
