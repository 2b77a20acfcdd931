//! A film that is shown elsewhere. Nothing of its provider is loaded until a visitor
//! asks for it, so all that is kept of a link is who shows the film, and its name there.

use serde::{Deserialize, Serialize};

use crate::{invalid::Problem, locale::Locale, words::media as w};

/// Longest name of a film, in bytes; the longest known has 36.
const LONGEST_ID: usize = 64;
/// Longest name of a site, in bytes.
const LONGEST_HOST: usize = 253;

/// A film and who shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case")]
pub enum Film {
    YouTube {
        id: String,
    },
    Vimeo {
        id: String,
    },
    /// One of many sites.
    PeerTube {
        host: String,
        id: String,
    },
}

impl Film {
    /// Reads the address that a browser shows over a film, or that a site offers to
    /// share it by. Only `https` counts.
    ///
    /// # Errors
    /// A sentence that names the providers.
    pub fn parse(address: &str) -> Result<Self, Problem> {
        read(address.trim()).ok_or_else(|| Problem::told(|locale| w::no_film(locale).to_owned()))
    }

    /// Who shows it, in their own words.
    #[must_use]
    pub fn provider(&self) -> &str {
        match self {
            Self::YouTube { .. } => "YouTube",
            Self::Vimeo { .. } => "Vimeo",
            Self::PeerTube { host, .. } => host,
        }
    }

    /// The page of the film there.
    #[must_use]
    pub fn page(&self) -> String {
        match self {
            Self::YouTube { id } => format!("https://www.youtube.com/watch?v={id}"),
            Self::Vimeo { id } => format!("https://vimeo.com/{id}"),
            Self::PeerTube { host, id } => format!("https://{host}/w/{id}"),
        }
    }

    /// The film of this name in our own addresses, see [`Film::src`].
    #[must_use]
    pub fn named(provider: &str, id: &str) -> Option<Self> {
        match provider {
            "youtube" => youtube(id),
            "vimeo" => vimeo(id),
            _ => None,
        }
    }

    /// The address of our own frame, which says whose player is loaded, and loads it
    /// once somebody asks for it. Nothing for sites that its policy does not name: their
    /// films are links.
    #[must_use]
    pub fn src(&self, locale: Locale) -> Option<String> {
        let (provider, id) = match self {
            Self::YouTube { id } => ("youtube", id),
            Self::Vimeo { id } => ("vimeo", id),
            Self::PeerTube { .. } => return None,
        };
        Some(format!("/film/{provider}/{id}?lang={}", locale.tag()))
    }

    /// Where the provider's player comes from.
    #[must_use]
    pub fn host(&self) -> &str {
        match self {
            Self::YouTube { .. } => "www.youtube-nocookie.com",
            Self::Vimeo { .. } => "player.vimeo.com",
            Self::PeerTube { host, .. } => host,
        }
    }

    /// What a frame shows once the visitor has asked for it; of what a provider offers,
    /// it is the address that follows people least.
    #[must_use]
    pub fn frame(&self) -> String {
        match self {
            Self::YouTube { id } => {
                format!("https://www.youtube-nocookie.com/embed/{id}?autoplay=1")
            }
            Self::Vimeo { id } => format!("https://player.vimeo.com/video/{id}?dnt=1&autoplay=1"),
            Self::PeerTube { host, id } => format!("https://{host}/videos/embed/{id}?autoplay=1"),
        }
    }
}

fn read(address: &str) -> Option<Film> {
    let rest = address.strip_prefix("https://")?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match (host.trim_start_matches("www."), parts.as_slice()) {
        ("youtu.be", [id]) => youtube(id),
        ("youtube.com" | "m.youtube.com" | "youtube-nocookie.com", ["watch"]) => {
            youtube(query.split('&').find_map(|pair| pair.strip_prefix("v="))?)
        }
        (
            "youtube.com" | "m.youtube.com" | "youtube-nocookie.com",
            ["embed" | "shorts" | "live", id],
        ) => youtube(id),
        ("vimeo.com", [.., id]) | ("player.vimeo.com", ["video", id]) => vimeo(id),
        (_, ["w", id] | ["videos", "watch" | "embed", id]) => {
            let is_name = is_id(id) && is_host(&host);
            is_name.then(|| Film::PeerTube { host: host.clone(), id: (*id).to_owned() })
        }
        _ => None,
    }
}

fn youtube(id: &str) -> Option<Film> {
    (is_id(id) && id.len() == 11).then(|| Film::YouTube { id: id.to_owned() })
}

fn vimeo(id: &str) -> Option<Film> {
    let is_number = !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    (is_number && id.len() <= 12).then(|| Film::Vimeo { id: id.to_owned() })
}

/// Nothing that means more in an address.
fn is_id(id: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(is_plain)
}

/// A name of the public network, without a port and not a number.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= LONGEST_HOST
        && host.contains('.')
        && host.split('.').all(is_label)
        && last.len() > 1
        && last.bytes().all(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::Film;
    use crate::locale::Locale;

    #[test]
    fn a_film_is_known_by_every_address_it_has() {
        let youtube = Film::YouTube { id: "dQw4w9WgXcQ".into() };
        for address in [
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "https://youtube.com/watch?list=x&v=dQw4w9WgXcQ&t=3",
            " https://youtu.be/dQw4w9WgXcQ?si=abc ",
            "https://m.youtube.com/shorts/dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ] {
            assert_eq!(Film::parse(address), Ok(youtube.clone()), "{address}");
        }
        let vimeo = Film::Vimeo { id: "76979871".into() };
        for address in [
            "https://vimeo.com/76979871",
            "https://vimeo.com/channels/staffpicks/76979871",
            "https://player.vimeo.com/video/76979871?h=1",
        ] {
            assert_eq!(Film::parse(address), Ok(vimeo.clone()), "{address}");
        }
        let host = "films.example.org".to_owned();
        let peertube = Film::PeerTube { host, id: "9c9de5e8-0a1e-484a-b099-e80766180a6d".into() };
        for way in ["w", "videos/watch", "videos/embed"] {
            let address =
                format!("https://Films.example.org/{way}/9c9de5e8-0a1e-484a-b099-e80766180a6d");
            assert_eq!(Film::parse(&address), Ok(peertube.clone()), "{address}");
        }
    }

    #[test]
    fn no_address_becomes_more_than_a_film() {
        for address in [
            "",
            "http://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "javascript:alert(1)",
            "https://www.youtube.com/watch?v=\"><script>",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ%22",
            "https://youtu.be/short",
            "https://vimeo.com/about",
            "https://evil.example/youtube.com/watch?v=dQw4w9WgXcQ",
            "https://127.0.0.1/w/abc",
            "https://localhost/w/abc",
            "https://user@films.example.org/w/abc",
            "https://films.example.org:8443/w/abc",
            "https://films.example.org/w/a\"b",
            "https://films.example.org/w/",
            "https://films.example.org;script-src/w/abc",
        ] {
            assert!(Film::parse(address).is_err(), "{address}");
        }
    }

    #[test]
    fn a_frame_asks_the_provider_to_follow_nobody() {
        let frame = |address| Film::parse(address).expect("a film").frame();
        assert!(
            frame("https://youtu.be/dQw4w9WgXcQ").starts_with("https://www.youtube-nocookie.com/")
        );
        assert!(frame("https://vimeo.com/76979871").contains("dnt=1"));
    }
    #[test]
    fn our_own_frame_is_of_a_film_that_its_policy_names() {
        for address in ["https://youtu.be/dQw4w9WgXcQ", "https://vimeo.com/76979871"] {
            let film = Film::parse(address).expect("a film");
            let src = film.src(Locale::Fr).expect("a frame");
            let path = src.strip_suffix("?lang=fr").expect("in French");
            let [_, "film", provider, id] = path.split('/').collect::<Vec<_>>()[..] else {
                panic!("{path}");
            };
            assert_eq!(Film::named(provider, id), Some(film.clone()));
            let player = format!("https://{}/", film.host());
            assert!(film.frame().starts_with(&player), "{player}");
        }
        let elsewhere = Film::parse("https://films.example.org/w/abc").expect("a film");
        assert_eq!(elsewhere.src(Locale::En), None);
        for (provider, id) in
            [("youtube", "short"), ("youtube", "dQw4w9WgXc\""), ("vimeo", "x"), ("other", "1")]
        {
            assert_eq!(Film::named(provider, id), None, "{provider} {id}");
        }
    }
}
