//! How often one visitor may do a thing. Counted in the memory of this process:
//! a limit keeps scripts at bay, and no promise depends on it.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    net::Ipv6Addr,
    num::NonZeroU32,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};

use crate::error::{Error, Result};

/// After so many checks, visitors whose count has run out are forgotten.
const SWEEP_EVERY: u32 = 1024;

/// Most live streams that one network holds open at once: a classroom behind one
/// address, with a few pages each.
pub const MOST_STREAMS: u32 = 64;

/// How many of these may be taken by cards on other pages, which do without a stream if
/// they have to.
pub const MOST_CARDS: u32 = 48;

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited {
    /// Trying a password or a link from a letter.
    SignIn,
    /// Asking for an account; each may send a letter.
    SignUp,
    /// Placing, changing or cancelling a pledge on a page.
    Pledge,
    /// Any request of the public API.
    Api,
    /// Any other change.
    Write,
    /// A letter that a guest's act sends to an address, whoever the guest is.
    Letter,
    /// Playing a campaign to its end.
    Rehearsal,
    /// Bringing a picture.
    Upload,
}

/// The limits of this process. Cheap to clone.
#[derive(Clone)]
pub struct Limits(Option<Arc<Counters>>);

struct Counters {
    by_action: [DefaultKeyedRateLimiter<u64>; Limited::ALL.len()],
    clock: DefaultClock,
    /// Who is counted is kept as a keyed hash: of one size, and no trace of
    /// anybody's address.
    hasher: RandomState,
    checks: AtomicU32,
    /// Open streams of each network that has any.
    streams: Mutex<HashMap<u64, u32>>,
}

/// A live stream that counts while this is held.
pub struct Stream(Option<(Arc<Counters>, u64)>);

impl Drop for Stream {
    fn drop(&mut self) {
        let Some((counters, key)) = &self.0 else { return };
        let mut streams = counters.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = streams.get_mut(key) {
            *open -= 1;
            if *open == 0 {
                streams.remove(key);
            }
        }
    }
}

impl Limited {
    /// Every limited action, in the order of their counters.
    pub const ALL: [Self; 8] = [
        Self::SignIn,
        Self::SignUp,
        Self::Pledge,
        Self::Api,
        Self::Write,
        Self::Letter,
        Self::Rehearsal,
        Self::Upload,
    ];

    /// How many a visitor has at once.
    #[must_use]
    pub const fn at_once(self) -> u32 {
        match self {
            Self::SignIn | Self::Letter => 10,
            Self::SignUp => 5,
            Self::Pledge => 20,
            Self::Rehearsal | Self::Upload => 30,
            Self::Api => 120,
            Self::Write => 60,
        }
    }

    /// How long it takes until all of them are there again.
    const fn earned_back_in(self) -> Duration {
        match self {
            Self::Letter => Duration::from_hours(1),
            _ => Duration::from_mins(1),
        }
    }
}

impl Limits {
    /// Fresh counters, or none when limits are switched off.
    #[must_use]
    pub fn new(enabled: bool) -> Self {
        let limiter = |action: Limited| {
            let burst =
                NonZeroU32::new(action.at_once()).expect("every action may happen at times");
            let each = action.earned_back_in() / action.at_once();
            let quota = Quota::with_period(each).expect("no action is earned back in no time");
            RateLimiter::dashmap(quota.allow_burst(burst))
        };
        Self(enabled.then(|| {
            Arc::new(Counters {
                by_action: Limited::ALL.map(limiter),
                clock: DefaultClock::default(),
                hasher: RandomState::new(),
                checks: AtomicU32::new(0),
                streams: Mutex::default(),
            })
        }))
    }

    /// Counts one action of a visitor, who is told by any text: the address of
    /// a network, a token, an account.
    ///
    /// # Errors
    /// [`Error::TooFast`] with the seconds to wait, at least one.
    pub fn check(&self, action: Limited, who: &str) -> Result<()> {
        let Some(counters) = &self.0 else { return Ok(()) };
        counters.sweep();
        let limiter = &counters.by_action[action as usize];
        let key = counters.key(who);
        limiter.check_key(&key).map_err(|until| {
            let wait = until.wait_time_from(counters.clock.now());
            let seconds = u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX);
            Error::TooFast { seconds: seconds.max(1) }
        })
    }

    /// Counts one more open stream of a visitor; `None` when their network holds `most`
    /// already, of whatever kind.
    #[must_use]
    pub fn stream(&self, who: &str, most: u32) -> Option<Stream> {
        let Some(counters) = &self.0 else { return Some(Stream(None)) };
        let key = counters.key(who);
        let mut streams = counters.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let open = streams.entry(key).or_default();
        if *open >= most {
            return None;
        }
        *open += 1;
        drop(streams);
        Some(Stream(Some((Arc::clone(counters), key))))
    }
}

impl Counters {
    fn key(&self, who: &str) -> u64 {
        self.hasher.hash_one(network(who).as_deref().unwrap_or(who))
    }

    fn sweep(&self) {
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            for limiter in &self.by_action {
                limiter.retain_recent();
                limiter.shrink_to_fit();
            }
        }
    }
}

/// The network of an IPv6 address: whoever has one address has the 2^64 beside
/// it as well.
fn network(who: &str) -> Option<String> {
    let address: Ipv6Addr = who.parse().ok()?;
    if address.to_ipv4_mapped().is_some() {
        return None;
    }
    let [a, b, c, d, ..] = address.segments();
    Some(format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"))
}

#[cfg(test)]
mod tests {
    use super::{Limited, Limits, MOST_STREAMS, SWEEP_EVERY};
    use crate::error::Error;

    fn allowed(limits: &Limits, action: Limited, who: &str) -> u32 {
        let mut count = 0;
        while count < 1000 && limits.check(action, who).is_ok() {
            count += 1;
        }
        count
    }

    #[test]
    fn each_action_has_its_own_burst() {
        let limits = Limits::new(true);
        for action in Limited::ALL {
            let count = allowed(&limits, action, "192.0.2.1");
            // A slow machine may earn one back while it counts.
            assert!(
                (action.at_once()..=action.at_once() + 1).contains(&count),
                "{action:?}: {count}"
            );
        }
    }

    #[test]
    fn whoever_is_too_fast_learns_how_long_to_wait() {
        let limits = Limits::new(true);
        allowed(&limits, Limited::SignUp, "192.0.2.1");
        let Err(Error::TooFast { seconds }) = limits.check(Limited::SignUp, "192.0.2.1") else {
            panic!("a sixth sign-up within the minute is too fast");
        };
        assert!((1..=12).contains(&seconds), "{seconds}");
    }

    #[test]
    fn one_visitor_does_not_slow_another_down() {
        let limits = Limits::new(true);
        allowed(&limits, Limited::SignIn, "192.0.2.1");
        assert!(limits.check(Limited::SignIn, "192.0.2.2").is_ok());
        assert!(limits.check(Limited::SignUp, "192.0.2.1").is_ok());
    }

    #[test]
    fn the_addresses_of_one_ipv6_network_count_as_one() {
        let limits = Limits::new(true);
        for last in 0..5 {
            limits
                .check(Limited::SignUp, &format!("2001:db8:1:2::{last}"))
                .expect("five in a minute");
        }
        assert!(limits.check(Limited::SignUp, "2001:db8:1:2:ffff::1").is_err());
        assert!(limits.check(Limited::SignUp, "2001:db8:1:3::1").is_ok());
        assert!(limits.check(Limited::SignUp, "::ffff:192.0.2.1").is_ok());
    }

    #[test]
    fn visitors_are_forgotten_once_their_count_has_run_out() {
        let limits = Limits::new(true);
        let counters = limits.0.as_ref().expect("limits are on");
        let api = &counters.by_action[Limited::Api as usize];
        for n in 0..SWEEP_EVERY - 1 {
            limits.check(Limited::Api, &n.to_string()).expect("everyone's first");
        }
        assert_eq!(api.len(), 1023);
        // One of 120 a minute is earned back after half a second, and is let go
        // after as long again.
        std::thread::sleep(std::time::Duration::from_millis(1100));
        limits.check(Limited::Api, "the last").expect("its first");
        assert_eq!(api.len(), 1);
    }

    #[test]
    fn a_network_holds_so_many_streams_until_one_ends() {
        let limits = Limits::new(true);
        let mut open: Vec<_> = (0..MOST_STREAMS)
            .map(|_| limits.stream("192.0.2.1", MOST_STREAMS).expect("one more"))
            .collect();
        assert!(limits.stream("192.0.2.1", MOST_STREAMS).is_none());
        assert!(
            limits.stream("192.0.2.2", MOST_STREAMS).is_some(),
            "another network is another matter"
        );
        open.pop();
        open.push(
            limits.stream("192.0.2.1", MOST_STREAMS).expect("the place of the one that ended"),
        );
        drop(open);
        assert!(
            limits.0.expect("on").streams.lock().expect("free").is_empty(),
            "and all forgotten"
        );
        let off = Limits::new(false);
        let many: Vec<_> = (0..1000).map(|_| off.stream("192.0.2.1", MOST_STREAMS)).collect();
        assert!(many.iter().all(Option::is_some));
    }

    #[test]
    fn limits_that_are_off_let_everything_pass() {
        assert_eq!(allowed(&Limits::new(false), Limited::SignUp, "192.0.2.1"), 1000);
    }
}
