//! Proofs that a later log only added to an earlier one.
//!
//! Owns: making and checking consistency proofs (RFC 6962 section 2.1.2, RFC 9162 section 2.1.4).
//! Must not know: what a leaf contains, which checkpoints were kept.

use crate::tree::{Hash, empty_root, node_hash, root, split};

/// Proves that the first `earlier` leaves are the log that was signed then.
///
/// `None` when `earlier` lies outside the log. The proof is empty for an empty earlier log and for
/// one of the same size.
pub fn consistency_proof(leaves: &[Hash], earlier: usize) -> Option<Vec<Hash>> {
    if earlier > leaves.len() {
        return None;
    }
    if earlier == 0 || earlier == leaves.len() {
        return Some(Vec::new());
    }
    let mut path = Vec::new();
    let (mut range, mut count) = (leaves, earlier);
    let mut from_start = true; // the earlier root itself is known to the reader
    while count < range.len() {
        let middle = split(range.len());
        let (left, right) = range.split_at(middle);
        if count <= middle {
            path.push(root(right));
            range = left;
        } else {
            path.push(root(left));
            range = right;
            count -= middle;
            from_start = false;
        }
    }
    if !from_start {
        path.push(root(range));
    }
    path.reverse();
    Some(path)
}

/// A log as a checkpoint states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// Number of leaves.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
}

/// Whether `proof` shows that `later` begins with everything in `earlier`.
pub fn verify_consistency(earlier: &TreeHead, later: &TreeHead, proof: &[Hash]) -> bool {
    if earlier.size > later.size {
        return false;
    }
    if earlier.size == later.size {
        return proof.is_empty() && earlier.root == later.root;
    }
    if earlier.size == 0 {
        return proof.is_empty() && earlier.root == empty_root();
    }
    walk(earlier, later, proof)
}

fn walk(earlier: &TreeHead, later: &TreeHead, proof: &[Hash]) -> bool {
    let (mut node, mut last) = (earlier.size - 1, later.size - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    // A complete earlier tree is one node of the later one: its root opens the walk unstated.
    let (seed, rest) = if earlier.size.is_power_of_two() {
        (&earlier.root, proof)
    } else {
        match proof.split_first() {
            Some(split) => split,
            None => return false,
        }
    };
    let (mut old, mut new) = (*seed, *seed);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            old = node_hash(sibling, &old);
            new = node_hash(sibling, &new);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old == earlier.root && new == later.root
}
