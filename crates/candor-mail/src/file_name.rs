//! File names that do no harm.
//!
//! Owns: what is left of a name that somebody chose. Must not know: which way the file travels.

/// Longest name in bytes; file systems end at 255.
const MAX_BYTES: usize = 200;

/// Without folders, control characters and the marks that turn text around.
pub(crate) fn harmless(name: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|&c| !c.is_control() && !turns(c))
        .collect();
    let kept = kept.trim().trim_matches('"');
    if kept.chars().all(|c| c == '.' || c == ' ') {
        return String::new();
    }
    shortened(kept)
}

/// Cut in the middle of the stem, so that the extension stays.
fn shortened(name: &str) -> String {
    if name.len() <= MAX_BYTES {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 20 => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let end = stem.floor_char_boundary(MAX_BYTES - extension.len());
    format!("{}{extension}", &stem[..end.min(stem.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_into_no_folder_and_reads_forwards() {
        assert_eq!(harmless("../../etc/passwd"), "passwd");
        assert_eq!(harmless("C:\\Users\\kim\\invoice.pdf"), "invoice.pdf");
        assert_eq!(harmless("invoice\u{202e}fdp.exe"), "invoicefdp.exe");
        assert_eq!(harmless("a\r\nb.txt"), "ab.txt");
        assert_eq!(harmless(".."), "");
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let long = format!("{}.pdf", "ü".repeat(300));
        let short = harmless(&long);
        assert!(
            short.len() <= MAX_BYTES && short.to_lowercase().ends_with("ü.pdf"),
            "{short}"
        );
    }
}
