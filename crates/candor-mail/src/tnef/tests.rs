use super::*;
use proptest::prelude::*;

fn attribute_bytes(level: u8, id: u32, data: &[u8]) -> Vec<u8> {
    let sum = data
        .iter()
        .fold(0_u16, |sum, &byte| sum.wrapping_add(byte.into()));
    let mut bytes = vec![level];
    bytes.extend(id.to_le_bytes());
    bytes.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
    bytes.extend(data);
    bytes.extend(sum.to_le_bytes());
    bytes
}

fn text_property(tag: u16, text: &str) -> Vec<u8> {
    let units: Vec<u8> = text
        .encode_utf16()
        .chain([0])
        .flat_map(u16::to_le_bytes)
        .collect();
    variable(0x001f, tag, &units)
}

fn variable(kind: u16, tag: u16, value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(kind.to_le_bytes());
    bytes.extend(tag.to_le_bytes());
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
    bytes.extend(value);
    bytes.extend(vec![0; (4 - value.len() % 4) % 4]);
    bytes
}

fn list(properties: &[Vec<u8>]) -> Vec<u8> {
    let count = u32::try_from(properties.len()).unwrap();
    [count.to_le_bytes().to_vec(), properties.concat()].concat()
}

fn whole(attributes: &[Vec<u8>]) -> Vec<u8> {
    let head = [SIGNATURE.to_le_bytes().to_vec(), vec![1, 0]].concat();
    [head, attributes.concat()].concat()
}

fn file(name: &str, content: &[u8]) -> Vec<u8> {
    let data = attribute_bytes(2, attribute::FILE_DATA, content);
    let named = list(&[
        text_property(tag::LONG_FILE_NAME, name),
        text_property(tag::CONTENT_ID, "a@b"),
    ]);
    [
        attribute_bytes(2, attribute::FILE_BEGINS, &[0; 14]),
        attribute_bytes(2, attribute::FILE_TITLE, b"SHORT~1.TXT\0"),
        data,
        attribute_bytes(2, attribute::FILE_PROPERTIES, &named),
    ]
    .concat()
}

fn sample() -> Vec<u8> {
    let page = attribute_bytes(1, attribute::CODE_PAGE, &[0xe3, 4, 0, 0, 0, 0, 0, 0]);
    let body = attribute_bytes(1, attribute::BODY, b"\xcf\xf0\xe8\xe2\xe5\xf2\0");
    whole(&[page, body, file("Größe.txt", b"one"), file("b.txt", b"two")])
}

#[test]
fn files_and_body_come_out_with_their_long_names() {
    let found = unpack(&sample()).unwrap();
    let files: Vec<_> = found
        .files
        .iter()
        .map(|file| (file.name.as_deref().unwrap(), file.content.as_slice()))
        .collect();
    assert_eq!(files, [("Größe.txt", &b"one"[..]), ("b.txt", b"two")]);
    assert_eq!(found.files[0].content_id.as_deref(), Some("a@b"));
    assert_eq!(found.text.as_deref(), Some("Привет"));
    assert!(found.complete);
}

#[test]
fn a_message_inside_gives_its_files() {
    let object = [vec![0; 16], sample()].concat();
    let inner = list(&[variable(0x000d, tag::DATA, &object)]);
    let outer = whole(&[
        attribute_bytes(2, attribute::FILE_BEGINS, &[0; 14]),
        attribute_bytes(2, attribute::FILE_PROPERTIES, &inner),
    ]);
    let found = unpack(&outer).unwrap();
    assert_eq!(found.files.len(), 3);
    assert_eq!(found.files[0].content, "Привет".as_bytes());
}

#[test]
fn what_came_before_the_break_is_kept() {
    let whole = sample();
    let found = unpack(&whole[..whole.len() - 40]).unwrap();
    assert!(!found.complete);
    assert_eq!(found.files[0].content, b"one");
    assert!(unpack(b"y\x9f>\"rest").is_none() && unpack(b"").is_none());
}

#[test]
fn a_length_larger_than_the_file_reserves_nothing() {
    let mut bytes = whole(&[]);
    bytes.extend([1]);
    bytes.extend(attribute::BODY.to_le_bytes());
    bytes.extend(u32::MAX.to_le_bytes());
    assert!(!unpack(&bytes).unwrap().complete);
}

proptest! {
    #[test]
    fn bent_bytes_never_break_the_reader(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() + 1).max(6));
        if let Some(found) = unpack(&bytes) {
            let taken: usize = found.files.iter().map(|file| file.content.len()).sum();
            prop_assert!(taken <= bytes.len() * 16);
        }
    }

    #[test]
    fn any_compressed_text_ends(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let head = [[9, 0, 0, 0], [255, 255, 255, 0], *b"LZFu", [0; 4]].concat();
        let text = rtf::decompress(&[head, bytes.clone()].concat()).unwrap();
        prop_assert!(text.len() <= bytes.len() * 9);
    }
}
