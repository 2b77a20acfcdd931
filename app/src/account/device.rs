//! What a browser says of itself, in two words.

use domain::{Locale, words::account as w};

/// Marks of browsers, those first that also carry the mark of another.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Marks of systems, in the same order.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// `Firefox on Linux`; the browser's own words when they hold neither.
#[must_use]
pub fn name(device: &str, locale: Locale) -> String {
    let find = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| device.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => w::browser_on(locale, &browser, &system),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) if device.trim().is_empty() => w::unknown_browser(locale).to_owned(),
        (None, None) => device.chars().take(40).collect(),
    }
}

#[cfg(test)]
mod tests {
    use domain::Locale;

    use super::name;

    #[test]
    fn browsers_are_told_apart_though_they_claim_each_other() {
        for (device, expected) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            ("curl/8.14", "curl/8.14"),
            ("", "A browser that does not say"),
        ] {
            assert_eq!(name(device, Locale::En), expected);
        }
    }
}
