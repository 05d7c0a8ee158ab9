//! What leads decide: absences and swaps.
//!
//! Owns: the steps behind the buttons. Must not know: who hears of it.

use super::{absence, roster};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use axum::extract::{Form, Path};
use candor_desk::roster::{AskForAbsence, AskSwapAgain, DecideAbsence, DecideSwap};
use candor_domain::id::{AbsenceId, PersonId, SwapId};

const BACK: &str = "/staff/roster";

/// `POST /staff/absences`
pub(super) async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    let person = form.value("person").unwrap_or(PersonId(0));
    match page.run(AskForAbsence(absence::read(&form, person))).await {
        Ok(id) => {
            let undo = format!("/shifts/absences/{id}/removal");
            let told = Flash::new(key("done-absence-noted")).with_undo(undo);
            Ok(page.lead_to(BACK, Some(&told)))
        }
        Err(error) => {
            let faults = faults_of(error)?;
            roster::with_absence(&page, &form, &faults).await
        }
    }
}

async fn decided(page: Page, absence: AbsenceId, approve: bool) -> PageResult {
    let decide = DecideAbsence {
        absence,
        approve: Some(approve),
    };
    page.run(decide).await?;
    let undo = format!("/staff/absences/{absence}/question");
    let told = if approve {
        key("done-approved")
    } else {
        key("done-declined")
    };
    Ok(page.lead_to(BACK, Some(&Flash::new(told).with_undo(undo))))
}

/// `POST /staff/absences/{absence}/approval`
pub(super) async fn approve(page: Page, Path(absence): Path<AbsenceId>) -> PageResult {
    decided(page, absence, true).await
}

/// `POST /staff/absences/{absence}/refusal`
pub(super) async fn refuse(page: Page, Path(absence): Path<AbsenceId>) -> PageResult {
    decided(page, absence, false).await
}

/// `POST /staff/absences/{absence}/question`: the decision is taken back.
pub(super) async fn ask_again(page: Page, Path(absence): Path<AbsenceId>) -> PageResult {
    let again = DecideAbsence {
        absence,
        approve: None,
    };
    page.run(again).await?;
    Ok(page.lead_to(BACK, Some(&Flash::new(key("done-roster-taken-back")))))
}

async fn swap_decided(page: Page, swap: SwapId, approve: bool) -> PageResult {
    page.run(DecideSwap { swap, approve }).await?;
    let undo = format!("/staff/swaps/{swap}/question");
    let told = if approve {
        key("done-approved")
    } else {
        key("done-declined")
    };
    Ok(page.lead_to(BACK, Some(&Flash::new(told).with_undo(undo))))
}

/// `POST /staff/swaps/{swap}/approval`
pub(super) async fn approve_swap(page: Page, Path(swap): Path<SwapId>) -> PageResult {
    swap_decided(page, swap, true).await
}

/// `POST /staff/swaps/{swap}/refusal`
pub(super) async fn refuse_swap(page: Page, Path(swap): Path<SwapId>) -> PageResult {
    swap_decided(page, swap, false).await
}

/// `POST /staff/swaps/{swap}/question`: the decision is taken back.
pub(super) async fn ask_swap_again(page: Page, Path(swap): Path<SwapId>) -> PageResult {
    page.run(AskSwapAgain(swap)).await?;
    Ok(page.lead_to(BACK, Some(&Flash::new(key("done-roster-taken-back")))))
}
