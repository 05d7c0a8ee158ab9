//! Proofs that one leaf stands at one place of a log.
//!
//! Owns: making and checking audit paths (RFC 6962 section 2.1.1, RFC 9162 section 2.1.3).
//! Must not know: what a leaf contains, where roots come from.

use crate::tree::{Hash, node_hash, root, split};

/// The audit path of the leaf at `index`, nearest sibling first; `None` outside the log.
pub fn inclusion_proof(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    let mut path = Vec::new();
    let (mut range, mut index) = (leaves, index);
    while range.len() > 1 {
        let middle = split(range.len());
        let (left, right) = range.split_at(middle);
        if index < middle {
            path.push(root(right));
            range = left;
        } else {
            path.push(root(left));
            range = right;
            index -= middle;
        }
    }
    path.reverse();
    Some(path)
}

/// Whether `proof` shows that `leaf` is number `index` (from 0) of the `size` leaves under `root`.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return false; // longer than any path of this tree
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            // A node on the ragged right edge has no sibling until its first odd ancestor.
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}
