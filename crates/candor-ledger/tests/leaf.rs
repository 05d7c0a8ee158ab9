//! The leaf layout against its published vectors, and its freedom from ambiguity.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use candor_ledger::{Hash, Leaf, commitment, root};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    leaves: Vec<LeafVector>,
    root: String,
    commitments: Vec<CommitmentVector>,
}

#[derive(Deserialize)]
struct LeafVector {
    position: i64,
    at_micros: i64,
    actor: String,
    subject: String,
    kind: String,
    version: i64,
    facts_hash: String,
    content: Option<String>,
    encoded: String,
    mac_input: String,
    leaf_hash: String,
}

#[derive(Deserialize)]
struct CommitmentVector {
    salt: String,
    content: String,
    commitment: String,
}

impl LeafVector {
    fn leaf(&self) -> Leaf<'_> {
        Leaf {
            position: self.position,
            at_micros: self.at_micros,
            actor: &self.actor,
            subject: &self.subject,
            kind: &self.kind,
            version: self.version,
            facts_hash: hash(&self.facts_hash),
            content: self.content.as_deref().map(hash),
        }
    }
}

fn vectors() -> Vectors {
    let text = include_str!("../../../docs/journal-leaf-vectors.json");
    serde_json::from_str(text).unwrap()
}

fn hash(text: &str) -> Hash {
    hex::decode(text).unwrap().try_into().unwrap()
}

#[test]
fn every_published_leaf_encodes_to_its_published_bytes() {
    let vectors = vectors();
    assert_eq!(vectors.leaves.len(), 4);
    for vector in &vectors.leaves {
        let leaf = vector.leaf();
        assert_eq!(hex::encode(leaf.encode()), vector.encoded);
        assert_eq!(hex::encode(leaf.mac_input()), vector.mac_input);
        assert_eq!(hex::encode(leaf.hash()), vector.leaf_hash);
    }
    let hashes: Vec<Hash> = vectors.leaves.iter().map(|v| v.leaf().hash()).collect();
    assert_eq!(hex::encode(root(&hashes)), vectors.root);
}

#[test]
fn every_published_commitment_is_reproduced() {
    for vector in vectors().commitments {
        let salt: [u8; 16] = hex::decode(&vector.salt).unwrap().try_into().unwrap();
        let content = hex::decode(&vector.content).unwrap();
        assert_eq!(hex::encode(commitment(&salt, &content)), vector.commitment);
    }
}

#[test]
fn moving_a_letter_between_two_fields_changes_the_bytes() {
    let leaf = Leaf {
        position: 1,
        at_micros: 1,
        actor: "person:1",
        subject: "2ticket:3",
        kind: "ticket.closed",
        version: 1,
        facts_hash: [7; 32],
        content: None,
    };
    let moved = Leaf {
        actor: "person:12",
        subject: "ticket:3",
        ..leaf
    };
    assert_ne!(leaf.encode(), moved.encode());
    assert_ne!(leaf.mac_input(), moved.mac_input());
}

#[test]
fn an_entry_without_content_differs_from_one_with_an_all_zero_commitment() {
    let leaf = Leaf {
        position: 1,
        at_micros: 1,
        actor: "",
        subject: "",
        kind: "",
        version: 0,
        facts_hash: [0; 32],
        content: None,
    };
    let with = Leaf {
        content: Some([0; 32]),
        ..leaf
    };
    assert_ne!(leaf.encode(), with.encode());
}

type Fields = (i64, i64, String, String, String, i64, Hash, Option<Hash>);

fn fields() -> impl Strategy<Value = Fields> {
    // Few values and short texts, so that two draws often differ in one field only.
    let text = || "[ab\u{0}\u{1}]{0,3}";
    let hash = || prop_oneof![Just([0u8; 32]), Just([1u8; 32])];
    let number = || -1i64..3;
    (
        number(),
        number(),
        text(),
        text(),
        text(),
        number(),
        hash(),
        proptest::option::of(hash()),
    )
}

fn leaf_of(fields: &Fields) -> Leaf<'_> {
    Leaf {
        position: fields.0,
        at_micros: fields.1,
        actor: &fields.2,
        subject: &fields.3,
        kind: &fields.4,
        version: fields.5,
        facts_hash: fields.6,
        content: fields.7,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn two_leaves_share_their_bytes_only_when_they_are_equal(a in fields(), b in fields()) {
        let (a, b) = (leaf_of(&a), leaf_of(&b));
        prop_assert_eq!(a == b, a.encode() == b.encode());
        let b_in_place_of_a = Leaf { position: a.position, ..b };
        prop_assert_eq!(a == b_in_place_of_a, a.mac_input() == b.mac_input());
        prop_assert_ne!(a.encode(), b.mac_input());
    }
}
