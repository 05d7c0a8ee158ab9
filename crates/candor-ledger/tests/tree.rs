//! The tree: RFC 6962 vectors, the frontier, and proofs that hold and cannot be bent.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use candor_ledger::{
    Frontier, FrontierError, Hash, TreeHead, consistency_proof, inclusion_proof, leaf_hash, root,
    verify_consistency, verify_inclusion,
};
use proptest::prelude::*;
use proptest::sample::Index;

/// The leaves and roots that Certificate Transparency implementations share.
const LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
const ROOTS: [(usize, &str); 6] = [
    (
        0,
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ),
    (
        1,
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    ),
    (
        2,
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    ),
    (
        3,
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    ),
    (
        7,
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    ),
    (
        8,
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ),
];

fn known_leaves() -> Vec<Hash> {
    LEAVES
        .iter()
        .map(|text| leaf_hash(&hex::decode(text).unwrap()))
        .collect()
}

fn leaves(count: usize) -> Vec<Hash> {
    (0..count)
        .map(|number| leaf_hash(&number.to_be_bytes()))
        .collect()
}

fn head(leaves: &[Hash]) -> TreeHead {
    TreeHead {
        size: leaves.len() as u64,
        root: root(leaves),
    }
}

#[test]
fn the_shared_vectors_give_the_shared_roots() {
    let leaves = known_leaves();
    for (count, expected) in ROOTS {
        assert_eq!(
            hex::encode(root(&leaves[..count])),
            expected,
            "{count} leaves"
        );
    }
}

#[test]
fn the_shared_vectors_give_the_published_audit_path() {
    let path = inclusion_proof(&known_leaves(), 5).unwrap();
    let path: Vec<String> = path.iter().map(hex::encode).collect();
    assert_eq!(
        path,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
    );
}

#[test]
fn every_leaf_of_every_small_tree_is_proven_and_nothing_else_is() {
    for count in 1..=33 {
        let leaves = leaves(count);
        let (size, root) = (count as u64, root(&leaves));
        for index in 0..count {
            let proof = inclusion_proof(&leaves, index).unwrap();
            for claimed in 0..count {
                let holds = verify_inclusion(&leaves[index], claimed as u64, size, &proof, &root);
                assert_eq!(holds, claimed == index, "{index} as {claimed} of {count}");
            }
        }
        assert_eq!(inclusion_proof(&leaves, count), None);
    }
}

#[test]
fn every_small_tree_is_consistent_with_all_its_beginnings() {
    for count in 0..=33 {
        let later = leaves(count);
        for earlier in 0..=count {
            let proof = consistency_proof(&later, earlier).unwrap();
            let holds = verify_consistency(&head(&later[..earlier]), &head(&later), &proof);
            assert!(holds, "{earlier} of {count}");
        }
        assert_eq!(consistency_proof(&later, count + 1), None);
    }
}

#[test]
fn a_log_rewritten_before_the_kept_checkpoint_cannot_be_proven_consistent() {
    for count in 2..=20 {
        let honest = leaves(count);
        for earlier in 1..count {
            for changed in 0..earlier {
                let mut rewritten = honest.clone();
                rewritten[changed] = leaf_hash(b"rewritten");
                let proof = consistency_proof(&rewritten, earlier).unwrap();
                let kept = head(&honest[..earlier]);
                assert!(!verify_consistency(&kept, &head(&rewritten), &proof));
            }
        }
    }
}

#[test]
fn a_truncated_log_is_older_than_the_checkpoint_and_refused() {
    let leaves = leaves(9);
    assert!(!verify_consistency(
        &head(&leaves),
        &head(&leaves[..8]),
        &[]
    ));
}

#[test]
fn a_stored_frontier_of_the_wrong_length_is_named() {
    let mut frontier = Frontier::new();
    for leaf in leaves(5) {
        frontier.append(leaf);
    }
    let bytes = frontier.to_bytes();
    assert_eq!(bytes.len(), 8 + 2 * 32);
    assert_eq!(
        Frontier::from_bytes(&bytes[..7]),
        Err(FrontierError::Truncated)
    );
    let wrong = FrontierError::WrongLength {
        size: 5,
        needed: 2,
        found: 63,
    };
    assert_eq!(Frontier::from_bytes(&bytes[..71]), Err(wrong));
}

/// One way to bend a proof: flip a bit, drop, double or add a hash.
fn bend(proof: &[Hash], how: usize, place: Index, bit: u8) -> Vec<Hash> {
    let mut bent = proof.to_vec();
    if bent.is_empty() {
        return vec![[bit; 32]];
    }
    let place = place.index(bent.len());
    match how {
        0 => bent[place][usize::from(bit) / 8] ^= 1 << (bit % 8),
        1 => drop(bent.remove(place)),
        2 => bent.insert(place, proof[place]),
        _ => bent.push([bit; 32]),
    }
    bent
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_frontier_knows_the_root_of_the_whole_list(count in 0usize..600, pause in 0usize..600) {
        let leaves = leaves(count);
        let mut frontier = Frontier::new();
        for (number, leaf) in leaves.iter().enumerate() {
            if number == pause {
                frontier = Frontier::from_bytes(&frontier.to_bytes()).unwrap();
            }
            frontier.append(*leaf);
        }
        prop_assert_eq!(frontier.size(), count as u64);
        prop_assert_eq!(frontier.root(), root(&leaves));
    }

    #[test]
    fn a_bent_inclusion_proof_never_holds(
        count in 1usize..300, index: Index, how in 0usize..4, place: Index, bit: u8,
    ) {
        let leaves = leaves(count);
        let index = index.index(count);
        let (size, root) = (count as u64, root(&leaves));
        let proof = inclusion_proof(&leaves, index).unwrap();
        let check = |proof: &[Hash]| {
            verify_inclusion(&leaves[index], index as u64, size, proof, &root)
        };
        prop_assert!(check(&proof));
        let bent = bend(&proof, how, place, bit);
        prop_assert!(!check(&bent));
        prop_assert!(!verify_inclusion(&[bit; 32], index as u64, size, &proof, &root));
    }

    #[test]
    fn a_bent_consistency_proof_never_holds(
        count in 1usize..300, earlier: Index, how in 0usize..4, place: Index, bit: u8,
    ) {
        let leaves = leaves(count);
        let earlier = earlier.index(count + 1);
        let (old, new) = (head(&leaves[..earlier]), head(&leaves));
        let proof = consistency_proof(&leaves, earlier).unwrap();
        prop_assert!(verify_consistency(&old, &new, &proof));
        let bent = bend(&proof, how, place, bit);
        prop_assert!(!verify_consistency(&old, &new, &bent));
        let forged = TreeHead { root: [bit; 32], ..old };
        prop_assert!(!verify_consistency(&forged, &new, &proof));
    }
}
