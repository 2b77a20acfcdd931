//! Kinds are read as they were written, today and before.

use super::{Kind, Locale, Shot, Tone, Uuid};
use crate::story::DECORATIVE;

#[test]
fn every_kind_is_read_as_it_was_written() {
    let picture = Uuid::from_u128(7);
    let shot = |alt: &str| Shot { id: picture, alt: alt.to_owned() };
    let captions = Some(crate::media::Captions { id: picture, language: Locale::Fr });
    for kind in [
        Kind::Heading { level: 2 },
        Kind::Heading { level: 3 },
        Kind::Text,
        Kind::Quote,
        Kind::Bullets,
        Kind::Numbers,
        Kind::Image { picture: None, alt: "a brass hand".into() },
        Kind::Image { picture: Some(picture), alt: String::new() },
        Kind::Gallery { pictures: vec![shot("")] },
        Kind::Gallery { pictures: vec![shot(""), shot(""), shot("")] },
        Kind::Gallery { pictures: vec![shot("brass, polished"), shot(""), shot(DECORATIVE)] },
        Kind::Gallery { pictures: Vec::new() },
        Kind::Video { address: "https://films.example/7".into() },
        Kind::Recording { file: None, poster: None, captions: None },
        Kind::Recording { file: Some(picture), poster: None, captions },
        Kind::Recording { file: None, poster: Some(picture), captions: None },
        Kind::Recording { file: Some(picture), poster: Some(picture), captions },
        Kind::Table,
        Kind::Divider,
        Kind::CallOut { tone: Tone::Warning },
        Kind::RewardCard { reward: None },
        Kind::RewardCard { reward: Some(crate::id::RewardId::from_uuid(picture)) },
    ] {
        assert_eq!(kind.to_string().parse(), Ok(kind.clone()), "{kind}");
    }
}

#[test]
fn what_was_written_before_there_were_descriptions_and_captions_is_read() {
    let (one, other) = (Uuid::from_u128(7), Uuid::from_u128(8));
    let bare = |id| Shot { id, alt: String::new() };
    let gallery = Kind::Gallery { pictures: vec![bare(one), bare(other)] };
    assert_eq!(format!("gallery {one},{other}").parse(), Ok(gallery.clone()));
    let recording = Kind::Recording { file: Some(one), poster: None, captions: None };
    assert_eq!(format!("recording {one} ").parse(), Ok(recording.clone()));
    let kept = format!("{{\"recording\":{{\"file\":\"{one}\",\"poster\":null}}}}");
    assert_eq!(serde_json::from_str::<Kind>(&kept).expect("a kind"), recording);
    let kept = format!("{{\"gallery\":{{\"pictures\":[\"{one}\",\"{other}\"]}}}}");
    assert_eq!(serde_json::from_str::<Kind>(&kept).expect("a kind"), gallery);
}

#[test]
fn a_picture_is_undescribed_until_somebody_says_what_it_shows_or_that_it_need_not_be_said() {
    let id = Uuid::from_u128(7);
    let image = |picture, alt: &str| Kind::Image { picture, alt: alt.to_owned() };
    assert_eq!(image(None, "").undescribed(), 0, "no picture yet");
    assert_eq!(image(Some(id), "").undescribed(), 1);
    assert_eq!(image(Some(id), "a lamp").undescribed(), 0);
    assert_eq!(image(Some(id), DECORATIVE).undescribed(), 0);
    let shot = |alt: &str| Shot { id, alt: alt.to_owned() };
    let pictures = vec![shot(""), shot("a lamp"), shot(DECORATIVE), shot("")];
    assert_eq!(Kind::Gallery { pictures }.undescribed(), 2);
}

#[test]
fn what_is_no_kind_is_none() {
    for text in ["", "script", "heading-1", "call-out loud", "video javascript:alert(1)"] {
        assert!(text.parse::<Kind>().is_err(), "{text}");
    }
}
