//! Requests to Stripe's API: forms out, JSON back, one patience for each.

use std::time::Duration;

use anyhow::{Context as _, anyhow};
use bytes::Bytes;
use http::{
    HeaderValue, Method, Request,
    header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER},
};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use serde::de::DeserializeOwned;

use super::{super::Trouble, answer::Failure};

/// The version of the API that this is written for; an account's own may be another.
const VERSION: &str = "2024-06-20";
/// The longest answer that is read.
const LONGEST: usize = 4 * 1024 * 1024;
/// How long a connection is kept that nothing goes over.
const KEPT_OPEN: Duration = Duration::from_secs(30);
/// When Stripe asks for silence without saying how long.
const A_MOMENT: u32 = 1;
/// The longest silence that is kept, should the answer ask for a month.
const LONGEST_SILENCE: u32 = 300;

/// A client with its connections.
pub struct Wire {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    api: String,
    authorization: HeaderValue,
    patience: Duration,
}

/// An answer of any status.
pub struct Reply {
    pub status: u16,
    /// Seconds to keep silent, with status 429.
    pub retry_after: u32,
    body: Bytes,
}

impl Wire {
    /// Connects when there is something to send.
    pub fn new(api: &str, secret_key: &str, patience: Duration) -> Self {
        let connector =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
        let mut authorization = HeaderValue::from_str(&format!("Bearer {secret_key}"))
            .unwrap_or_else(|_| HeaderValue::from_static("Bearer"));
        authorization.set_sensitive(true);
        Self {
            client: Client::builder(TokioExecutor::new())
                .pool_timer(TokioTimer::new())
                .pool_idle_timeout(KEPT_OPEN)
                .build(connector),
            api: api.trim_end_matches('/').to_owned(),
            authorization,
            patience,
        }
    }

    /// Reads something.
    ///
    /// # Errors
    /// [`Trouble::Unclear`] without an answer.
    pub async fn get(&self, path: &str) -> Result<Reply, Trouble> {
        self.send(Method::GET, path, Bytes::new(), None).await
    }

    /// Does something; once, however often it is sent under the same key.
    ///
    /// # Errors
    /// [`Trouble::Unclear`] without an answer.
    pub async fn post(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        key: Option<&str>,
    ) -> Result<Reply, Trouble> {
        let form = serde_urlencoded::to_string(fields).map_err(|e| Trouble::Unclear(e.into()))?;
        self.send(Method::POST, path, form.into(), key).await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        form: Bytes,
        key: Option<&str>,
    ) -> Result<Reply, Trouble> {
        let answer = tokio::time::timeout(self.patience, self.exchange(method, path, form, key));
        match answer.await {
            Ok(Ok(reply)) => Ok(reply),
            Ok(Err(fault)) => Err(Trouble::Unclear(fault)),
            Err(_) => Err(Trouble::Unclear(anyhow!("no answer in {:?}", self.patience))),
        }
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        form: Bytes,
        key: Option<&str>,
    ) -> anyhow::Result<Reply> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.api))
            .header(AUTHORIZATION, &self.authorization)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("stripe-version", VERSION);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let request = request.body(Full::new(form)).context("could not write a request")?;
        let answer = self.client.request(request).await.context("could not reach the provider")?;
        let status = answer.status().as_u16();
        let wait = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let retry_after = wait.and_then(|text| text.trim().parse().ok()).unwrap_or(A_MOMENT);
        let body = Limited::new(answer.into_body(), LONGEST).collect().await;
        let body = body.map_err(|e| anyhow!("an answer broke off: {e}"))?.to_bytes();
        Ok(Reply { status, retry_after: retry_after.clamp(1, LONGEST_SILENCE), body })
    }
}

impl Reply {
    /// Reads the body as what it should be.
    ///
    /// # Errors
    /// [`Trouble::Unclear`] when it is something else.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Trouble> {
        serde_json::from_slice(&self.body).map_err(|e| Trouble::Unclear(e.into()))
    }

    /// The body of a request that has to go well.
    ///
    /// # Errors
    /// [`Trouble`] when it did not.
    pub fn expect<T: DeserializeOwned>(&self) -> Result<T, Trouble> {
        match self.status {
            200 => self.read(),
            429 => Err(Trouble::Busy { seconds: self.retry_after }),
            _ => Err(self.unclear()),
        }
    }

    /// Whether something that was named is not there.
    pub fn is_missing(&self) -> bool {
        self.status == 404 || self.code().as_deref() == Some("resource_missing")
    }

    /// Whether the same key came with another request, or twice at once.
    pub fn is_about_keys(&self) -> bool {
        let failure = self.read::<Failure>().ok();
        failure.is_some_and(|failure| failure.error.kind.as_deref() == Some("idempotency_error"))
    }

    /// An answer that settles nothing. Stripe's words may hold what a person
    /// typed, so only its code is told.
    pub fn unclear(&self) -> Trouble {
        let code = self.code().unwrap_or_default();
        Trouble::Unclear(anyhow!("the answer was {} {code}", self.status))
    }

    /// Stripe's word for what went wrong.
    pub fn code(&self) -> Option<String> {
        self.read::<Failure>().ok()?.error.code
    }
}
