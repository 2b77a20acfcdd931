//! Every cookie of this site, written in one place.
//!
//! None is read by the browser's own code, so none is open to scripts. Where the
//! site has TLS, a browser sends them over nothing else, and takes none of their
//! names from a neighbouring host: that is what the prefixes say.

/// A cookie of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Who is signed in. Kept as long as a browser keeps any: how long the session
    /// itself lasts, its row says, and each use renews it.
    Session,
    /// A secret that is shown on the next page.
    Once,
    /// What a refused form held.
    Typed,
    /// The language that was chosen.
    Locale,
}

impl Cookie {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Session, Self::Once, Self::Typed, Self::Locale];

    /// Its name on a site with this public address.
    #[must_use]
    pub fn name(self, base_url: &str) -> &'static str {
        match (self, has_tls(base_url)) {
            (Self::Session, true) => "__Host-session",
            (Self::Session, false) => "session",
            (Self::Once, true) => "__Secure-once",
            (Self::Once, false) => "once",
            (Self::Typed, true) => "__Host-typed",
            (Self::Typed, false) => "typed",
            (Self::Locale, true) => "__Host-locale",
            (Self::Locale, false) => "locale",
        }
    }

    /// The header that makes a browser keep it.
    #[must_use]
    pub fn set(self, base_url: &str, value: &str) -> String {
        let seconds = match self {
            Self::Session => 400 * 24 * 60 * 60,
            Self::Once => 60,
            Self::Typed => 120,
            Self::Locale => 365 * 24 * 60 * 60,
        };
        self.written(base_url, value, seconds)
    }

    /// The header that makes a browser forget it.
    #[must_use]
    pub fn forget(self, base_url: &str) -> String {
        self.written(base_url, "", 0)
    }

    fn written(self, base_url: &str, value: &str, seconds: u32) -> String {
        let name = self.name(base_url);
        let (path, same_site) = match self {
            Self::Once => ("/account", "Strict"),
            _ => ("/", "Lax"),
        };
        let secure = if has_tls(base_url) { "; Secure" } else { "" };
        format!(
            "{name}={value}; Path={path}; HttpOnly; SameSite={same_site}; Max-Age={seconds}{secure}"
        )
    }
}

fn has_tls(base_url: &str) -> bool {
    base_url.starts_with("https://")
}
