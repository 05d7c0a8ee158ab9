//! The one question after a request is solved.
//!
//! Owns: its page behind the customer's link. Opening it counts nothing: mail scanners open links
//! too. Must not know: what follows from an answer.

use super::request::{gone, open};
use super::visitor::Visitor;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::{Failure, Faults, FieldFault};
use crate::i18n::{Texts, key};
use crate::layout::PortalFrame;
use crate::page::filled::Filled;
use crate::part::Field;
use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use candor_desk::rating::{RateTicket, RatingView};
use candor_domain::rating::Grade;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/rating.html")]
struct Question {
    frame: PortalFrame,
    t: Texts,
    subject: String,
    action: String,
    back: String,
    /// What stands there instead of the question.
    instead: Option<String>,
    grades: Vec<Choice>,
    fault: Option<String>,
    words: Field,
}

struct Choice {
    value: &'static str,
    words: String,
    chosen: bool,
}

pub(crate) fn grade_key(grade: Grade) -> &'static str {
    match grade {
        Grade::Happy => key("rating-happy"),
        Grade::Fine => key("rating-fine"),
        Grade::Unhappy => key("rating-unhappy"),
    }
}

/// Which answer the link in the mail proposes.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Proposed {
    grade: Option<String>,
}

/// `GET /help/r/{token}/rating`
pub(super) async fn show(
    visitor: Visitor,
    Path(token): Path<String>,
    Query(proposed): Query<Proposed>,
) -> PageResult {
    let grade = proposed.grade.as_deref().and_then(Grade::parse);
    shown(visitor, &token, (grade, ""), &Faults::default()).await
}

/// `POST /help/r/{token}/rating`
pub(super) async fn answer(
    visitor: Visitor,
    Path(token): Path<String>,
    Form(form): Form<Filled>,
) -> PageResult {
    let Some((customer, ticket)) = open(&visitor, &token).await? else {
        return gone(&visitor);
    };
    let words = form.text("words").to_owned();
    let Some(grade) = Grade::parse(form.text("grade")) else {
        let faults = Faults(vec![FieldFault::new("grade", key("rating-choose"))]);
        return shown(visitor, &token, (None, &words), &faults).await;
    };
    let rate = RateTicket {
        ticket,
        grade,
        words: words.clone(),
    };
    match visitor
        .app
        .desk
        .run(&customer, rate)
        .await
        .map_err(Failure::from)
    {
        Ok(counts) => {
            let told = counts.then(|| Flash::new(key("done-rated")));
            let told = told.unwrap_or_else(|| Flash::new(key("done-rated-before")));
            Ok(visitor.lead_to(&format!("/help/r/{token}/rating"), &told))
        }
        Err(Failure::Invalid(faults)) => {
            shown(visitor, &token, (Some(grade), &words), &Faults(faults)).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn shown(
    mut visitor: Visitor,
    token: &str,
    (chosen, words): (Option<Grade>, &str),
    faults: &Faults,
) -> PageResult {
    let Some((customer, ticket)) = open(&visitor, token).await? else {
        return gone(&visitor);
    };
    let view = visitor.app.desk.ask(&customer, RatingView { ticket });
    let view = view.await?;
    visitor.follow(view.language.as_deref(), &view.brand);
    let t = visitor.t.clone();
    let choice = |grade: &Grade| Choice {
        value: grade.as_str(),
        words: t.get(grade_key(*grade)),
        chosen: chosen == Some(*grade),
    };
    let page = Question {
        frame: visitor.frame(t.get("rating-title")),
        subject: t.arg("rating-words", "subject", view.subject.as_str()),
        action: format!("/help/r/{token}/rating"),
        back: format!("/help/r/{token}"),
        instead: match (view.open, view.grade) {
            (true, _) => None,
            (false, Some(_)) => Some(t.get("rating-before")),
            (false, None) => Some(t.get("rating-not-open")),
        },
        grades: Grade::ALL.iter().map(choice).collect(),
        fault: faults.of("grade", &t),
        words: Field::area("words", t.get("rating-own-words"), 4)
            .max_length(2000)
            .value(words)
            .faults(faults, &t),
        t,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    visitor.render(status, &page)
}
