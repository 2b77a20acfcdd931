//! How answers of server functions travel: Postcard, both into a page and over
//! the wire. It names no fields, so that the browser carries no words to look
//! for them by, which is a tenth of its wasm.
//!
//! What names nothing must not be read by another version: each answer begins
//! with the version that wrote it, and a page that is older asks for a reload.

use leptos::{
    server::codee::{Decoder, Encoder},
    server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post},
};
use serde::{Serialize, de::DeserializeOwned};

/// Postcard behind the version that wrote it.
pub struct Compact;

/// The encoding of a server function's answer.
pub type Answer = Post<Compact>;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How far a byte that has no place in a page's text is moved: into letters of
/// Latin Extended, which nothing on the way escapes.
const MOVED: u32 = 0x100;

fn write<T: Serialize>(value: &T) -> postcard::Result<Vec<u8>> {
    postcard::to_allocvec(&(VERSION, value))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> postcard::Result<T> {
    match postcard::take_from_bytes::<&str>(bytes)? {
        (VERSION, value) => postcard::from_bytes(value),
        _ => Err(postcard::Error::DeserializeBadEncoding),
    }
}

impl ContentType for Compact {
    const CONTENT_TYPE: &'static str = "application/x-postcard";
}

impl FormatType for Compact {
    const FORMAT_TYPE: Format = Format::Binary;
}

impl<T: Serialize> Encodes<T> for Compact {
    type Error = postcard::Error;

    fn encode(output: &T) -> postcard::Result<Bytes> {
        write(output).map(Into::into)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Compact {
    type Error = postcard::Error;

    fn decode(bytes: Bytes) -> postcard::Result<T> {
        read(&bytes)
    }
}

/// Into a page's script. Text stays text, so that it compresses against the
/// same words in the page's HTML; all other bytes become letters.
impl<T: Serialize> Encoder<T> for Compact {
    type Error = postcard::Error;
    type Encoded = String;

    fn encode(value: &T) -> postcard::Result<String> {
        let bytes = write(value)?;
        let mut text = String::with_capacity(bytes.len() + bytes.len() / 4);
        for run in bytes.chunk_by(|one, next| is_plain(*one) == is_plain(*next)) {
            if run.first().is_some_and(|byte| is_plain(*byte)) {
                text.push_str(str::from_utf8(run).unwrap_or_default());
            } else {
                text.extend(run.iter().filter_map(|byte| char::from_u32(MOVED + u32::from(*byte))));
            }
        }
        Ok(text)
    }
}

/// Whether a byte is a letter that neither HTML nor a script's literal escapes.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'<' | b'"' | b'\\')
}

impl<T: DeserializeOwned> Decoder<T> for Compact {
    type Error = postcard::Error;
    type Encoded = str;

    fn decode(text: &str) -> postcard::Result<T> {
        let bytes: Vec<u8> = text.chars().map(|letter| (u32::from(letter) % MOVED) as u8).collect();
        read(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{Compact, VERSION};
    use leptos::server::codee::{Decoder, Encoder};

    type Value = (String, Vec<i64>, Option<bool>);

    #[test]
    fn every_byte_survives_a_page() {
        let value: Value =
            ("</script><!-- \0\u{1}1 \"é\\ ¥ 🎈".into(), (-300..300).collect(), Some(true));
        let text = <Compact as Encoder<Value>>::encode(&value).unwrap();
        assert!(!text.contains(['<', '"', '\\', '\0', '\u{1}']), "{text}");
        // The page writes it as a literal, which has to be the text itself.
        assert_eq!(format!("{text:?}"), format!("\"{text}\""));
        assert_eq!(<Compact as Decoder<Value>>::decode(&text).unwrap(), value);
    }

    #[test]
    fn what_another_version_wrote_is_not_read() {
        let text = <Compact as Encoder<i64>>::encode(&7).unwrap();
        let other = text.replace(VERSION, &VERSION.replace('.', "x"));
        assert_ne!(text, other);
        assert!(<Compact as Decoder<i64>>::decode(&other).is_err());
    }
}
