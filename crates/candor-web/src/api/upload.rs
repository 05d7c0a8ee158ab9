//! Files that come inside a JSON body.
//!
//! Owns: `files` with names and base64, each fault with its place. Must not know: where bytes lie.

use super::fields::Fields;
use crate::i18n::key;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A file to hand over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewMessageFile {
    /// Its name, as the reader sees it.
    name: String,
    /// Its bytes, in base64 (RFC 4648, section 4).
    #[schema(content_encoding = "base64")]
    content: String,
}

impl Fields {
    /// The files of a body: names and bytes. No field is no file.
    pub(super) fn files(&mut self) -> Vec<(String, Vec<u8>)> {
        match self.optional("files") {
            None => Vec::new(),
            Some(Value::Array(items)) => {
                let items = items.iter().enumerate();
                items.filter_map(|(at, item)| self.file(at, item)).collect()
            }
            Some(_) => {
                self.refuse("files", key("error-field-files"), "");
                Vec::new()
            }
        }
    }

    fn file(&mut self, at: usize, item: &Value) -> Option<(String, Vec<u8>)> {
        let place = format!("files[{at}]");
        let (Some(name), Some(content), Some(2)) = (
            item["name"].as_str(),
            item["content"].as_str(),
            item.as_object().map(serde_json::Map::len),
        ) else {
            self.refuse(&place, key("error-field-files"), "");
            return None;
        };
        if let Ok(bytes) = STANDARD.decode(content) {
            Some((name.to_owned(), bytes))
        } else {
            self.refuse(&format!("{place}.content"), key("error-field-base64"), "");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;
    use serde_json::json;

    #[test]
    fn a_file_is_a_name_and_base64_and_each_fault_names_its_place() {
        let body = json!({ "files": [{ "name": "a.txt", "content": "aGk=" }] });
        let mut fields = Fields::of(body, &["files"]).ok().unwrap();
        assert_eq!(fields.files(), [("a.txt".to_owned(), b"hi".to_vec())]);
        assert!(fields.done().is_ok());
        let body = json!({ "files": [
            { "name": "a.txt", "content": "not base64!" },
            { "name": "b.txt" },
            "c.txt",
            { "name": "d.txt", "content": "aGk=", "type": "text/plain" },
        ] });
        let mut fields = Fields::of(body, &["files"]).ok().unwrap();
        assert!(fields.files().is_empty());
        let refused = format!("{:?}", fields.done().err().unwrap());
        for place in ["files[0].content", "files[1]", "files[2]", "files[3]"] {
            assert!(refused.contains(place), "{refused}");
        }
    }
}
