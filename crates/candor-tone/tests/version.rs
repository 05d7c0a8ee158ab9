//! The version follows the files that readings depend on.

use std::path::Path;

/// The files, by the fingerprint of their bytes, of [`candor_tone::VERSION`]. After a change of a
/// file, raise the version and write both here.
const KNOWN: (i64, u64) = (4, 3_191_296_149_981_693_663);

const FILES: [&str; 7] = [
    "model/tone.bin",
    "model/complaint.txt",
    "rules/cue.en.toml",
    "rules/cue.de.toml",
    "data/vader/lexicon.txt",
    "data/vader/emoji.txt",
    "data/opinion/words.txt",
];

/// FNV-1a: no secret is kept, only an accident noticed.
fn fingerprint() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in FILES {
        let bytes = std::fs::read(folder.join(file)).expect("the file is part of the crate");
        for byte in bytes {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

#[test]
fn a_change_of_model_or_rules_raises_the_version() {
    assert_eq!(
        (candor_tone::VERSION, fingerprint()),
        KNOWN,
        "model or rules changed: raise VERSION and note both here, so that messages are read again"
    );
}
