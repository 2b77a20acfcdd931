//! Pictures of campaigns and rewards: who may bring one, what shows it, and when it is
//! forgotten.

#[path = "studio/desk.rs"]
#[allow(dead_code, reason = "each test file uses its own part")]
mod desk;
#[path = "stage/stage.rs"]
mod stage;

use backend::{
    Error, campaign, media,
    media::{Storage, Upload, work},
    studio, sweep,
};
use bytes::Bytes;
use desk::{completed, draft, problems};
use domain::{
    Problem,
    campaign::shelf::ShelfChangeKind,
    discovery::Query,
    media::{MOST_BYTES, MOST_PICTURES, Picture, Unfit},
    time::{DAY, MINUTE},
};
use image::{ImageEncoder as _, RgbImage, codecs::png::PngEncoder};
use stage::{NOW, Stage};

/// A photograph, as far as a test can tell.
fn photograph(width: u32, height: u32) -> Bytes {
    let dots = RgbImage::from_fn(width, height, |x, y| {
        let part = |n: u32| u8::try_from(n % 256).expect("a byte");
        [part(x), part(y), part(x + y)].into()
    });
    let mut file = Vec::new();
    PngEncoder::new(&mut file)
        .write_image(dots.as_raw(), width, height, image::ExtendedColorType::Rgb8)
        .expect("written");
    file.into()
}

fn upload<'a>(slug: &'a str, of: &'a str, alt: &'a str) -> Upload<'a> {
    Upload { slug, of, alt, file: Some(photograph(700, 400)) }
}

async fn file(stage: &Stage, picture: &Picture, name: &str) -> Option<media::Served> {
    match media::file(&stage.backend.pictures, picture.id, name).await {
        Ok(served) => Some(served),
        Err(Error::NotFound) => None,
        Err(fault) => panic!("{name}: {fault}"),
    }
}

#[tokio::test]
async fn a_picture_stands_wherever_its_campaign_is_shown() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        let before = studio::page(backend, me, name).await.expect("the studio");
        assert!(before.image.starts_with("/media/art/") && before.picture.is_none());
        let kept = media::upload(backend, me, upload(name, "campaign", "  A  clock ")).await;
        let kept = kept.expect("kept");
        assert_eq!((kept.width, kept.height, kept.alt.as_str()), (700, 400, "A clock"));
        assert!(kept.blur.starts_with("data:image/webp;base64,"));
        for width in kept.widths() {
            let served = file(&stage, &kept, &format!("{width}.webp")).await.expect("a file");
            assert!(served.is_final && served.content_type == "image/webp");
            assert_eq!(&served.content[8..12], b"WEBP");
        }
        assert!(file(&stage, &kept, "700.jpg").await.is_some());
        for name in ["source.png", "640.png", "0640.webp", "641.webp", "../640.webp", "640", ""] {
            assert!(file(&stage, &kept, name).await.is_none(), "{name}");
        }
        studio::submit(backend, me, name).await.expect("submitted");
        let yes = domain::studio::RemarkForm { slug: name.into(), remark: String::new() };
        studio::approve(backend, &people.operator, &yes).await.expect("yes");
        studio::launch(backend, me, name).await.expect("launched");

        let page = campaign::page(backend, None, name, "").await.expect("a page");
        assert_eq!(page.picture.as_ref(), Some(&kept));
        assert_eq!((page.image, page.image_alt.as_str()), (kept.src(640), "A clock"));
        let found = campaign::discover(backend, &Query::default()).await.expect("found");
        assert_eq!(found.campaigns[0].picture.as_ref(), Some(&kept));
        assert_eq!(
            media::pictures(&backend.db, page.id).await.expect("read"),
            std::slice::from_ref(&kept)
        );

        studio::remove_picture(backend, me, name, "campaign").await.expect("removed");
        let page = campaign::page(backend, None, name, "").await.expect("a page");
        assert!(page.picture.is_none() && page.image.starts_with("/media/art/"));
        assert_eq!(media::pictures(&backend.db, page.id).await.expect("read").len(), 1);
        let told = studio::shelf_changes(backend, name).await.expect("read");
        let told: Vec<_> = told.into_iter().map(|one| one.kind).collect();
        assert_eq!(told, [ShelfChangeKind::Picture], "as it was launched is no change");
        assert_eq!(page.shelf, 1);
    }
}

#[tokio::test]
async fn a_reward_has_a_picture_of_its_own() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        let reward = studio::page(backend, me, name).await.expect("the studio").rewards[0].id;
        let of = reward.to_string();
        let kept = media::upload(backend, me, upload(name, &of, "Brass")).await.expect("kept");
        let page = studio::page(backend, me, name).await.expect("the studio");
        let image = page.rewards[0].image.clone().expect("a picture");
        assert_eq!((image.address, image.alt.as_str()), (kept.src(640), "Brass"));
        assert!(page.picture.is_none() && page.rewards[1].image.is_none());

        // Saving the reward keeps it, and only its description may change with it.
        let form =
            domain::studio::RewardForm { price: "95".into(), ..page.rewards[0].form.clone() };
        studio::save_reward(backend, me, form).await.expect("saved");
        let anew = Upload { slug: name, of: &of, alt: "Brass, polished", file: None };
        media::upload(backend, me, anew).await.expect("described");
        let page = studio::page(backend, me, name).await.expect("the studio");
        let image = page.rewards[0].image.clone().expect("still a picture");
        assert_eq!(image.picture.map(|it| (it.id, it.alt)), Some((kept.id, image.alt.clone())));
        assert_eq!(image.alt, "Brass, polished");

        studio::remove_picture(backend, me, name, &of).await.expect("removed");
        let page = studio::page(backend, me, name).await.expect("the studio");
        assert!(page.rewards[0].image.is_none());
        let unknown = domain::id::RewardId::generate().to_string();
        for of in [unknown.as_str(), "nonsense"] {
            let refused = media::upload(backend, me, upload(name, of, "x")).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{of}");
        }
    }
}

#[tokio::test]
async fn pictures_are_their_campaigns_creators_alone() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        for who in [&people.stranger, &people.operator] {
            let refused = media::upload(backend, who, upload(name, "campaign", "x")).await;
            assert!(matches!(refused, Err(Error::NotFound)));
            let refused = studio::remove_picture(backend, who, name, "campaign").await;
            assert!(matches!(refused, Err(Error::NotFound)));
        }
        assert_eq!(stage.number("select count(*) from media").await, 0);
    }
}

#[tokio::test]
async fn what_is_no_picture_leaves_no_trace() {
    for stage in Stage::both().await {
        let (people, slug) = draft(&stage).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        let whole = photograph(300, 200);
        for (content, unfit) in [
            (Bytes::from_static(b"<html><script>alert(1)</script>"), Unfit::NotAPicture),
            (Bytes::from_static(b"<svg onload='alert(1)'/>"), Unfit::Svg),
            (whole.slice(..whole.len() / 2), Unfit::Broken),
        ] {
            let refused = Upload { slug: name, of: "campaign", alt: "x", file: Some(content) };
            let refused = problems(media::upload(backend, me, refused).await);
            assert_eq!(refused.of("file"), Some(&unfit.problem()));
        }
        let untold = problems(media::upload(backend, me, upload(name, "campaign", " ")).await);
        assert_eq!(untold.of("alt"), Some(&Problem::Missing));
        let none = Upload { slug: name, of: "campaign", alt: "", file: None };
        let none = problems(media::upload(backend, me, none).await);
        assert_eq!(none.of("file"), Some(&Unfit::Missing.problem()));
        assert_eq!(stage.number("select count(*) from media").await, 0);
        assert!(studio::page(backend, me, name).await.expect("the studio").picture.is_none());
        media::upload(backend, me, upload(name, "", "")).await.expect("a story says it itself");
    }
}

#[tokio::test]
async fn an_ended_campaign_keeps_its_picture() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        media::upload(backend, me, upload(name, "campaign", "A clock")).await.expect("kept");
        stage.tamper("update campaign set state = 'failed'").await;
        let refused = problems(media::upload(backend, me, upload(name, "campaign", "x")).await);
        assert!(refused.of("").is_some());
        let refused = studio::remove_picture(backend, me, name, "campaign").await;
        assert!(problems(refused).of("").is_some());
        let page = studio::page(backend, me, name).await.expect("the studio");
        assert_eq!(page.picture.expect("a picture").alt, "A clock");
    }
}

#[tokio::test]
async fn a_campaign_keeps_so_many_pictures_and_bytes() {
    for stage in Stage::both().await {
        let (people, slug) = draft(&stage).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        media::upload(backend, me, upload(name, "campaign", "A clock")).await.expect("kept");
        let too_many = Unfit::TooMany.problem();
        stage.tamper(&format!("update media set bytes = {}", MOST_BYTES - 10)).await;
        let refused = problems(media::upload(backend, me, upload(name, "", "")).await);
        assert_eq!(refused.of("file"), Some(&too_many));
        stage.tamper("update media set bytes = 10").await;
        let mine = media::upload(backend, me, upload(name, "", "")).await;
        mine.expect("there is room again");
        const { assert!(MOST_PICTURES > 2) }
    }
}

#[tokio::test]
async fn the_smaller_files_come_later_and_no_restart_loses_them() {
    for stage in Stage::both().await {
        let (people, slug) = draft(&stage).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        let file_of = Some(photograph(60, 40));
        let new = Upload { file: file_of, ..upload(name, "campaign", "A clock") };
        let kept = media::upload(backend, me, new).await;
        let kept = kept.expect("kept");
        let early = file(&stage, &kept, "60.avif").await.expect("the WebP stands in");
        assert!(!early.is_final && early.content_type == "image/webp");

        // A worker that took it has died.
        let until = NOW.plus(5 * MINUTE).0;
        stage.tamper(&format!("update media set work_at = {until}, tries = 1")).await;
        assert_eq!(work::once(backend).await.expect("looked"), 0, "it is somebody's");
        stage.clock.set(NOW.plus(5 * MINUTE));
        assert_eq!(work::once(backend).await.expect("made"), 1);
        for width in kept.widths() {
            let served = file(&stage, &kept, &format!("{width}.avif")).await.expect("a file");
            assert!(served.is_final && served.content_type == "image/avif", "{width}");
            assert_eq!(&served.content[4..12], b"ftypavif");
        }
        assert_eq!(work::once(backend).await.expect("nothing left"), 0);
        let finished = "select count(*) from media where state = 'finished' and work_at is null";
        assert_eq!(stage.number(finished).await, 1);
        let source = backend.pictures.get(&format!("{}/source.png", kept.id)).await;
        assert!(source.expect("looked").is_none(), "what came is kept no longer than needed");
    }
}

#[tokio::test]
async fn a_picture_that_nothing_shows_is_forgotten_after_a_week() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        let shown = media::upload(backend, me, upload(name, "campaign", "A clock")).await;
        let shown = shown.expect("kept");
        let unused = media::upload(backend, me, upload(name, "", "")).await.expect("kept");
        let told = media::upload(backend, me, upload(name, "", "")).await.expect("kept");
        let page = studio::page(backend, me, name).await.expect("the studio");
        let story = format!("![]({})", told.src(640));
        let story = domain::studio::StoryForm { story, ..page.story };
        studio::save_story(backend, me, story).await.expect("saved");
        let there = async |picture: &Picture| file(&stage, picture, "640.webp").await.is_some();

        for (day, gone) in [(1, 0), (6, 0), (7, 1), (8, 0)] {
            stage.clock.set(NOW.plus(day * DAY));
            assert_eq!(sweep::run(backend).await.expect("swept").pictures, gone, "day {day}");
            assert!(there(&shown).await && there(&told).await, "day {day}");
            assert_eq!(there(&unused).await, day < 7, "day {day}");
        }
        // One that was taken away has its week from then on.
        studio::remove_picture(backend, me, name, "campaign").await.expect("removed");
        for (day, gone) in [(9, 0), (15, 0), (16, 1)] {
            stage.clock.set(NOW.plus(day * DAY));
            assert_eq!(sweep::run(backend).await.expect("swept").pictures, gone, "day {day}");
        }
        assert!(!there(&shown).await && there(&told).await);
        assert_eq!(stage.number("select count(*) from media").await, 1);
    }
}

#[tokio::test]
async fn what_never_came_whole_is_swept_and_a_deleted_draft_takes_its_pictures_along() {
    for stage in Stage::both().await {
        let (people, slug) = draft(&stage).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        let lost = media::upload(backend, me, upload(name, "", "")).await.expect("kept");
        stage.tamper("update media set state = 'coming', work_at = null").await;
        stage.clock.set(NOW.plus(DAY - 1));
        assert_eq!(sweep::run(backend).await.expect("swept").pictures, 0, "it may still come");
        stage.clock.set(NOW.plus(DAY));
        assert_eq!(sweep::run(backend).await.expect("swept").pictures, 1);
        assert!(file(&stage, &lost, "640.webp").await.is_none());

        let kept = media::upload(backend, me, upload(name, "campaign", "A clock")).await;
        let kept = kept.expect("kept");
        studio::delete_draft(backend, me, name).await.expect("deleted");
        assert_eq!(sweep::run(backend).await.expect("swept").pictures, 1);
        assert!(file(&stage, &kept, "640.webp").await.is_none());
        assert_eq!(stage.number("select count(*) from media").await, 0);
    }
}

#[tokio::test]
async fn a_folder_keeps_files_over_a_restart() {
    let folder = std::env::temp_dir().join(format!("pedestal-media-{}", uuid::Uuid::now_v7()));
    let edit = |options: &mut backend::Options| options.pictures = Storage::Folder(folder.clone());
    for stage in Stage::both_with(edit).await {
        let (people, slug) = draft(&stage).await;
        let kept = upload(slug.as_str(), "campaign", "A clock");
        let kept = media::upload(&stage.backend, &people.creator, kept).await.expect("kept");
        let again = media::Store::open(&Storage::Folder(folder.clone())).expect("opened");
        assert!(media::file(&again, kept.id, "640.webp").await.is_ok());
    }
    std::fs::remove_dir_all(&folder).expect("it was made");
}
