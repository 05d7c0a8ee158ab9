//! Signed checkpoints: the shared note vector, and every way in which one must not be believed.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use candor_ledger::{
    Checkpoint, CheckpointError, NoteError, SigningKey, VerifyingKey, leaf_hash, root,
};

const ORIGIN: &str = "desk.example/history";

/// The example of Go's signed-note package, from which the C2SP format comes.
const NEUMANN_SECRET: &str = "810a1402d5146c8d84f2443330f54080ebf98ee17d9c74f6252fc5d5c7283173";
const NEUMANN_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const NEUMANN_TEXT: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n";
const NEUMANN_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn key() -> SigningKey {
    SigningKey::from_bytes(ORIGIN, &[7; 32]).unwrap()
}

fn checkpoint() -> Checkpoint {
    let leaves = [leaf_hash(b"opened"), leaf_hash(b"closed")];
    Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 2,
        root: root(&leaves),
    }
}

#[test]
fn the_shared_note_vector_is_signed_and_opened_byte_for_byte() {
    let secret = hex::decode(NEUMANN_SECRET).unwrap().try_into().unwrap();
    let key = SigningKey::from_bytes("PeterNeumann", &secret).unwrap();
    assert_eq!(key.verifying_key().to_string(), NEUMANN_KEY);
    assert_eq!(key.sign(NEUMANN_TEXT).unwrap(), NEUMANN_NOTE);
    let public = VerifyingKey::parse(NEUMANN_KEY).unwrap();
    assert_eq!(public.open(NEUMANN_NOTE).unwrap(), NEUMANN_TEXT);
}

#[test]
fn a_checkpoint_has_the_published_three_lines() {
    assert_eq!(
        checkpoint().body(),
        "desk.example/history\n2\n68Kq4Pov+rkFV8byZW9VeCd0K3mpyinpq8lnd0naqbg=\n"
    );
}

#[test]
fn a_signed_checkpoint_opens_with_the_published_key() {
    let note = checkpoint().sign(&key()).unwrap();
    let published = key().verifying_key().to_string();
    let public = VerifyingKey::parse(&published).unwrap();
    assert_eq!(Checkpoint::open(&note, &public), Ok(checkpoint()));
}

#[test]
fn a_witness_may_add_its_signature_and_extensions_may_follow() {
    let witness = SigningKey::from_bytes("witness.example", &[9; 32]).unwrap();
    let body = checkpoint().body() + "an extension line\n";
    let note = key().sign(&body).unwrap();
    let line = witness.sign(&body).unwrap();
    let line = line.strip_prefix(&body).unwrap().trim_start();
    for both in [format!("{note}{line}"), note.clone()] {
        assert_eq!(
            Checkpoint::open(&both, key().verifying_key()),
            Ok(checkpoint())
        );
    }
}

#[test]
fn every_flipped_bit_of_a_signed_checkpoint_is_noticed() {
    let note = checkpoint().sign(&key()).unwrap();
    for place in 0..note.len() {
        for bit in 0..8 {
            let mut bytes = note.clone().into_bytes();
            bytes[place] ^= 1 << bit;
            let Ok(bent) = String::from_utf8(bytes) else {
                continue;
            };
            let opened = Checkpoint::open(&bent, key().verifying_key());
            assert!(opened.is_err(), "bit {bit} of byte {place}: {bent}");
        }
    }
}

#[test]
fn another_key_of_the_same_name_is_not_the_log() {
    let other = SigningKey::from_bytes(ORIGIN, &[8; 32]).unwrap();
    let note = checkpoint().sign(&other).unwrap();
    let opened = Checkpoint::open(&note, key().verifying_key());
    assert_eq!(opened, Err(CheckpointError::Note(NoteError::Unsigned)));
}

#[test]
fn a_log_neither_signs_nor_believes_the_checkpoint_of_another_log() {
    let foreign = Checkpoint {
        origin: "other.example".to_owned(),
        ..checkpoint()
    };
    assert_eq!(foreign.sign(&key()), Err(CheckpointError::OtherLog));
    let forced = key().sign(&foreign.body()).unwrap();
    let opened = Checkpoint::open(&forced, key().verifying_key());
    assert_eq!(opened, Err(CheckpointError::OtherLog));
}

#[test]
fn a_body_has_one_spelling_only() {
    let root = "68Kq4Pov+rkFV8byZW9VeCd0K3mpyinpq8lnd0naqbg=";
    for body in [
        String::new(),
        format!("log\n02\n{root}\n"),
        format!("log\n+2\n{root}\n"),
        format!("log\n\n{root}\n"),
        format!("log\n18446744073709551616\n{root}\n"),
        format!("log\n2\n{root}"),
        "log\n2\nLoHO\n".to_owned(),
        format!("log\n2\n{root}\n\n"),
        format!("\n2\n{root}\n"),
    ] {
        let parsed = Checkpoint::parse_body(&body);
        assert_eq!(parsed, Err(CheckpointError::Malformed), "{body:?}");
    }
}

#[test]
fn names_and_texts_that_would_break_the_format_are_refused() {
    for name in ["", "two words", "a+b", "line\nend"] {
        let key = SigningKey::from_bytes(name, &[1; 32]);
        assert_eq!(key.err(), Some(NoteError::BadName), "{name:?}");
    }
    for text in ["no line end", "tab\there\n", ""] {
        assert_eq!(key().sign(text), Err(NoteError::BadText), "{text:?}");
    }
}

#[test]
fn a_published_key_whose_id_does_not_fit_is_refused() {
    let wrong = NEUMANN_KEY.replace("c74f20a3", "c74f20a4");
    assert_eq!(VerifyingKey::parse(&wrong), Err(NoteError::WrongKeyId));
    for text in ["", "a+b", "PeterNeumann+c74f20a3+AA==", "a+b+c+d"] {
        assert_eq!(
            VerifyingKey::parse(text),
            Err(NoteError::BadKey),
            "{text:?}"
        );
    }
}

#[test]
fn the_secret_never_shows_in_debug_output() {
    let shown = format!("{:?}", key());
    assert!(shown.starts_with("SigningKey(desk.example/history+"));
    assert!(!shown.contains("7, 7"));
}
