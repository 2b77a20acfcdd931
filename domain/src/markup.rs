//! Text inside markup: the one place where it is made harmless.

/// Text as HTML and XML 1.0 may hold it, between tags and in quoted attributes. What
/// no XML document may contain, not even escaped, is replaced; it has as many UTF-16
/// units as before, so that places in a text stay where they are.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_text_breaks_out_of_markup() {
        assert_eq!(
            escaped("<a b='\"'>&\u{0}\u{8}\n\u{ffff}é"),
            "&lt;a b=&#39;&quot;&#39;&gt;&amp;\u{fffd}\u{fffd}\n\u{fffd}é"
        );
    }
}
