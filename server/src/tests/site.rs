//! A whole site over a [`Stage`], and a visitor of it.

use app::{codec::Compact, error::AppError};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
};
use backend::{Options, account};
use domain::account::{Password, Role};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use leptos::server_fn::{ContentType as _, Decodes as _};
use serde::de::DeserializeOwned;
use tower::ServiceExt as _;

use super::stage::Stage;
use crate::router;

/// Where the site believes to stand.
pub const BASE: &str = "http://127.0.0.1:3000";
pub const PASSWORD: &str = "a long enough one";

/// The site.
pub struct Site {
    pub stage: Stage,
    pub router: Router,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// Empty when the body is not text.
    pub text: String,
}

impl Site {
    pub async fn both() -> Vec<Self> {
        Stage::both().await.into_iter().map(Self::of).collect()
    }

    pub async fn sqlite() -> Self {
        Self::of(Stage::sqlite().await)
    }

    /// A site with options of its own.
    pub async fn with(options: Options) -> Self {
        Self::of(Stage::sqlite_with(options).await)
    }

    /// A site over a stage that was set up before.
    pub fn of(stage: Stage) -> Self {
        let router = router::app(&stage.backend, false);
        Self { stage, router }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(request(Method::GET, path, headers, Body::empty())).await
    }

    /// A form as a browser without wasm posts it from `page`.
    pub async fn submit(
        &self,
        page: &str,
        path: &str,
        fields: &[(&str, &str)],
        cookies: &str,
    ) -> Answer {
        let referer = format!("{BASE}{page}");
        let headers = [
            ("accept", "text/html,application/xhtml+xml"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
            ("referer", &referer),
            ("cookie", cookies),
        ];
        self.ask(request(Method::POST, path, &headers, Body::from(encoded(fields)))).await
    }

    /// A call as the page's own script makes it.
    pub async fn call(&self, path: &str, fields: &[(&str, &str)], cookies: &str) -> Answer {
        let headers = [
            ("accept", "application/json"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
            ("cookie", cookies),
        ];
        self.ask(request(Method::POST, path, &headers, Body::from(encoded(fields)))).await
    }

    /// The answer, read to its end.
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.open(request).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 10_000_000).await.expect("a body");
        let kind = parts.headers.get(header::CONTENT_TYPE);
        let is_text = kind.is_none_or(|kind| kind != Compact::CONTENT_TYPE);
        let text = is_text.then(|| String::from_utf8(body.to_vec()).expect("answers are UTF-8"));
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
            text: text.unwrap_or_default(),
        }
    }

    /// The answer, not read yet.
    pub async fn open(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("the router answers")
    }

    /// Signs somebody in who has an account; returns the cookie to send.
    pub async fn sign_in(&self, guest: &str) -> String {
        self.sign_in_as(guest, Role::Member).await
    }

    /// The same in another role.
    pub async fn sign_in_as(&self, guest: &str, role: Role) -> String {
        let password = Password::new(PASSWORD).expect("long enough");
        let email = format!("{guest}@example.org");
        account::create_account(&self.stage.backend, &email, role, Some(&password))
            .await
            .expect("an account");
        let fields = [("form[email]", email.as_str()), ("form[password]", PASSWORD)];
        let answer = self.submit("/sign-in", "/api/fn/account/sign-in", &fields, "").await;
        let cookie = answer.cookies().into_iter().find(|cookie| cookie.contains("session="));
        cookie.expect("a session").split(';').next().unwrap_or_default().to_owned()
    }
}

impl Answer {
    /// What a server function answered.
    pub fn value<T: DeserializeOwned>(&self) -> T {
        Compact::decode(self.body.clone()).expect("the value in our encoding")
    }

    /// What a server function refused with.
    pub fn error(&self) -> AppError {
        self.value()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Every `Set-Cookie`.
    pub fn cookies(&self) -> Vec<String> {
        let set = self.headers.get_all(header::SET_COOKIE);
        set.iter().map(|value| value.to_str().expect("ASCII").to_owned()).collect()
    }

    /// `name=value` of the cookie that was set.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies();
        let found = cookies.iter().find(|cookie| cookie.starts_with(&format!("{name}=")))?;
        found.split(';').next().map(str::to_owned)
    }

    /// Where a form leads, as a path of this site.
    pub fn location(&self) -> String {
        let to = self.header("location");
        to.strip_prefix(BASE).unwrap_or(to).to_owned()
    }
}

/// A request from this very site, or as the headers say.
pub fn request(method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).body(body).expect("a request");
    request.headers_mut().insert(header::HOST, HeaderValue::from_static("127.0.0.1:3000"));
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        let name = header::HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
        request.headers_mut().insert(name, HeaderValue::from_str(value).expect("a header's value"));
    }
    request
}

/// Fields as a form's body.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(fields).expect("pairs of text")
}

/// A guest's pledge as the checkout's form holds it; the choices are as in an address.
pub fn pledge<'f>(slug: &'f str, choices: &'f str, email: &'f str) -> Vec<(&'f str, &'f str)> {
    let mut fields = vec![
        ("form[slug]", slug),
        ("form[email]", email),
        ("form[card][number]", "4242 4242 4242 4242"),
        ("form[card][expiry]", "12/60"),
        ("form[card][code]", "123"),
    ];
    fields.extend(chosen(choices));
    fields
}

/// Choices as the fields of a form.
pub fn chosen(choices: &str) -> impl Iterator<Item = (&'static str, &str)> {
    choices.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| {
        let field = match name {
            "reward" => "form[choices][reward]",
            "bonus" => "form[choices][bonus]",
            "country" => "form[choices][country]",
            "secret" => "form[choices][secret]",
            _ => panic!("no test chooses {name}"),
        };
        (field, value)
    })
}
