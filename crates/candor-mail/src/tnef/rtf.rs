//! Compressed rich text ([MS-OXRTFCP]).
//!
//! Owns: the dictionary coder. Must not know: rich text.

use super::reader::Reader;

const COMPRESSED: u32 = 0x7546_5a4c;
const UNCOMPRESSED: u32 = 0x414c_454d;
/// Longest text that is written out.
const MAX_BYTES: usize = 16 * 1024 * 1024;
const DICTIONARY: usize = 4096;
/// What the dictionary holds at the start ([MS-OXRTFCP] 2.1.2.1).
const START: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \
\\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\
\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// The text; `None` when the bytes are no such text. What is cut off is left off.
pub(super) fn decompress(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::new(bytes);
    reader.u32()?;
    let length = usize::try_from(reader.u32()?).ok()?.min(MAX_BYTES);
    let kind = reader.u32()?;
    reader.u32()?;
    match kind {
        UNCOMPRESSED => Some(reader.bytes(length.min(reader.left()))?.to_vec()),
        COMPRESSED => Some(expand(&mut reader, length)),
        _ => None,
    }
}

fn expand(reader: &mut Reader<'_>, length: usize) -> Vec<u8> {
    let mut dictionary = [b' '; DICTIONARY];
    dictionary[..START.len()].copy_from_slice(START);
    let mut at = START.len();
    // A reference of two bytes writes at most 17.
    let mut out = Vec::with_capacity(length.min(reader.left().saturating_mul(9)));
    let mut put = |byte: u8, dictionary: &mut [u8; DICTIONARY], out: &mut Vec<u8>| {
        out.push(byte);
        dictionary[at] = byte;
        at = (at + 1) % DICTIONARY;
        at
    };
    let mut write_at = START.len();
    while out.len() < length {
        let Some(flags) = reader.u8() else { break };
        for bit in 0..8 {
            if flags >> bit & 1 == 0 {
                let Some(byte) = reader.u8() else { return out };
                write_at = put(byte, &mut dictionary, &mut out);
                continue;
            }
            let Some(pair) = reader.bytes(2) else {
                return out;
            };
            let reference = usize::from(u16::from_be_bytes([pair[0], pair[1]]));
            let (from, count) = (reference >> 4, (reference & 15) + 2);
            if from == write_at {
                return out;
            }
            for step in 0..count {
                let byte = dictionary[(from + step) % DICTIONARY];
                write_at = put(byte, &mut dictionary, &mut out);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two examples of [MS-OXRTFCP] 4.1 and 4.2.
    #[test]
    fn the_examples_of_the_specification_come_out() {
        let simple = [
            0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0,
            0x0a, 0, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68,
            0x65, 0x6c, 0x09, 0, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f,
            0xa0,
        ];
        assert_eq!(
            decompress(&simple).unwrap(),
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
        );
        let crossing = [
            0x1a, 0, 0, 0, 0x1c, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xe2, 0xd4, 0x4b, 0x51, 0x41, 0,
            0x04, 0x20, 0x57, 0x58, 0x59, 0x5a, 0x0d, 0x6e, 0x7d, 0x01, 0x0e, 0xb0,
        ];
        assert_eq!(
            decompress(&crossing).unwrap(),
            b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
        );
    }
}
