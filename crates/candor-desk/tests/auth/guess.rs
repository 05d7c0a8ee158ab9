//! Guessing at passwords.

use crate::team::{PASSWORD, Team};
use crate::{OLGA, hashes};
use candor_desk::DeskError;
use candor_desk::auth::{KnownDevice, Password, log_in};
use candor_desk::people::Deactivate;
use jiff::SignedDuration;

fn is_refused(error: &DeskError) -> bool {
    matches!(error, DeskError::Invalid(fields) if fields[0].id == "error-login-refused")
}

#[tokio::test]
async fn a_wrong_password_an_unknown_and_a_left_account_look_and_cost_the_same() {
    let (team, olga) = Team::of_olga().await;
    let (lena, _) = team.join("Lena", team.role("agent").await).await;
    team.desk
        .run(&olga, Deactivate { person: lena })
        .await
        .unwrap();
    for email in [
        OLGA,
        "nobody@harbour.example",
        "lena@harbour.example",
        "no address at all",
    ] {
        let before = hashes(&team.desk);
        let error = team.log_in(email, "a wrong password").await.unwrap_err();
        assert!(is_refused(&error), "{email}: {error}");
        assert_eq!(hashes(&team.desk) - before, 1, "{email}");
    }
}

#[tokio::test]
async fn passwords_that_are_too_short_or_too_long_are_never_hashed() {
    let (team, _) = Team::of_olga().await;
    let before = hashes(&team.desk);
    for text in [
        String::new(),
        "1234567".to_owned(),
        "x".repeat(1025),
        "x".repeat(10_000_000),
    ] {
        assert!(Password::parse(&text).is_err());
    }
    assert!(Password::parse(&"x".repeat(1024)).is_ok());
    assert_eq!(hashes(&team.desk), before);
    assert_eq!(
        format!("{:?}", Password::parse("sesame sesame").unwrap()),
        "Password(..)"
    );
}

#[tokio::test]
async fn guessing_at_one_account_is_slowed_down_before_it_costs_a_hash() {
    let (team, _) = Team::of_olga().await;
    for _ in 0..5 {
        assert!(is_refused(
            &team.log_in(OLGA, "a wrong password").await.unwrap_err()
        ));
    }
    let before = hashes(&team.desk);
    let DeskError::SlowDown {
        retry_after_seconds,
    } = team.log_in(OLGA, PASSWORD).await.unwrap_err()
    else {
        panic!("the sixth try is slowed down, right or wrong");
    };
    assert_eq!(hashes(&team.desk), before);

    team.clock
        .advance(SignedDuration::from_secs(retry_after_seconds.cast_signed()));
    team.log_in(OLGA, PASSWORD).await.unwrap();
    for _ in 0..5 {
        let error = team.log_in(OLGA, "a wrong password").await.unwrap_err();
        assert!(is_refused(&error), "a good login starts afresh: {error}");
    }
}

#[tokio::test]
async fn many_guesses_at_once_do_not_slip_through_together() {
    let (team, _) = Team::of_olga().await;
    let before = hashes(&team.desk);
    let mut guesses = tokio::task::JoinSet::new();
    for number in 0..20 {
        let desk = team.desk.clone();
        let typed = Team::typed(OLGA, &format!("guess number {number}"));
        guesses.spawn(async move { log_in(&desk, typed).await });
    }
    let answers = guesses.join_all().await;
    let slowed = answers
        .iter()
        .filter(|answer| matches!(answer, Err(DeskError::SlowDown { .. })))
        .count();
    assert_eq!(slowed, 15);
    assert_eq!(hashes(&team.desk) - before, 5);
}

#[tokio::test]
async fn one_network_cannot_go_from_account_to_account() {
    let (team, _) = Team::of_olga().await;
    for number in 0..20 {
        let error = team
            .log_in(&format!("p{number}@harbour.example"), PASSWORD)
            .await
            .unwrap_err();
        assert!(is_refused(&error), "{error}");
    }
    let slowed = team
        .log_in("p21@harbour.example", PASSWORD)
        .await
        .unwrap_err();
    assert!(matches!(slowed, DeskError::SlowDown { .. }), "{slowed}");
    let mut elsewhere = Team::typed(OLGA, PASSWORD);
    elsewhere.address = "198.51.100.3".to_owned();
    log_in(&team.desk, elsewhere).await.unwrap();
}

#[tokio::test]
async fn an_own_account_makes_no_room_for_guesses_at_others() {
    let (team, _) = Team::of_olga().await;
    team.join("Mallory", team.role("agent").await).await;
    for number in 0..20 {
        let typed = Team::typed(&format!("p{number}@harbour.example"), PASSWORD);
        if matches!(
            log_in(&team.desk, typed).await,
            Err(DeskError::SlowDown { .. })
        ) {
            panic!("twenty are free");
        }
        if number % 4 == 0 && number < 16 {
            team.log_in("mallory@harbour.example", PASSWORD)
                .await
                .unwrap();
        }
    }
    let slowed = team
        .log_in("p99@harbour.example", PASSWORD)
        .await
        .unwrap_err();
    assert!(matches!(slowed, DeskError::SlowDown { .. }), "{slowed}");
}

#[tokio::test]
async fn guesses_from_elsewhere_do_not_lock_a_known_browser_out() {
    let (team, _) = Team::of_olga().await;
    team.join("Lena", team.role("agent").await).await;
    let known = team.log_in(OLGA, PASSWORD).await.unwrap().device;
    let from = async |email: &str, password: &str, device: Option<&KnownDevice>| {
        let mut typed = Team::typed(email, password);
        typed.device = device.cloned();
        log_in(&team.desk, typed).await
    };
    let slowed = |error: DeskError| {
        assert!(matches!(error, DeskError::SlowDown { .. }), "{error}");
    };
    for _ in 0..5 {
        from(OLGA, "a wrong password", None).await.unwrap_err();
    }
    slowed(from(OLGA, PASSWORD, None).await.unwrap_err());
    let foreign = team
        .log_in("lena@harbour.example", PASSWORD)
        .await
        .unwrap()
        .device;
    for mark in [
        foreign,
        KnownDevice::sent(""),
        KnownDevice::sent(&"A".repeat(43)),
    ] {
        slowed(from(OLGA, PASSWORD, Some(&mark)).await.unwrap_err());
    }
    let again = from(OLGA, PASSWORD, Some(&known)).await.unwrap();
    assert_eq!(again.device, known);
    slowed(from(OLGA, PASSWORD, None).await.unwrap_err());

    for _ in 0..5 {
        from(OLGA, "a wrong password", Some(&known))
            .await
            .unwrap_err();
    }
    slowed(from(OLGA, PASSWORD, Some(&known)).await.unwrap_err());
}
