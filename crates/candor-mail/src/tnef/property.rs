//! A list of MAPI properties ([MS-OXTNEF] 2.1.3.4).
//!
//! Owns: the lengths of their types. Must not know: which property matters.

use encoding_rs::{Encoding, UTF_16LE};

use super::reader::Reader;

const STRING_8: u16 = 0x001e;
const STRING: u16 = 0x001f;
const OBJECT: u16 = 0x000d;
const BINARY: u16 = 0x0102;
/// Set in the type of a property with several values.
const SEVERAL: u16 = 0x1000;
/// From here on properties have names of their own.
const FIRST_NAMED: u16 = 0x8000;
/// How many properties are read.
const MAX_PROPERTIES: u32 = 5_000;

pub(super) struct Property<'a> {
    pub tag: u16,
    kind: u16,
    /// The value of a text, binary or object; the first where there are several.
    pub bytes: Option<&'a [u8]>,
}

impl Property<'_> {
    pub(super) fn is_object(&self) -> bool {
        self.kind == OBJECT
    }

    /// A text; a binary holds text too where it is HTML.
    pub(super) fn text(&self, encoding: &'static Encoding) -> Option<String> {
        let bytes = self.bytes?;
        let encoding = if self.kind == STRING {
            UTF_16LE
        } else {
            encoding
        };
        let text = encoding.decode_without_bom_handling(bytes).0;
        Some(text.trim_end_matches('\0').to_owned())
    }
}

/// Shows each property; `None` when one does not fit, and those before it were shown.
pub(super) fn read(data: &[u8], mut show: impl FnMut(Property<'_>)) -> Option<()> {
    let mut reader = Reader::new(data);
    let count = reader.u32()?;
    if count > MAX_PROPERTIES {
        return None;
    }
    for _ in 0..count {
        let kind = reader.u16()?;
        let tag = reader.u16()?;
        if tag >= FIRST_NAMED {
            skip_name(&mut reader)?;
        }
        let mut bytes = None;
        value(&mut reader, kind, &mut bytes)?;
        let kind = kind & !SEVERAL;
        show(Property { tag, kind, bytes });
    }
    Some(())
}

fn skip_name(reader: &mut Reader<'_>) -> Option<()> {
    reader.bytes(16)?;
    if reader.u32()? == 0 {
        reader.u32()?;
    } else {
        let length = usize::try_from(reader.u32()?).ok()?;
        reader.padded(length)?;
    }
    Some(())
}

/// Reads over a value into `first`; `None` when it does not fit.
fn value<'a>(reader: &mut Reader<'a>, kind: u16, first: &mut Option<&'a [u8]>) -> Option<()> {
    let single = kind & !SEVERAL;
    let is_variable = matches!(single, STRING_8 | STRING | OBJECT | BINARY);
    let count = if is_variable || kind & SEVERAL != 0 {
        reader.u32()?
    } else {
        1
    };
    // Several values without a single byte would be counted up to four billion.
    if kind & SEVERAL != 0 && fixed_length(single) == Some(0) {
        return None;
    }
    for _ in 0..count {
        if is_variable {
            let length = usize::try_from(reader.u32()?).ok()?;
            let bytes = reader.padded(length)?;
            first.get_or_insert(bytes);
        } else {
            reader.padded(fixed_length(single)?)?;
        }
    }
    Some(())
}

/// Bytes of a value of fixed length ([MS-OXCDATA] 2.11.1).
fn fixed_length(kind: u16) -> Option<usize> {
    Some(match kind {
        0x0001 => 0,
        0x0002 | 0x000b => 2,
        0x0003 | 0x0004 | 0x000a => 4,
        0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => 8,
        0x0048 => 16,
        _ => return None,
    })
}
