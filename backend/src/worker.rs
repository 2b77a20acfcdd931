//! What charging and giving back have in common: a worker takes what is due from the
//! database, so that no other one does for a while, and sends it, some of it at the
//! same time. What has no answer is taken again once its time is over.

use domain::time::MINUTE;
use futures::{StreamExt as _, stream};

use crate::{
    context::Backend,
    error::{Error, Result},
    pledge::command::Command,
};

/// How long a worker may take for one thing before another one tries.
pub const LEASE: i64 = 2 * MINUTE;
/// Commands that wait for the pledge writer at the same time: enough for it to write
/// them together, few enough to leave its queue to those who pledge.
const TOGETHER: usize = 128;

/// What goes on after a fault, so that one campaign does not keep all others waiting.
/// Each fault is logged once: the first by whoever is told of it at the end, and those
/// after it here.
#[derive(Debug, Default)]
pub struct Round {
    first: Option<Error>,
}

impl Round {
    /// Notes how a part of it ended.
    pub fn note<T>(&mut self, outcome: Result<T>) {
        let Err(fault) = outcome else { return };
        if self.first.is_none() {
            self.first = Some(fault);
        } else {
            tracing::error!(error = %format_args!("{fault:#}"), "a round had one more fault");
        }
    }

    /// How the whole of it ended.
    ///
    /// # Errors
    /// The first fault.
    pub fn end(self) -> Result<()> {
        self.first.map_or(Ok(()), Err)
    }
}

/// Sends each of these, so many at the same time as keep the pace.
///
/// # Errors
/// The first fault, once all were sent.
pub async fn each<W, A, F>(backend: &Backend, taken: Vec<W>, send: impl Fn(W) -> F) -> Result<()>
where
    F: Future<Output = Result<A>>,
{
    let sent = stream::iter(taken).map(send);
    let at_once = at_once(backend.options.charges_per_second);
    let outcomes: Vec<Result<A>> = sent.buffer_unordered(at_once).collect().await;
    let mut round = Round::default();
    for outcome in outcomes {
        round.note(outcome);
    }
    round.end()
}

/// Requests that are on their way at the same time. A provider answers within a
/// quarter of a second, mostly; with fewer of them the pace would not be kept.
fn at_once(per_second: u32) -> usize {
    usize::try_from(per_second / 4).unwrap_or(usize::MAX).clamp(8, 256)
}

/// Puts these commands to the pledge writer, many at the same time, and gives how many
/// it carried out. A refusal says that somebody else was faster.
///
/// # Errors
/// The first fault, once all were put.
pub async fn submit(backend: &Backend, commands: Vec<Command>) -> Result<usize> {
    let put = stream::iter(commands).map(|command| backend.writer.submit(command));
    let outcomes: Vec<_> = put.buffer_unordered(TOGETHER).collect().await;
    let mut round = Round::default();
    let mut done = 0;
    for outcome in outcomes {
        match outcome {
            Ok(_) => done += 1,
            Err(Error::Refused(_) | Error::Invalid(_)) => {}
            fault => round.note(fault),
        }
    }
    round.end().map(|()| done)
}

#[cfg(test)]
mod tests {
    use super::{Round, at_once};
    use crate::error::Error;

    #[test]
    fn a_round_goes_on_and_tells_of_its_first_fault() {
        let mut round = Round::default();
        round.note(Ok(()));
        round.note::<()>(Err(Error::NotFound));
        round.note::<()>(Err(Error::Forbidden));
        assert!(matches!(round.end(), Err(Error::NotFound)));
        assert!(Round::default().end().is_ok());
    }

    #[test]
    fn as_many_are_on_their_way_as_keep_the_pace() {
        assert_eq!([1, 25, 100, 1_000].map(at_once), [8, 8, 25, 250]);
        assert_eq!(at_once(u32::MAX), 256);
    }
}
