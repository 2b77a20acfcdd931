//! Where a campaign may be shown, as its creator wants it.

use serde::{Deserialize, Serialize};

use crate::{
    invalid::{Invalid, Problem},
    words::embed_rule as w,
};

/// Most hosts of one list.
pub const MOST_HOSTS: u32 = 40;
/// Longest list as it is typed, in bytes.
pub const LONGEST_LIST: u32 = 4_000;
/// Longest name of a host, in bytes (RFC 1035).
const LONGEST_HOST: usize = 253;

/// What a creator has decided about cards on other pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Whether there are none at all.
    pub is_off: bool,
    /// Who may show them.
    pub hosts: Hosts,
}

/// The hosts that may show a campaign; none for any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hosts(Vec<String>);

/// The form of the studio, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// `off` for no cards at all; anything else is on.
    #[serde(default)]
    pub shown: String,
    /// One host a line.
    #[serde(default)]
    pub hosts: String,
}

impl RuleForm {
    /// Understands the form.
    ///
    /// # Errors
    /// A problem of `hosts`.
    pub fn parse(&self) -> Result<Rule, Invalid> {
        let hosts =
            Hosts::parse(&self.hosts).map_err(|problem| Invalid::field("hosts", problem))?;
        Ok(Rule { is_off: self.shown == "off", hosts })
    }
}

impl Hosts {
    /// Reads a list, one host a line or with commas and blanks between. An address is
    /// read as its host; `*.example.org` is every host below that one.
    ///
    /// # Errors
    /// The first that is no host, too many of them, or a list that is too long.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.len() > LONGEST_LIST as usize {
            return Err(Problem::TooLong { most: LONGEST_LIST });
        }
        let mut hosts = Vec::new();
        for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')) {
            if word.is_empty() {
                continue;
            }
            let host = host(word).ok_or_else(|| {
                let shown: String = word.chars().take(60).collect();
                Problem::told(|locale| w::not_a_host(locale, &shown))
            })?;
            if !hosts.contains(&host) {
                hosts.push(host);
            }
        }
        if hosts.len() > MOST_HOSTS as usize {
            return Err(Problem::TooMany { most: MOST_HOSTS });
        }
        Ok(Self(hosts))
    }

    /// Whether anybody may.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.0.is_empty()
    }

    /// The list as it is typed and kept: one host a line.
    #[must_use]
    pub fn lines(&self) -> String {
        self.0.join("\n")
    }

    /// The list as `frame-ancestors` of a Content-Security-Policy has it. Our own
    /// pages may always, since that is where cards are chosen.
    #[must_use]
    pub fn ancestors(&self) -> String {
        if self.is_any() { "*".to_owned() } else { format!("'self' {}", self.0.join(" ")) }
    }

    /// Whether a page of this origin may show the campaign, by the rules of that
    /// policy: a name without a port is that of the usual one. An origin that hides
    /// (`null`) is on no list.
    #[must_use]
    pub fn allow(&self, origin: &str) -> bool {
        if self.is_any() {
            return true;
        }
        let Some(theirs) = ["https://", "http://"].iter().find_map(|s| origin.strip_prefix(s))
        else {
            return false;
        };
        let theirs = theirs.to_ascii_lowercase();
        self.0.iter().any(|host| match host.strip_prefix("*.") {
            // With the dot, so that `evilexample.org` is not below `example.org`.
            Some(above) => theirs
                .strip_suffix(above)
                .is_some_and(|below| below.len() > 1 && below.ends_with('.')),
            None => *host == theirs,
        })
    }
}

/// A word as a host, in small letters, with its port if it has one.
fn host(word: &str) -> Option<String> {
    let word = word.to_ascii_lowercase();
    let bare = ["https://", "http://"].iter().find_map(|s| word.strip_prefix(s)).unwrap_or(&word);
    let bare = bare.split(['/', '?', '#']).next().unwrap_or(bare);
    let (name, port) = match bare.split_once(':') {
        Some((name, port)) => (name, Some(port.parse::<u16>().ok().filter(|port| *port > 0)?)),
        None => (bare, None),
    };
    let below = name.strip_prefix("*.").unwrap_or(name);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_host = name.len() <= LONGEST_HOST && below.split('.').all(is_label);
    // Every host below `org` is nobody's own.
    let is_narrow = name == below || below.contains('.');
    (is_host && is_narrow).then(|| match port {
        Some(port) => format!("{name}:{port}"),
        None => name.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Hosts, MOST_HOSTS, Rule, RuleForm};

    fn hosts(text: &str) -> Hosts {
        Hosts::parse(text).expect("hosts")
    }

    #[test]
    fn a_list_takes_hosts_as_people_paste_them() {
        let list =
            hosts("https://Blog.example.org/2026/a-post\n*.news.example, localhost:8080;a.b a.b");
        assert_eq!(list.lines(), "blog.example.org\n*.news.example\nlocalhost:8080\na.b");
        assert_eq!(hosts(&list.lines()), list);
        assert_eq!(list.ancestors(), "'self' blog.example.org *.news.example localhost:8080 a.b");
        assert_eq!(hosts(" \n ").ancestors(), "*");
    }

    #[test]
    fn what_is_no_host_is_refused_and_never_reaches_a_header() {
        for word in [
            "'self'",
            "*",
            "*.org",
            "a_b.example",
            "-a.example",
            "a..b",
            "example.org:0",
            "example.org:99999",
            "example.org:80:90",
            "user@example.org",
            "javascript:alert(1)",
            "müller.example",
            "a.example'",
            "http://",
            "data:",
            "\u{0}a.example",
            "[::1]",
        ] {
            assert!(Hosts::parse(word).is_err(), "{word}");
        }
        assert!(Hosts::parse("a.example;script-src").is_ok(), "that is a second host");
        let many: Vec<String> = (0..=MOST_HOSTS).map(|n| format!("h{n}.example")).collect();
        assert!(Hosts::parse(&many.join("\n")).is_err());
        assert!(Hosts::parse(&"a".repeat(100_000)).is_err());
    }

    #[test]
    fn an_origin_is_allowed_as_the_browser_would_allow_its_frame() {
        let list = hosts("blog.example.org\n*.news.example\nlocalhost:8080");
        for origin in [
            "https://blog.example.org",
            "http://blog.example.org",
            "https://BLOG.example.org",
            "https://a.news.example",
            "https://a.b.news.example",
            "http://localhost:8080",
        ] {
            assert!(list.allow(origin), "{origin}");
        }
        for origin in [
            "null",
            "",
            "https://example.org",
            "https://blog.example.org:8443",
            "https://blog.example.org.evil.example",
            "https://news.example",
            "https://evilnews.example",
            "https://.news.example",
            "http://localhost",
            "file://blog.example.org",
        ] {
            assert!(!list.allow(origin), "{origin}");
        }
        assert!(Hosts::default().allow("null"), "no list is any");
    }

    #[test]
    fn only_a_plain_no_switches_cards_off() {
        let form = |shown: &str| RuleForm { shown: shown.into(), ..RuleForm::default() };
        assert_eq!(form("").parse(), Ok(Rule::default()));
        assert!(form("off").parse().expect("a rule").is_off);
    }
}
