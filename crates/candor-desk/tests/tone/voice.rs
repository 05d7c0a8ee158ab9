//! Voices: a house has its own, and a mailbox speaks as its brand does.

use super::{AMIRA, DELIGHTED};
use candor_desk::DeskError;
use candor_desk::tone::{
    CheckKind, DropVoice, HousePhrase, KeepVoice, UseVoice, VoicePlace, VoiceProfile, Voices,
    check_draft,
};
use candor_domain::id::TicketId;
use candor_testkit::TestDesk;

const DRAFT: &str = "Hello Amira,\n\nthe parcel unit leaves today and reaches you on \
    Thursday.\n\nBest regards\nAyla";

async fn says_off_voice(kit: &TestDesk, ticket: TicketId) -> bool {
    let ayla = kit.actor("ayla").await;
    let found = check_draft(&kit.desk, &ayla, ticket, DRAFT).await.unwrap();
    let mut hints = found.unwrap().hints.into_iter();
    hints.any(|hint| hint.check == CheckKind::OffVoice && hint.words == "parcel unit")
}

#[tokio::test]
async fn a_voice_of_the_house_speaks_for_its_brand_until_it_is_removed() {
    let kit = TestDesk::new().await;
    let mara = mara(&kit).await;
    let ticket = kit.mail(AMIRA, "Your beans", DELIGHTED).await;
    assert!(!says_off_voice(&kit, ticket).await);

    let profile = VoiceProfile {
        name: "Harbour style".to_owned(),
        phrases: vec![HousePhrase {
            avoid: "parcel unit".to_owned(),
            prefer: "box".to_owned(),
        }],
        ..VoiceProfile::smart_casual()
    };
    let keep = KeepVoice {
        word: None,
        profile,
    };
    let word = kit.desk.run(&mara, keep).await.unwrap();
    let view = kit.desk.ask(&mara, Voices).await.unwrap();
    let brand = VoicePlace::Brand(view.brands[0].0.id);
    let choice = UseVoice {
        place: brand,
        word: word.clone(),
    };
    kit.desk.run(&mara, choice).await.unwrap();
    assert!(says_off_voice(&kit, ticket).await);

    kit.desk.run(&mara, DropVoice { word }).await.unwrap();
    assert!(!says_off_voice(&kit, ticket).await);
    let view = kit.desk.ask(&mara, Voices).await.unwrap();
    assert_eq!(view.brands[0].1, "", "its brand speaks as usual again");
}

#[tokio::test]
async fn an_agent_changes_no_voice_and_nonsense_is_refused() {
    let kit = TestDesk::new().await;
    let keep = |humour| KeepVoice {
        word: None,
        profile: VoiceProfile {
            name: "Loud".to_owned(),
            humour,
            ..VoiceProfile::fun()
        },
    };
    let ayla = kit.actor("ayla").await;
    let refused = kit.desk.run(&ayla, keep(1)).await;
    assert!(
        matches!(refused, Err(DeskError::NotAllowed(_))),
        "{refused:?}"
    );

    let mara = mara(&kit).await;
    let refused = kit.desk.run(&mara, keep(9)).await;
    let Err(DeskError::Invalid(fields)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(fields[0].field, "humour");
}

async fn mara(kit: &TestDesk) -> candor_domain::actor::Actor {
    kit.actor("mara").await
}
