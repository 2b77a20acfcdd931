//! A provider between us and the sandbox that fails as networks do, drawn from a
//! seed: before it did what it was asked, or after it, when nobody knows.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use backend::payment::{Outcome, Payments, RefundAnswer, RefundRequest, Request, Trouble};
use futures::future::BoxFuture;

pub struct Faulty {
    inner: Arc<dyn Payments>,
    seed: AtomicU64,
}

impl Faulty {
    pub fn new(inner: Arc<dyn Payments>, seed: u64) -> Self {
        Self { inner, seed: AtomicU64::new(seed) }
    }

    fn draw(&self) -> u64 {
        let step = |x: u64| {
            x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
        };
        let before = self.seed.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |x| Some(step(x)));
        step(before.expect("always updated")) >> 33
    }

    /// Passes a request on, unless it fails before, and its answer, unless that is lost.
    async fn pass<A>(
        &self,
        ask: impl Future<Output = Result<A, Trouble>> + Send,
    ) -> Result<A, Trouble> {
        match self.draw() % 4 {
            0 => Err(Trouble::Busy { seconds: 1 }),
            1 => {
                ask.await?;
                Err(Trouble::Unclear(anyhow::anyhow!("the line went dead")))
            }
            _ => ask.await,
        }
    }
}

impl Payments for Faulty {
    fn charge<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Outcome, Trouble>> {
        Box::pin(self.pass(self.inner.charge(request)))
    }

    fn refund<'a>(
        &'a self,
        request: &'a RefundRequest,
    ) -> BoxFuture<'a, Result<RefundAnswer, Trouble>> {
        Box::pin(self.pass(self.inner.refund(request)))
    }
}
