//! Outlook's `winmail.dat` (Transport Neutral Encapsulation Format, [MS-OXTNEF]).
//!
//! Owns: the files and the body in it. Must not know: mail around it.
//!
//! A strict reader of lengths: it never looks outside the attribute it is in, reads each byte a
//! bounded number of times, and gives what came before the first attribute that does not fit.

mod property;
mod reader;
mod rtf;

use encoding_rs::{Encoding, WINDOWS_1252};

use property::Property;
use reader::Reader;

/// The first four bytes.
const SIGNATURE: u32 = 0x223e_9f78;
/// How many files are taken out.
const MAX_FILES: usize = 200;
/// How deep messages inside messages are followed.
const MAX_DEPTH: usize = 3;

/// Attributes that we read (level and type included, [MS-OXTNEF] 2.1.3.2).
mod attribute {
    pub(super) const CODE_PAGE: u32 = 0x0006_9007;
    pub(super) const BODY: u32 = 0x0002_800c;
    pub(super) const MESSAGE_PROPERTIES: u32 = 0x0006_9003;
    pub(super) const FILE_BEGINS: u32 = 0x0006_9002;
    pub(super) const FILE_DATA: u32 = 0x0006_800f;
    pub(super) const FILE_TITLE: u32 = 0x0001_8010;
    pub(super) const FILE_PROPERTIES: u32 = 0x0006_9005;
}

/// MAPI properties that we read ([MS-OXPROPS]).
mod tag {
    pub(super) const BODY: u16 = 0x1000;
    pub(super) const RTF_COMPRESSED: u16 = 0x1009;
    pub(super) const HTML: u16 = 0x1013;
    pub(super) const DISPLAY_NAME: u16 = 0x3001;
    pub(super) const DATA: u16 = 0x3701;
    pub(super) const FILE_NAME: u16 = 0x3704;
    pub(super) const LONG_FILE_NAME: u16 = 0x3707;
    pub(super) const MIME_TYPE: u16 = 0x370e;
    pub(super) const CONTENT_ID: u16 = 0x3712;
}

/// What a `winmail.dat` holds.
#[derive(Debug, Default)]
pub(crate) struct Unpacked {
    pub text: Option<String>,
    pub html: Option<String>,
    pub rtf: Option<Vec<u8>>,
    pub files: Vec<UnpackedFile>,
    /// False when an attribute did not fit and the rest was left.
    pub complete: bool,
}

/// One file in it. Name and type are what the sender wrote.
#[derive(Debug, Default)]
pub(crate) struct UnpackedFile {
    pub name: Option<String>,
    pub declared_type: Option<String>,
    pub content_id: Option<String>,
    pub content: Vec<u8>,
}

/// A file while its attributes come in.
#[derive(Default)]
struct Open {
    title: Option<String>,
    file_name: Option<String>,
    long_name: Option<String>,
    display_name: Option<String>,
    declared_type: Option<String>,
    content_id: Option<String>,
    content: Option<Vec<u8>>,
    inner: Option<Unpacked>,
}

/// Opens it; `None` when the bytes are something else.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Unpacked> {
    unpack_at(bytes, 0)
}

fn unpack_at(bytes: &[u8], depth: usize) -> Option<Unpacked> {
    let mut reader = Reader::new(bytes);
    if reader.u32()? != SIGNATURE {
        return None;
    }
    reader.u16()?;
    let mut opening = Opening {
        found: Unpacked::default(),
        open: None,
        encoding: WINDOWS_1252,
        depth,
    };
    let complete = opening.attributes(&mut reader).is_some();
    opening.close();
    opening.found.complete = complete;
    Some(opening.found)
}

struct Opening {
    found: Unpacked,
    open: Option<Open>,
    encoding: &'static Encoding,
    depth: usize,
}

impl Opening {
    /// Reads to the end; `None` when an attribute does not fit.
    fn attributes(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        // Programs pad the end with less than the head of an attribute.
        while reader.left() >= 9 {
            let level = reader.u8()?;
            if !matches!(level, 1 | 2) {
                return None;
            }
            let id = reader.u32()?;
            let length = usize::try_from(reader.u32()?).ok()?;
            let data = reader.bytes(length)?;
            // The sum at the end finds broken disks of 1995; the mail's own way is checked.
            let sum = reader.bytes(2);
            self.attribute(id, data)?;
            sum?;
        }
        Some(())
    }

    fn attribute(&mut self, id: u32, data: &[u8]) -> Option<()> {
        match id {
            attribute::CODE_PAGE => {
                if let Some(page) = Reader::new(data).u32() {
                    self.encoding = by_code_page(page);
                }
            }
            attribute::BODY => self.found.text = Some(self.string(data)),
            attribute::MESSAGE_PROPERTIES => self.message_properties(data)?,
            attribute::FILE_BEGINS => {
                self.close();
                self.open = Some(Open::default());
            }
            attribute::FILE_DATA => self.file().content = Some(data.to_vec()),
            attribute::FILE_TITLE => {
                let title = self.string(data);
                self.file().title = Some(title);
            }
            attribute::FILE_PROPERTIES => self.file_properties(data)?,
            _ => {}
        }
        Some(())
    }

    fn file(&mut self) -> &mut Open {
        self.open.get_or_insert_default()
    }

    fn string(&self, data: &[u8]) -> String {
        let text = self.encoding.decode_without_bom_handling(data).0;
        text.trim_end_matches('\0').to_owned()
    }

    fn message_properties(&mut self, data: &[u8]) -> Option<()> {
        let encoding = self.encoding;
        let found = &mut self.found;
        property::read(data, |property| match property.tag {
            tag::BODY => found.text = property.text(encoding),
            tag::HTML => found.html = property.text(encoding),
            tag::RTF_COMPRESSED => found.rtf = property.bytes.and_then(rtf::decompress),
            _ => {}
        })
    }

    fn file_properties(&mut self, data: &[u8]) -> Option<()> {
        let (encoding, depth) = (self.encoding, self.depth);
        let file = self.file();
        property::read(data, |property| match property.tag {
            tag::DISPLAY_NAME => file.display_name = property.text(encoding),
            tag::FILE_NAME => file.file_name = property.text(encoding),
            tag::LONG_FILE_NAME => file.long_name = property.text(encoding),
            tag::MIME_TYPE => file.declared_type = property.text(encoding),
            tag::CONTENT_ID => file.content_id = property.text(encoding),
            tag::DATA => file.take_data(&property, depth),
            _ => {}
        })
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if self.found.files.len() >= MAX_FILES {
            self.found.complete = false;
            return;
        }
        self.found.files.extend(open.into_files());
        self.found.files.truncate(MAX_FILES);
    }
}

impl Open {
    fn take_data(&mut self, property: &Property<'_>, depth: usize) {
        let Some(data) = property.bytes else { return };
        if !property.is_object() {
            if !data.is_empty() {
                self.content = Some(data.to_vec());
            }
            return;
        }
        // An object begins with the name of its interface; a message in it is TNEF again.
        let data = data.get(16..).unwrap_or_default();
        self.inner = if depth + 1 < MAX_DEPTH {
            unpack_at(data, depth + 1)
        } else {
            None
        };
        if self.inner.is_none() {
            self.content = Some(data.to_vec());
        }
    }

    /// The file itself, and what a message inside it carries.
    fn into_files(self) -> Vec<UnpackedFile> {
        let names = [
            self.long_name,
            self.display_name.filter(|name| name.contains('.')),
            self.title,
            self.file_name,
        ];
        let name = names
            .into_iter()
            .flatten()
            .find(|name| !name.trim().is_empty());
        let inner = self.inner.unwrap_or_default();
        let text = inner.text.map(String::into_bytes);
        let body = inner.rtf.or(text).or(inner.html.map(String::into_bytes));
        let file = UnpackedFile {
            name,
            declared_type: self.declared_type.map(|kind| kind.to_lowercase()),
            content_id: self.content_id,
            content: body.or(self.content).unwrap_or_default(),
        };
        let mut files = vec![file];
        files.extend(inner.files);
        files
    }
}

fn by_code_page(page: u32) -> &'static Encoding {
    let label = match page {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

#[cfg(test)]
mod tests;
