//! Pictures in a bucket that speaks S3.

#[path = "studio/desk.rs"]
#[allow(dead_code, reason = "each test file uses its own part")]
mod desk;
#[path = "support/bucket.rs"]
mod service;
#[path = "stage/stage.rs"]
mod stage;

use backend::{
    media::{self, Bucket, Storage, Store, Upload, work},
    studio, sweep,
};
use bytes::Bytes;
use desk::draft;
use domain::time::DAY;
use http_body_util::{BodyExt as _, Empty};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use image::{RgbImage, codecs::png::PngEncoder};
use service::Service;
use stage::{NOW, Stage};

fn bucket(service: &Service) -> Bucket {
    Bucket {
        name: "pictures".into(),
        prefix: "of/pedestal".into(),
        region: "us-east-1".into(),
        endpoint: Some(service.url.clone()),
        access_key_id: "an-id".into(),
        secret_access_key: "hush-hush".into(),
    }
}

/// Makes the bucket, or reads what is in it.
async fn ask(service: &Service, method: &str, query: &str) -> String {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let request = http::Request::builder()
        .method(method)
        .uri(format!("{}/pictures{query}", service.url))
        .body(Empty::<Bytes>::new())
        .expect("a request");
    let answer = client.request(request).await.expect("an answer");
    assert!(answer.status().is_success(), "{}", answer.status());
    let body = answer.into_body().collect().await.expect("read").to_bytes();
    String::from_utf8(body.to_vec()).expect("XML")
}

#[tokio::test]
async fn pictures_live_and_end_in_a_bucket() {
    let Some(service) = Service::start().await else { return };
    ask(&service, "PUT", "").await;
    let kept_there = bucket(&service);
    let edit = |options: &mut backend::Options| {
        options.pictures = Storage::Bucket(kept_there.clone());
    };
    for stage in Stage::both_with(edit).await {
        let (people, slug) = draft(&stage).await;
        let (backend, me) = (&stage.backend, &people.creator);
        let mut file = Vec::new();
        RgbImage::from_pixel(60, 40, [200, 30, 30].into())
            .write_with_encoder(PngEncoder::new(&mut file))
            .expect("written");
        let upload =
            Upload { slug: slug.as_str(), of: "campaign", alt: "Red", file: Some(file.into()) };
        let kept = media::upload(backend, me, upload).await.expect("kept");
        let listed = ask(&service, "GET", "?list-type=2").await;
        assert!(listed.contains(&format!("of/pedestal/{}/60.webp", kept.id)), "{listed}");

        let another = Store::open(&Storage::Bucket(kept_there.clone())).expect("opened");
        let served = media::file(&another, kept.id, "60.webp").await.expect("a file");
        assert_eq!(&served.content[8..12], b"WEBP");
        assert!(media::file(&another, kept.id, "61.webp").await.is_err());
        assert_eq!(work::once(backend).await.expect("made"), 1);
        assert!(media::file(&another, kept.id, "60.avif").await.expect("a file").is_final);

        studio::remove_picture(backend, me, slug.as_str(), "campaign").await.expect("removed");
        for day in [8, 16] {
            stage.clock.set(NOW.plus(day * DAY));
            sweep::run(backend).await.expect("swept");
        }
        let listed = ask(&service, "GET", "?list-type=2").await;
        assert!(!listed.contains(&kept.id.to_string()), "{listed}");
    }
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_a_fault_and_its_secret_is_never_told() {
    let gone = Bucket {
        name: "pictures".into(),
        prefix: String::new(),
        region: "us-east-1".into(),
        endpoint: Some("http://127.0.0.1:9".into()),
        access_key_id: "an-id".into(),
        secret_access_key: "hush-hush".into(),
    };
    let told = format!("{:?}", Storage::Bucket(gone));
    assert!(told.contains("pictures") && !told.contains("hush-hush"), "{told}");
}
