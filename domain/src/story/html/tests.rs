use super::{Block, DECORATIVE, Kind, Picture, Recording, Runs, Shown, block, inside, page};
use crate::media::RecordingKind;
use crate::story::{BlockId, Link, Marks, Page, Question, QuestionId, Shot};

fn one(kind: Kind, text: &str) -> String {
    block(&Block { id: BlockId(1), kind, text: Runs::plain(text) }, &Shown::default())
}

#[test]
fn blocks_become_what_visitors_read() {
    assert_eq!(one(Kind::Heading { level: 2 }, "Why"), "<h2>Why</h2>");
    assert_eq!(one(Kind::Bullets, "a\n\nb"), "<ul><li>a</li><li>b</li></ul>");
    assert_eq!(
        one(Kind::Table, "size\tprice\nbig"),
        "<table><thead><tr><th>size</th><th>price</th></tr></thead>\
         <tbody><tr><td>big</td><td></td></tr></tbody></table>"
    );
    assert_eq!(one(Kind::Text, ""), "");
    let film = one(Kind::Video { address: "https://www.films.example/7?x".into() }, "");
    assert!(film.contains(">Film at films.example</a>"), "{film}");
    assert!(!film.contains("<iframe"), "a link, where nobody knows the player: {film}");
}

#[test]
fn a_film_of_a_known_provider_plays_in_a_frame_of_ours_and_names_nothing_of_theirs_to_load() {
    for (address, src, link) in [
        (
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3",
            "/film/youtube/dQw4w9WgXcQ?lang=en",
            ">Film at youtube.com</a>",
        ),
        ("https://vimeo.com/76979871", "/film/vimeo/76979871?lang=en", ">Film at vimeo.com</a>"),
    ] {
        let html = one(Kind::Video { address: address.into() }, "A <day> at sea");
        assert!(html.contains(&format!("<iframe src=\"{src}\"")), "{html}");
        assert!(html.contains("loading=\"lazy\"") && html.contains(link), "{html}");
        assert!(html.contains(": A &lt;day&gt; at sea\""), "its frame says what it is: {html}");
        assert!(!html.contains("src=\"http"), "{html}");
    }
}

#[test]
fn a_picture_is_offered_smaller_and_blurred_until_it_has_come() {
    let id = uuid::Uuid::from_u128(8);
    let picture = Picture::from(crate::media::Picture {
        id: crate::id::MediaId::from_uuid(id),
        width: 500,
        height: 300,
        blur: "data:image/webp;base64,AAAA".into(),
        alt: String::new(),
    });
    let shown = Shown { pictures: vec![picture], ..Shown::default() };
    let kind = Kind::Image { picture: Some(id), alt: "A lamp".into() };
    let html = block(&Block { id: BlockId(1), kind, text: Runs::default() }, &shown);
    for part in [
        format!("srcset=\"/media/{id}/320.avif 320w, /media/{id}/500.avif 500w\""),
        format!("src=\"/media/{id}/500.webp\" srcset=\"/media/{id}/320.webp 320w"),
        "<img class=\"blur\" src=\"data:image/webp;base64,AAAA\" alt=\"\">".to_owned(),
        "width=\"500\" height=\"300\" alt=\"A lamp\"".to_owned(),
    ] {
        assert!(html.contains(&part), "{part} in {html}");
    }
}

#[test]
fn each_picture_of_a_gallery_says_what_it_shows_unless_it_is_decorative() {
    let picture = |number, alt: &str| Picture {
        id: uuid::Uuid::from_u128(number),
        src: format!("/media/{number}.webp"),
        alt: alt.into(),
        ..Picture::default()
    };
    let shown = Shown {
        pictures: vec![picture(1, ""), picture(2, "as it was uploaded"), picture(3, "a line")],
        ..Shown::default()
    };
    let shot = |number, alt: &str| Shot { id: uuid::Uuid::from_u128(number), alt: alt.into() };
    let pictures = vec![shot(1, "The <lamp>"), shot(2, ""), shot(3, DECORATIVE)];
    let kind = Kind::Gallery { pictures };
    let html = block(&Block { id: BlockId(1), kind, text: Runs::default() }, &shown);
    let said: Vec<&str> =
        html.split(" alt=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(said, ["The &lt;lamp&gt;", "as it was uploaded", ""]);
}

#[test]
fn nothing_that_was_typed_becomes_a_tag() {
    let typed = "<script>alert(1)</script> & \"quotes\" 'n'";
    for kind in [
        Kind::Text,
        Kind::Quote,
        Kind::Table,
        Kind::Numbers,
        Kind::CallOut { tone: crate::story::Tone::Warning },
        Kind::Video { address: "https://a.example/<script>".into() },
    ] {
        let html = one(kind.clone(), typed);
        assert!(!html.contains("<script"), "{kind:?}: {html}");
    }
    let marks =
        Marks { bold: true, link: Link::parse("https://a.example/?a=1&b='2'"), ..Marks::default() };
    let mut runs = Runs::default();
    runs.push("x\ny", marks);
    assert_eq!(
        inside(&runs),
        "<a href=\"https://a.example/?a=1&amp;b=&#39;2&#39;\" rel=\"nofollow noopener ugc\">\
         <strong>x<br>y</strong></a>"
    );
}

#[test]
fn a_recording_is_played_where_it_is_the_campaigns_own_and_loads_nothing_by_itself() {
    let id = crate::id::MediaId::from_uuid(uuid::Uuid::from_u128(7));
    let shown = |kind| Shown {
        recordings: vec![Recording { id, kind }],
        pictures: vec![Picture {
            id: uuid::Uuid::from_u128(8),
            src: "/media/8/960.webp".into(),
            ..Picture::default()
        }],
        ..Shown::default()
    };
    let captions = crate::media::Captions {
        id: uuid::Uuid::from_u128(9),
        language: crate::locale::Locale::Fr,
    };
    let one = |file, poster, shown: &Shown| {
        let uuid = |id| Some(uuid::Uuid::from_u128(id));
        let kind =
            Kind::Recording { file: uuid(file), poster: uuid(poster), captions: Some(captions) };
        block(&Block { id: BlockId(1), kind, text: Runs::plain("The sea") }, shown)
    };
    let film = one(7, 8, &shown(RecordingKind::Mp4));
    let src = format!("src=\"/media/recordings/{id}.mp4\"");
    assert!(film.starts_with("<figure class=\"recording\"><video "), "{film}");
    for part in [&src, "preload=\"none\"", "poster=\"/media/8/960.webp\"", ">The sea<"] {
        assert!(film.contains(part), "{part} in {film}");
    }
    let track = format!(
        "<track kind=\"captions\" src=\"{}\" srclang=\"fr\" label=\"Français\" default>",
        captions.src()
    );
    assert!(film.contains(&track), "{film}");
    let sound = one(7, 8, &shown(RecordingKind::Ogg));
    assert!(
        sound.contains("<audio ") && !sound.contains("poster") && !sound.contains("<track"),
        "{sound}"
    );
    assert_eq!(one(9, 8, &shown(RecordingKind::Mp4)), "", "another campaign's");
}

#[test]
fn risks_and_answered_questions_follow_the_story() {
    let mut told = Page { risks: Runs::plain("It may rain."), ..Page::default() };
    let question = |answer: &str| Question {
        id: QuestionId(1),
        question: "When?".into(),
        answer: Runs::plain(answer),
    };
    told.faq = vec![question("")];
    assert!(!page(&told, &Shown::default()).contains("When?"));
    told.faq = vec![question("Soon.")];
    let html = page(&told, &Shown::default());
    assert!(html.starts_with("<h2>Risks and challenges</h2><p>It may rain.</p>"), "{html}");
    assert!(html.contains("<summary>When?</summary><p>Soon.</p>"), "{html}");
}
