use super::*;
use crate::parse;

const INVITE: &str = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n\
    BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n\
    UID:7@b.example\r\nSUMMARY:Fitting\\, part 2\r\n  of three\r\nLOCATION:Hall 3\\; upstairs\r\n\
    ORGANIZER;CN=\"Lee: Tailor\":MAILTO:lee@b.example\r\n\
    DTSTART;TZID=Europe/Berlin:20261130T090000\r\nDURATION:PT1H30M\r\nRRULE:FREQ=WEEKLY\r\n\
    BEGIN:VALARM\r\nSUMMARY:wake up\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn an_invitation_says_what_when_where_and_who() {
    let found = read(INVITE).unwrap();
    assert_eq!(found.method, InvitationMethod::Request);
    assert_eq!(found.summary, "Fitting, part 2 of three");
    assert_eq!(found.location, "Hall 3; upstairs");
    assert_eq!(
        (found.organiser.as_str(), found.organiser_name.as_str()),
        ("lee@b.example", "Lee: Tailor")
    );
    let written = |moment: &Option<Moment>| moment.as_ref().map(Moment::to_string);
    assert_eq!(
        written(&found.start).as_deref(),
        Some("2026-11-30T09:00:00[Europe/Berlin]")
    );
    assert_eq!(
        written(&found.end).as_deref(),
        Some("2026-11-30T10:30:00[Europe/Berlin]")
    );
    assert!(found.repeats);
}

#[test]
fn whole_days_and_utc_are_told_apart() {
    let event = |start: &str| read(&format!("BEGIN:VEVENT\nDTSTART{start}\nEND:VEVENT")).unwrap();
    let day = event(";VALUE=DATE:20261224").start.unwrap();
    assert_eq!(day.to_string(), "2026-12-24");
    let utc = event(":20261224T180000Z").start.unwrap();
    assert_eq!(utc.to_string(), "2026-12-24T18:00:00[UTC]");
    assert_eq!(event(":nonsense").start, None);
}

#[test]
fn a_mail_with_an_invitation_shows_it() {
    let mail = format!(
        "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\nPlease come.\r\n--x\r\n\
         Content-Type: text/calendar; method=REQUEST\r\n\r\n{INVITE}\r\n--x--\r\n"
    );
    let message = parse(mail.as_bytes()).message;
    assert_eq!(message.text.trim(), "Please come.");
    assert_eq!(message.invitation.unwrap().uid, "7@b.example");
    assert_eq!(message.attachments[0].name, "invite.ics");
    assert!(read("BEGIN:VCALENDAR\nEND:VCALENDAR").is_none());
}
