//! The address of the desk and its certificate.
//!
//! Owns: the page, the words for what is wrong, and the notice on other pages. Must not know: TLS.

use super::Place;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::part::{ActionButton, Chip, Notice, Row, Rows, Tone};
use crate::route::RouteBook;
use crate::state::App;
use candor_desk::DeskError;
use candor_desk::certificate::{
    CertificateAlarm, CertificateAlarms, CertificateFailure, CertificateOf, CertificateSource,
    CertificateState, TryCertificateAgain,
};
use candor_domain::permission::Permission;

const PATH: &str = "/settings/certificate";

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Certificate.admission();
    book.get(PATH, may, show)
        .post("/settings/certificate/try", may, try_again);
}

/// What those who look after the desk are told, on whichever page, while the certificate is in
/// danger.
pub(super) async fn alert(page: &Page) -> Result<Option<Notice>, DeskError> {
    if !page.may(Permission::ManageOutgoing) {
        return Ok(None);
    }
    let found = page.ask(CertificateAlarms).await?;
    Ok(found.map(|(alarm, state)| {
        let mut words = vec![alarm_words(&page.t, alarm)];
        words.extend(state.failure.iter().map(|own| failure_words(&page.t, own)));
        Notice::new(words.join(" "), Tone::Bad)
    }))
}

fn alarm_words(t: &Texts, alarm: CertificateAlarm) -> String {
    match alarm {
        CertificateAlarm::NoneYet => t.get("certificate-none-yet"),
        CertificateAlarm::Ended(at) => t.arg("certificate-ended", "when", t.date(at)),
        CertificateAlarm::NotRenewed(at) => t.arg("certificate-not-renewed", "when", t.date(at)),
        CertificateAlarm::EndsSoon(at) => t.arg("certificate-ends-soon", "when", t.date(at)),
    }
}

/// Why there is no new certificate, in words that lead to what can be done.
fn failure_words(t: &Texts, failure: &CertificateFailure) -> String {
    let id = match failure.id.as_str() {
        "acme-failure-unreachable" => key("acme-failure-unreachable"),
        "acme-failure-dns" => key("acme-failure-dns"),
        "acme-failure-answer" => key("acme-failure-answer"),
        "acme-failure-caa" => key("acme-failure-caa"),
        "acme-failure-rate" => key("acme-failure-rate"),
        "acme-failure-contact" => key("acme-failure-contact"),
        "acme-failure-name" => key("acme-failure-name"),
        "acme-failure-directory" => key("acme-failure-directory"),
        "acme-failure-no-way" => key("acme-failure-no-way"),
        "acme-failure-not-kept" => key("acme-failure-not-kept"),
        "certificate-failure-kept" => key("certificate-failure-kept"),
        "certificate-failure-files" => key("certificate-failure-files"),
        _ => key("acme-failure-other"),
    };
    let words = t.arg(id, "name", failure.name.as_str());
    if failure.detail.is_empty() {
        return words;
    }
    let said = t.arg("certificate-said", "detail", failure.detail.as_str());
    format!("{words} {said}")
}

async fn show(page: Page) -> PageResult {
    let state = page.ask(CertificateOf).await?;
    let t = &page.t;
    let address = Row::new(page.app.site.absolute("")).below(t.get("certificate-address"));
    let mut rows = vec![address, kept_row(&page, &state)];
    rows.extend(failure_row(t, &state));
    Place::Certificate
        .sheet(&page)
        .await?
        .intro(t.get("certificate-intro"))
        .block(Rows::new("", rows, ""))
        .answer(&page, &Faults::default())
}

/// The certificate that is shown to browsers.
fn kept_row(page: &Page, state: &CertificateState) -> Row {
    let t = &page.t;
    if state.source == CertificateSource::None {
        let words = if page.app.site.is_secure() {
            t.get("certificate-by-proxy")
        } else {
            t.get("certificate-in-the-clear")
        };
        return Row::new(t.get("certificate-none")).below(words);
    }
    let Some(until) = state.until else {
        return Row::new(t.get("certificate-self-made")).below(t.get("certificate-waits"));
    };
    let names = state.names.join(", ");
    let name = if names.is_empty() {
        t.get("certificate-of-files")
    } else {
        t.arg("certificate-for", "names", names)
    };
    let good = until > page.app.desk.now();
    let chip = if good {
        Chip::toned(t.get("certificate-good"), Tone::Good)
    } else {
        Chip::toned(t.get("certificate-over"), Tone::Bad)
    };
    let row = Row::new(name)
        .below(t.arg("certificate-until", "when", t.date(until)))
        .chip(chip);
    match (state.source, state.next_at) {
        (CertificateSource::Files, _) => row.below(t.get("certificate-by-hand")),
        (_, Some(at)) if state.failure.is_none() => {
            row.below(t.arg("certificate-renewed-at", "when", t.date(at)))
        }
        _ => row,
    }
}

/// What went wrong, and the way to try again.
fn failure_row(t: &Texts, state: &CertificateState) -> Option<Row> {
    let failure = state.failure.as_ref()?;
    let mut row = Row::new(t.arg("certificate-fails", "when", t.moment(failure.since)))
        .below(failure_words(t, failure))
        .chip(Chip::toned(t.get("certificate-trouble"), Tone::Bad));
    if let (CertificateSource::Authority, Some(at)) = (state.source, state.next_at) {
        row = row
            .below(t.arg("certificate-next", "when", t.moment(at)))
            .act(ActionButton::post(
                format!("{PATH}/try"),
                t.get("certificate-try"),
            ));
    }
    Some(row)
}

async fn try_again(page: Page) -> PageResult {
    page.run(TryCertificateAgain).await?;
    Ok(page.lead_to(PATH, None))
}
