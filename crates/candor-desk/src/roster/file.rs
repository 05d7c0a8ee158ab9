//! One's own shifts for a calendar program.
//!
//! Owns: the query and the iCalendar text (RFC 5545). Must not know: pages.

use super::view::{MyShifts, MyShiftsView};
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::roster::ShiftDay;
use candor_store::Tx;
use jiff::Timestamp;

/// Asks for one's shifts of the next four weeks as iCalendar.
#[derive(Debug, Clone, Copy)]
pub struct MyShiftsFile;

impl Query for MyShiftsFile {
    type Output = String;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<String, DeskError> {
        let mine = MyShiftsView.read(tx, cx)?;
        let brand = tx.brands()?.into_iter().next();
        let shop = brand.map_or_else(String::new, |brand| brand.name);
        Ok(icalendar(&mine, &shop))
    }
}

fn icalendar(mine: &MyShifts, shop: &str) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Candor//Shifts//EN".to_owned(),
        // Programs that subscribe ask again each hour (RFC 7986, section 5.7).
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H".to_owned(),
        "X-PUBLISHED-TTL:PT1H".to_owned(),
    ];
    for day in mine.days.iter().filter(|day| day.away.is_none()) {
        lines.extend(event(mine, day, shop));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.push(String::new());
    lines.join("\r\n")
}

fn event(mine: &MyShifts, day: &ShiftDay, shop: &str) -> [String; 7] {
    let (start, end) = day.span;
    [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}-{}-{}@shifts.candor", mine.me, day.shift, day.date),
        // The same roster gives the same file, so the stamp is the shift's own time.
        format!("DTSTAMP:{}", utc(start)),
        format!("DTSTART:{}", utc(start)),
        format!("DTEND:{}", utc(end)),
        format!("SUMMARY:{}", safe(shop)),
        "END:VEVENT".to_owned(),
    ]
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text of one short line; letters that mean something in the format are taken out.
fn safe(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !c.is_control() && !",;\\".contains(*c));
    kept.take(20).collect()
}
