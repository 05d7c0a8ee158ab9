//! Tells addresses on the web that mail stopped, or that it flows again.
//!
//! Owns: when it is tried, and again. Must not know: when mail has stopped, what may be reached.

use candor_desk::mail_watch::{Hook, HookTold, HooksToTell};
use candor_desk::{Desk, DeskError};
use candor_domain::actor::Actor;
use candor_post::http::HttpClient;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks where nothing happens, and after an address that did not answer.
const PAUSE: Duration = Duration::from_mins(1);

/// Tells until `stop`.
pub(crate) async fn run(desk: Desk, http: HttpClient, stop: CancellationToken) {
    let mut positions = desk.store().positions();
    while !stop.is_cancelled() {
        let all_told = match tell_all(&desk, &http).await {
            Ok(all_told) => all_told,
            Err(error) => {
                tracing::warn!(%error, "who is to be told of an alarm cannot be read");
                false
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(PAUSE) => {}
            // An address that did not answer has its minute.
            _ = positions.changed(), if all_told => {}
        }
    }
}

/// Whether everybody was told.
async fn tell_all(desk: &Desk, http: &HttpClient) -> Result<bool, DeskError> {
    let mut all_told = true;
    for hook in desk.ask(&Actor::System, HooksToTell).await? {
        match tell(http, &hook).await {
            Ok(()) => {
                let told = HookTold {
                    mailbox: hook.mailbox,
                    what: hook.what,
                };
                desk.run(&Actor::System, told).await?;
            }
            Err(why) => {
                all_told = false;
                let mailbox = hook.mailbox;
                tracing::warn!(%mailbox, why, "an alarm could not be told to its address");
            }
        }
    }
    Ok(all_told)
}

async fn tell(http: &HttpClient, hook: &Hook) -> Result<(), String> {
    let answer = http.tell(&hook.url, &hook.body).await;
    let answer = answer.map_err(|failure| failure.to_string())?;
    if (200..300).contains(&answer.status) {
        Ok(())
    } else {
        Err(format!("it answered {}", answer.status))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use candor_desk::auth::Password;
    use candor_desk::mail_watch::{ChangeWatchSettings, WatchSettings};
    use candor_desk::people::SetUp;
    use candor_post::testing::provider::Provider;
    use candor_store::Tx;
    use candor_store::mail_watch::MailWatch;
    use candor_testkit::Ground;
    use jiff::Timestamp;

    /// A desk whose mailbox fell silent, with an address that is to hear of it.
    async fn silent(hook: &str) -> Ground {
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        let ground = Ground::new("https://desk.shop.example", start).await;
        let password = Password::parse("correct horse battery").unwrap();
        let set_up = SetUp {
            name: "Lena Brandt".to_owned(),
            email: "lena@shop.example".to_owned(),
            password: ground.desk.hash_password(&password).await.unwrap(),
            mailbox: "help@shop.example".to_owned(),
            brand: "Shop".to_owned(),
            language: "en".to_owned(),
            zone: "Europe/Berlin".to_owned(),
        };
        let done = ground.desk.run(&Actor::System, set_up).await.unwrap();
        let mailbox = done.mailbox;
        let settings = WatchSettings {
            addresses: Vec::new(),
            hook: hook.to_owned(),
        };
        let change = ChangeWatchSettings { mailbox, settings };
        ground.desk.run(&Actor::System, change).await.unwrap();
        let kept: Result<(), DeskError> = ground
            .desk
            .store()
            .write(move |tx: &mut Tx<'_>| {
                let mut watch = MailWatch::new(mailbox, start);
                "silence".clone_into(&mut watch.alarm);
                "began".clone_into(&mut watch.hook);
                Ok(tx.keep_mail_watch(&watch)?)
            })
            .await;
        kept.unwrap();
        ground
    }

    #[tokio::test]
    async fn an_address_hears_of_silence_once_it_answers_and_then_no_more() {
        let bell = Provider::start(&[(500, "{}"), (204, "")]).await;
        let ground = silent(&format!("{}/ring", bell.address)).await;
        let http = HttpClient::new("127.0.0.1".parse().unwrap()).unwrap();

        assert!(!tell_all(&ground.desk, &http).await.unwrap());
        assert!(tell_all(&ground.desk, &http).await.unwrap());
        assert!(tell_all(&ground.desk, &http).await.unwrap());

        let asked = bell.asked();
        assert_eq!(asked.len(), 2, "told again after the fault, then no more");
        assert!(asked[1].starts_with("POST /ring "), "{}", asked[1]);
        assert!(
            asked[1].contains(r#""type":"mail.flow_stopped""#),
            "{}",
            asked[1]
        );
    }

    #[tokio::test]
    async fn an_address_inside_the_house_is_not_asked_unless_it_is_allowed() {
        let bell = Provider::start(&[(204, "")]).await;
        let ground = silent(&format!("{}/ring", bell.address)).await;
        let http = HttpClient::new("10.0.0.0/8".parse().unwrap()).unwrap();

        assert!(!tell_all(&ground.desk, &http).await.unwrap());
        assert!(bell.asked().is_empty());
    }
}
