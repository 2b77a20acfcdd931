//! The line to a bucket: the same client that speaks to the payment provider, instead
//! of a second one with a second stack of encryption.

use std::time::Duration;

use async_trait::async_trait;
use http::Request;
use http_body_util::BodyExt as _;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector as Tcp},
    rt::{TokioExecutor, TokioTimer},
};
use object_store::{
    ClientOptions,
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
        HttpResponse, HttpResponseBody, HttpService,
    },
};

/// How long an answer may take to begin.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a connection is kept that nothing goes over.
const KEPT_OPEN: Duration = Duration::from_secs(30);

/// Makes lines.
#[derive(Debug)]
pub struct Line;

impl HttpConnector for Line {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let connector =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEPT_OPEN)
            .build(connector);
        Ok(HttpClient::new(Service(client)))
    }
}

#[derive(Debug)]
struct Service(Client<HttpsConnector<Tcp>, HttpRequestBody>);

#[async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let asked = self.0.request(Request::from_parts(parts, body));
        let answer = match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(fault)) if fault.is_connect() => {
                return Err(HttpError::new(HttpErrorKind::Connect, fault));
            }
            Ok(Err(fault)) => return Err(HttpError::new(HttpErrorKind::Request, fault)),
            Err(late) => return Err(HttpError::new(HttpErrorKind::Timeout, late)),
        };
        let (parts, body) = answer.into_parts();
        let body = body.map_err(|fault| HttpError::new(HttpErrorKind::Interrupted, fault));
        Ok(HttpResponse::from_parts(parts, HttpResponseBody::new(body)))
    }
}
