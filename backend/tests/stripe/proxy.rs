//! A proxy before localstripe that fails as networks and Stripe do, and adds what
//! localstripe lacks:
//!
//! - idempotency: the same key is answered with what was answered before;
//! - intents listed by customer;
//! - a card that has to be confirmed is refused when its holder is not there, with
//!   `authentication_required`, and its intent then wants a payment method;
//! - events that are kept until the test hands them on, signed anew.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header::CONTENT_TYPE};
use http_body_util::{BodyExt as _, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::Notify};

pub use crate::fault::{Fault, SILENCE};
use crate::fault::{Faults, on_its_way, turned_away};

/// Where charges are asked for, money back, a place for a card, and who it is of.
pub const CHARGES: &str = "/v1/payment_intents";
pub const REFUNDS: &str = "/v1/refunds";
pub const SETUPS: &str = "/v1/setup_intents";
pub const CUSTOMERS: &str = "/v1/customers";

#[derive(Clone)]
pub struct Proxy {
    pub url: String,
    /// Whenever there is another event.
    pub told: Arc<Notify>,
    state: Arc<Mutex<Inner>>,
    localstripe: Arc<str>,
    client: Client<HttpConnector, Full<Bytes>>,
}

#[derive(Default)]
struct Inner {
    /// Keys whose answer is on its way, and answers by key.
    running: HashSet<String>,
    kept: HashMap<String, (Bytes, Answer)>,
    faults: Faults,
    /// What they befall; charges, unless a test says otherwise.
    befallen: Option<&'static str>,
    /// What localstripe gave back, in minor units.
    returned: Vec<i64>,
    customers: HashSet<String>,
    intents: Vec<String>,
    events: Vec<Value>,
    /// Requests for a charge that reached us, and when silence was asked for.
    asked: u32,
}

type Answer = (StatusCode, Bytes);

impl Proxy {
    pub async fn start(localstripe: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let proxy = Self {
            url: format!("http://{}", listener.local_addr().expect("an address")),
            told: Arc::default(),
            state: Arc::default(),
            localstripe: localstripe.trim_end_matches('/').into(),
            client: Client::builder(TokioExecutor::new()).build_http(),
        };
        let app = Router::new().fallback(handle).with_state(proxy.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let hook = json!({"url": format!("{}/hook", proxy.url), "secret": "whsec"});
        let id = uuid::Uuid::now_v7().simple();
        proxy.browser(&format!("/_config/webhooks/{id}"), &hook).await.expect("registered");
        proxy
    }

    /// Every first request under a key for a charge has this fault from now on.
    pub fn fail_first(&self, fault: Fault) {
        self.fail_first_of(CHARGES, fault);
    }

    /// The same of what is asked for there; where nothing has a key, the first one.
    pub fn fail_first_of(&self, path: &'static str, fault: Fault) {
        let mut inner = self.inner();
        inner.faults = Faults::First(fault, HashSet::new());
        inner.befallen = Some(path);
    }

    pub fn fail_by_chance(&self, seed: u64) {
        let mut inner = self.inner();
        inner.faults = Faults::Drawn(seed);
        inner.befallen = None;
    }

    pub fn fail_no_more(&self) {
        self.inner().faults = Faults::None;
    }

    /// A day passes: keys mean nothing any more.
    pub fn forget_keys(&self) {
        self.inner().kept.clear();
    }

    /// Requests for a charge so far.
    pub fn asked(&self) -> u32 {
        self.inner().asked
    }

    /// What was given back, each refund by itself.
    pub fn returned(&self) -> Vec<i64> {
        self.inner().returned.clone()
    }

    /// The events of our own payments, as they came.
    pub fn events(&self) -> Vec<Value> {
        let inner = self.inner();
        inner
            .events
            .iter()
            .filter(|event| inner.is_ours(&event["data"]["object"]))
            .cloned()
            .collect()
    }

    /// Every intent of ours as localstripe has it, in the order of their keys. Each
    /// is asked for by itself: a list of all is made of every test's.
    pub async fn intents(&self) -> Vec<Value> {
        let ids = self.inner().intents.clone();
        let mut ours = Vec::new();
        for id in ids {
            ours.push(self.read(&format!("/v1/payment_intents/{id}")).await);
        }
        ours.sort_by_key(|intent| intent["metadata"]["key"].to_string());
        ours
    }

    async fn read(&self, path: &str) -> Value {
        let (_, body) = self.forward(Method::GET, path, &secret(), Bytes::new()).await;
        serde_json::from_slice(&body).expect("JSON")
    }

    /// Remembers the intent that was just made. A decline names only its charge.
    async fn remember(&self, made: &Bytes) {
        let made: Value = serde_json::from_slice(made).unwrap_or_default();
        let id = match made["error"]["charge"].as_str() {
            Some(charge) => {
                self.read(&format!("/v1/charges/{charge}")).await["payment_intent"].clone()
            }
            None => made["id"].clone(),
        };
        let id = id.as_str().expect("an intent").to_owned();
        self.inner().intents.push(id);
    }

    /// Minor units that were paid, and how many times.
    pub async fn paid(&self) -> (i64, usize) {
        let intents = self.intents().await;
        let paid = || intents.iter().filter(|intent| intent["status"] == "succeeded");
        (paid().filter_map(|intent| intent["amount"].as_i64()).sum(), paid().count())
    }

    /// What Stripe's script does in a browser.
    pub async fn browser(&self, path: &str, body: &Value) -> Result<Value, (StatusCode, Value)> {
        let body = Bytes::from(body.to_string());
        let (status, answer) = self.forward(Method::POST, path, &HeaderMap::new(), body).await;
        let answer = serde_json::from_slice(&answer).unwrap_or_default();
        if status.is_success() { Ok(answer) } else { Err((status, answer)) }
    }

    async fn forward(
        &self,
        method: Method,
        path: &str,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Answer {
        let mut request =
            http::Request::builder().method(method).uri(format!("{}{path}", self.localstripe));
        for (name, value) in headers {
            if matches!(name.as_str(), "authorization" | "content-type") {
                request = request.header(name, value);
            }
        }
        let request = request.body(Full::new(body)).expect("a request");
        let answer = self.client.request(request).await.expect("localstripe answers");
        let status = answer.status();
        (status, answer.into_body().collect().await.expect("a body").to_bytes())
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.state.lock().expect("not poisoned")
    }
}

impl Inner {
    fn is_ours(&self, object: &Value) -> bool {
        object["customer"].as_str().is_some_and(|customer| self.customers.contains(customer))
    }

    /// What befalls this request.
    fn fault(&mut self, method: &Method, path: &str, key: &str) -> Fault {
        if *method != Method::POST || path != self.befallen.unwrap_or(CHARGES) {
            return Fault::None;
        }
        self.faults.next(key)
    }
}

fn secret() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", "Bearer sk_test_12345".parse().expect("a value"));
    headers
}

async fn handle(State(proxy): State<Proxy>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body");
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    if path == "/hook" {
        proxy.inner().events.push(serde_json::from_slice(&body).expect("an event"));
        proxy.told.notify_waiters();
        return StatusCode::OK.into_response();
    }
    let is_charge = parts.method == Method::POST && path == CHARGES;
    let key =
        parts.headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
    let Some(key) = key else { return without_key(proxy, parts, path, body).await };
    let fault = {
        let mut inner = proxy.inner();
        inner.asked += u32::from(is_charge);
        let fault = inner.fault(&parts.method, &path, &key);
        if let Some(refused) = turned_away(fault) {
            return refused;
        }
        if let Some((asked, answer)) = inner.kept.get(&key) {
            let error =
                json!({"error": {"type": "idempotency_error", "message": "another request"}});
            return match *asked == body {
                true => reply(answer.clone()),
                false => reply((StatusCode::BAD_REQUEST, error.to_string().into())),
            };
        }
        if !inner.running.insert(key.clone()) {
            let error =
                json!({"error": {"type": "idempotency_error", "code": "idempotency_key_in_use"}});
            return reply((StatusCode::CONFLICT, error.to_string().into()));
        }
        fault
    };
    // Whoever asked may have gone; what was begun is carried out.
    let answer = tokio::spawn(carry_out(proxy, parts, path, key, body, fault));
    let answer = answer.await.expect("carried out");
    on_its_way(fault, reply(answer)).await
}

/// The answer to what was done, where that is an error.
fn broken() -> Answer {
    let error = json!({"error": {"type": "api_error"}});
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string().into())
}

/// What is done anew each time that it is asked for.
async fn without_key(
    proxy: Proxy,
    parts: http::request::Parts,
    path: String,
    body: Bytes,
) -> Response {
    let fault = proxy.inner().fault(&parts.method, &path, &path);
    if let Some(refused) = turned_away(fault) {
        return refused;
    }
    let answer = plain(&proxy, &parts, &path, body).await;
    let answer = if fault == Fault::Broken { reply(broken()) } else { answer };
    on_its_way(fault, answer).await
}

async fn carry_out(
    proxy: Proxy,
    parts: http::request::Parts,
    path: String,
    key: String,
    body: Bytes,
    fault: Fault,
) -> Answer {
    let (status, answer) = proxy.forward(parts.method, &path, &parts.headers, body.clone()).await;
    if path == CHARGES {
        proxy.remember(&answer).await;
    }
    if path == REFUNDS && status.is_success() {
        let made: Value = serde_json::from_slice(&answer).expect("a refund");
        proxy.inner().returned.push(made["amount"].as_i64().expect("an amount"));
    }
    let mut answer = off_session(&body, status, answer);
    if fault == Fault::Slow {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    if fault == Fault::Broken {
        answer = broken();
    }
    let mut inner = proxy.inner();
    inner.running.remove(&key);
    inner.kept.insert(key, (body, answer.clone()));
    answer
}

/// A request without a key.
async fn plain(proxy: &Proxy, parts: &http::request::Parts, path: &str, body: Bytes) -> Response {
    let listed =
        path.strip_prefix("/v1/payment_intents?customer=").and_then(|rest| rest.split('&').next());
    if let Some(customer) = listed {
        let intents = proxy.intents().await;
        let theirs =
            intents.into_iter().filter(|intent| intent["customer"] == customer).map(waiting);
        let list = json!({"object": "list", "data": theirs.collect::<Vec<_>>()});
        return reply((StatusCode::OK, list.to_string().into()));
    }
    let answer = proxy.forward(parts.method.clone(), path, &parts.headers, body).await;
    if path == CUSTOMERS {
        let made: Value = serde_json::from_slice(&answer.1).expect("a customer");
        proxy.inner().customers.insert(made["id"].as_str().expect("an id").to_owned());
    }
    reply(answer)
}

/// As Stripe would: nobody is there to be asked.
fn off_session(body: &Bytes, status: StatusCode, answer: Bytes) -> Answer {
    let is_off = String::from_utf8_lossy(body).contains("off_session=true");
    let intent: Value = serde_json::from_slice(&answer).unwrap_or_default();
    if !is_off || intent["status"] != "requires_action" {
        return (status, answer);
    }
    let error = json!({"error": {
        "type": "card_error", "code": "authentication_required", "payment_intent": waiting(intent),
    }});
    (StatusCode::PAYMENT_REQUIRED, error.to_string().into())
}

fn waiting(mut intent: Value) -> Value {
    if intent["status"] == "requires_action" {
        intent["status"] = json!("requires_payment_method");
        intent["last_payment_error"] = json!({"code": "authentication_required"});
    }
    intent
}

fn reply((status, body): Answer) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], Body::from(body)).into_response()
}
