//! `format=flowed` text (RFC 3676).
//!
//! Owns: joining lines that a program broke. Must not know: who broke them.

/// Joins soft line breaks inside one quote depth; a signature mark stays a line of its own.
pub(super) fn join(text: &str, delete_blank: bool) -> String {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for line in text.split('\n') {
        let depth = line.bytes().take_while(|&byte| byte == b'>').count();
        let rest = &line[depth..];
        let content = rest.strip_prefix(' ').unwrap_or(rest);
        let is_signature = content == "-- ";
        let soft = content.ends_with(' ') && !is_signature;
        let kept = if soft && delete_blank {
            &content[..content.len() - 1]
        } else {
            content
        };
        match out.last_mut() {
            Some((last, paragraph)) if open && *last == depth && !is_signature => {
                paragraph.push_str(kept);
            }
            _ => out.push((depth, kept.to_owned())),
        }
        open = soft;
    }
    let lines: Vec<String> = out
        .into_iter()
        .map(|(depth, line)| quoted(depth, &line))
        .collect();
    lines.join("\n")
}

fn quoted(depth: usize, line: &str) -> String {
    if depth == 0 {
        return line.to_owned();
    }
    let blank = if line.is_empty() { "" } else { " " };
    format!("{}{blank}{line}", ">".repeat(depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_lines_join_and_quotes_stay_apart() {
        assert_eq!(
            join(
                "This is one \nlong line.\n> quoted \n> text\nmine\n-- \nKim",
                false
            ),
            "This is one long line.\n> quoted text\nmine\n-- \nKim"
        );
    }
}
