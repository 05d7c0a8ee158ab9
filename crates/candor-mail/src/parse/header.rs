//! A header block as raw fields.
//!
//! Owns: where a block ends and where each field begins. Must not know: what a field means.

use super::Notes;
use crate::Defect;

/// One field, its value still folded and encoded.
pub(super) struct Field<'a> {
    /// In lower case.
    pub name: String,
    pub value: &'a [u8],
}

/// The fields of one block in their order.
#[derive(Default)]
pub(super) struct Headers<'a> {
    pub fields: Vec<Field<'a>>,
}

impl<'a> Headers<'a> {
    pub(super) fn first(&self, name: &str) -> Option<&'a [u8]> {
        self.all(name).next()
    }

    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.fields
            .iter()
            .filter(move |field| field.name == name)
            .map(|field| field.value)
    }
}

/// Splits a part into its fields and the offset of its body.
///
/// A line that is no field is skipped, as mailbox files put one on top; when a block has no field
/// at all, everything is body.
pub(super) fn split<'a>(part: &'a [u8], limit: usize, notes: &mut Notes) -> (Headers<'a>, usize) {
    let mut headers = Headers::default();
    let mut at = 0;
    let mut start_of_field: Option<(String, usize, usize)> = None;
    let mut finished = false;
    while at < part.len() && !finished {
        let end = line_end(part, at);
        let line = without_line_end(&part[at..end]);
        let continues = matches!(line.first(), Some(b' ' | b'\t'));
        if continues && !line.trim_ascii().is_empty() {
            if let Some((_, _, field_end)) = &mut start_of_field {
                *field_end = at + line.len();
            }
        } else {
            keep(&mut headers, start_of_field.take(), part, limit, notes);
            if line.trim_ascii().is_empty() {
                finished = true;
            } else if let Some((name, value)) = field_start(line) {
                start_of_field = Some((name, at + value, at + line.len()));
            }
        }
        at = end;
    }
    keep(&mut headers, start_of_field, part, limit, notes);
    if headers.fields.is_empty() && !part.starts_with(b"\n") && !part.starts_with(b"\r\n") {
        return (headers, 0);
    }
    (headers, at)
}

fn keep<'a>(
    headers: &mut Headers<'a>,
    field: Option<(String, usize, usize)>,
    part: &'a [u8],
    limit: usize,
    notes: &mut Notes,
) {
    let Some((name, start, end)) = field else {
        return;
    };
    if end > limit {
        notes.add(Defect::HeadersTooLong);
        if start >= limit {
            return;
        }
    }
    headers.fields.push(Field {
        name,
        value: part[start..end.min(limit)].trim_ascii(),
    });
}

/// The name in lower case and where the value begins.
fn field_start(line: &[u8]) -> Option<(String, usize)> {
    let colon = line.iter().position(|&byte| byte == b':')?;
    let name = line[..colon].trim_ascii_end();
    let is_name = !name.is_empty() && name.len() <= 100 && name.iter().all(u8::is_ascii_graphic);
    is_name.then(|| {
        (
            String::from_utf8_lossy(name).to_ascii_lowercase(),
            colon + 1,
        )
    })
}

/// The offset behind the line that starts at `at`.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .position(|&byte| byte == b'\n')
        .map_or(bytes.len(), |newline| at + newline + 1)
}

pub(super) fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
