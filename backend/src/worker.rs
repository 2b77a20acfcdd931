//! What charging and giving back have in common: a worker takes what is due from the
//! database, so that no other one does for a while, and sends it, some of it at the
//! same time. What has no answer is taken again once its time is over.

use domain::time::MINUTE;
use futures::{StreamExt as _, stream};

use crate::error::Result;

/// How long a worker may take for one thing before another one tries.
pub const LEASE: i64 = 2 * MINUTE;
/// Requests that are on their way at the same time.
const AT_ONCE: usize = 8;

/// Sends each of these.
///
/// # Errors
/// The first fault, once all were sent.
pub async fn each<W, A, F>(taken: Vec<W>, send: impl Fn(W) -> F) -> Result<()>
where
    F: Future<Output = Result<A>>,
{
    let sent = stream::iter(taken).map(send);
    let outcomes: Vec<Result<A>> = sent.buffer_unordered(AT_ONCE).collect().await;
    outcomes.into_iter().try_for_each(|outcome| outcome.map(drop))
}
