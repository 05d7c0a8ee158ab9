//! Where a person goes after logging in.
//!
//! Owns: the check that a `next` stays on this site. Must not know: login itself.

/// The path to go to, if `next` is one of ours; `None` for everything that could lead elsewhere.
pub fn local_path(next: &str) -> Option<&str> {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.len() <= 2000
        && next.bytes().all(|byte| matches!(byte, 0x21..=0x7e));
    own.then_some(next)
}

/// Writes a path as a query value.
pub fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => {
                encoded.push('%');
                encoded.push_str(&hex::encode_upper([byte]));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{encode, local_path};

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for own in ["/", "/inbox", "/tickets/7?from=mine#message-3"] {
            assert_eq!(local_path(own), Some(own));
        }
        let elsewhere = [
            "",
            "inbox",
            "//e.example",
            "/\\e.example",
            "/\te.example",
            "/\r\nLocation: x",
            "https:e.example",
            "https://e.example",
            "javascript:alert(1)",
            "/ü",
        ];
        for next in elsewhere {
            assert_eq!(local_path(next), None, "{next:?}");
        }
    }

    #[test]
    fn a_query_survives_the_way_through_login() {
        assert_eq!(encode("/search?q=a b&x"), "/search%3Fq%3Da%20b%26x");
    }
}
