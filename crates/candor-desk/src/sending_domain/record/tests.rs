use super::*;

fn found(texts: &[&str]) -> Sight {
    Sight::Found(texts.iter().map(|text| (*text).to_owned()).collect())
}

fn look(key: &[&str], domain: &[&str], rule: &[&str], servers: &[&str]) -> Look {
    Look {
        key: found(key),
        domain: found(domain),
        rule: found(rule),
        servers: found(servers),
    }
}

fn wanted(relay: Option<&'static str>) -> Wanted<'static> {
    Wanted {
        domain: "shop.example",
        key: Some(("candor-1", "AAAA")),
        relay,
        reports_to: "help@shop.example",
    }
}

fn states(relay: Option<&'static str>, look: Option<&Look>) -> Vec<RecordState> {
    let records = records(&wanted(relay), look).into_iter();
    records.map(|record| record.state).collect()
}

fn spf(relay: &'static str, texts: &[&str]) -> (RecordState, String) {
    let look = look(&[], texts, &[], &[]);
    let record = servers(&wanted(Some(relay)), Some(&look.domain));
    (record.state, record.wanted)
}

#[test]
fn everything_that_stands_as_it_should_is_good() {
    let look = look(
        &["v=DKIM1; k=rsa; p=AA AA"],
        &["google-site=1", "v=spf1 include:_spf.google.com ~all"],
        &["v=DMARC1; p=reject"],
        &["mx.shop.example"],
    );
    let all_good = vec![RecordState::Good; 4];
    assert_eq!(states(Some("smtp.gmail.com"), Some(&look)), all_good);
}

#[test]
fn nothing_is_said_about_what_nobody_looked_at_or_answered() {
    assert_eq!(states(None, None), vec![RecordState::NotLooked; 4]);
    let silent = Look {
        key: Sight::NoAnswer,
        domain: Sight::NoAnswer,
        rule: Sight::NoAnswer,
        servers: Sight::NoAnswer,
    };
    assert_eq!(states(None, Some(&silent)), vec![RecordState::NoAnswer; 4]);
}

#[test]
fn a_key_of_somebody_else_is_not_ours() {
    assert_eq!(
        key_state("AAAA", &found(&["v=DKIM1; p=BBBB"])),
        RecordState::Other
    );
    assert_eq!(
        key_state("AAAA", &found(&["v=DKIM1; p=AAAAB"])),
        RecordState::Other
    );
    assert_eq!(key_state("AAAA", &found(&[])), RecordState::Missing);
    let two = found(&["v=DKIM1; p=AAAA", "v=DKIM1; p=BBBB"]);
    assert_eq!(key_state("AAAA", &two), RecordState::TwoOfThem);
}

#[test]
fn the_list_of_servers_keeps_what_stands_there() {
    assert_eq!(
        spf("smtp.gmail.com", &["v=spf1 mx a:www.shop.example -all"]),
        (
            RecordState::Other,
            "v=spf1 include:_spf.google.com mx a:www.shop.example -all".to_owned()
        )
    );
    assert_eq!(
        spf("smtp.office365.com", &[]),
        (
            RecordState::Missing,
            "v=spf1 include:spf.protection.outlook.com ~all".to_owned()
        )
    );
}

#[test]
fn two_lists_count_as_none_and_a_strange_server_is_not_judged() {
    let two = spf("smtp.gmail.com", &["v=spf1 mx -all", "v=spf1 a -all"]);
    assert_eq!(two.0, RecordState::TwoOfThem);
    let strange = spf(
        "mail.hoster.example",
        &["v=spf1 include:hoster.example -all"],
    );
    assert_eq!(strange.0, RecordState::Unsure);
    // A server whose name merely ends like a large one's is not that provider's.
    let lookalike = spf("notgmail.com", &["v=spf1 -all"]);
    assert_eq!(lookalike.0, RecordState::Unsure);
}
