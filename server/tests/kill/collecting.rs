//! The second act: the campaign has succeeded, cards are charged, and the server
//! is killed. Time passes while it lies there: leases, the week to replace a card
//! and the two weeks until the creator is paid are moved, not waited for.

use std::{
    thread,
    time::{Duration, Instant},
};

use domain::payment::TestCard;

use crate::{backer::SLUG, chance::Chance, pledging::Pledging, server::Site};

/// The longest that a server lives, in milliseconds.
const LIFE: u64 = 600;
/// How long one phase may take on a slow machine.
const LONG: Duration = Duration::from_secs(120);

/// What is under way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    /// First tries.
    Charging,
    /// Last tries, a week later.
    LastTries,
    PayingOut,
    Over,
}

/// Lets the campaign succeed and kills the server until it has died often enough
/// and everything is paid.
pub fn run(site: &mut Site, pledging: &Pledging, chance: &mut Chance, kills: u64) -> String {
    let pledged = pledging.pledges().filter(|(_, pledge)| pledge.state == "pledged").count();
    assert!(pledged > 0, "nobody pledged");
    // Most servers live for one round, and two of them share what a second allows; all
    // kills together should see all of it: half of the cards have a last try as well.
    let pledged = u64::try_from(pledged).unwrap_or(u64::MAX);
    site.pace = (pledged * 3 / kills.max(1)).clamp(1, 1_000);
    let ended = format!("update campaign set goal = 100, deadline = {}", now() - 1);
    site.books.alter(&format!("{ended} where slug = '{SLUG}'"));
    let (mut phase, mut killed, mut inside) = (Phase::Charging, 0, 0);
    while phase != Phase::Over || killed < kills {
        let server = site.open();
        if killed < kills {
            thread::sleep(Duration::from_millis(chance.below(LIFE)));
            killed += 1;
            inside += u64::from(!is_over(site, phase));
        } else {
            let since = Instant::now();
            while !is_over(site, phase) {
                assert!(since.elapsed() < LONG, "{phase:?} never ended: {}", site.log());
                thread::sleep(Duration::from_millis(50));
            }
        }
        server.kill();
        look(site);
        if is_over(site, phase) {
            phase = after(site, phase);
        }
        // As if two minutes had gone by.
        site.books.alter("update charge set taken_until = 0 where state = 'due'");
    }
    let paid = audit(site, pledging);
    format!("{paid}, {inside} of {kills} kills in the middle of it")
}

fn is_over(site: &Site, phase: Phase) -> bool {
    let none = |from: &str| site.books.number("count(*)", from) == 0;
    match phase {
        Phase::Charging => none("pledge where state = 'pledged'"),
        Phase::LastTries => none("pledge where state in ('errored', 'action_required')"),
        Phase::PayingOut => {
            none(&format!("campaign where slug = '{SLUG}' and paid_out_at is null"))
        }
        Phase::Over => true,
    }
}

/// Moves the dates to where the next phase begins.
fn after(site: &Site, phase: Phase) -> Phase {
    let campaign = |set: String| {
        site.books.alter(&format!("update campaign set {set} where slug = '{SLUG}'"));
    };
    match phase {
        Phase::Charging => {
            campaign(format!("fix_until = {}", now() - 1));
            Phase::LastTries
        }
        Phase::LastTries => {
            campaign(format!("payout_at = {}", now() - 1));
            Phase::PayingOut
        }
        Phase::PayingOut | Phase::Over => Phase::Over,
    }
}

/// What has to hold at any moment: our books agree with themselves, and with the
/// provider's.
fn look(site: &Site) {
    site.check();
    let id = site.books.id("id");
    // Its key is the pledge and the attempt.
    let pledge = "substr(replace(key, '-', ''), 1, 32)";
    let twice = format!(
        "select {pledge}, '', count(*) from sandbox_charge where outcome = 'succeeded'
          group by {pledge} having count(*) > 1"
    );
    assert!(site.books.rows(&twice).is_empty(), "charged twice: {:?}", site.books.rows(&twice));
    let missing = format!(
        "select {id}, state, total from pledge where state = 'collected' and {id} not in
            (select {pledge} from sandbox_charge where outcome = 'succeeded')"
    );
    assert!(site.books.rows(&missing).is_empty(), "never charged: {:?}", site.books.rows(&missing));
}

/// At the end: every good card charged once and for its total, no other; every
/// letter once.
fn audit(site: &Site, pledging: &Pledging) -> String {
    let id = site.books.id("p.id");
    let rows = site.books.rows(&format!(
        "select {id}, p.state, cast(coalesce(sum(case s.outcome when 'succeeded' then s.amount end), 0) as bigint)
           from pledge p
           left join sandbox_charge s on substr(replace(s.key, '-', ''), 1, 32) = {id}
          group by p.id, p.state"
    ));
    let (mut collected, mut dropped) = (0, 0);
    for (id, state, charged) in &rows {
        let (_, expected) = pledging.pledges().find(|(known, _)| *known == id).expect("answered");
        let wanted = match (expected.state, expected.card) {
            ("pledged", TestCard::Success) => ("collected", expected.total),
            ("pledged", _) => ("dropped", 0),
            (state, _) => (state, 0),
        };
        assert_eq!((state.as_str(), *charged), wanted, "{id}: {expected:?}");
        collected += i64::from(state == "collected");
        dropped += i64::from(state == "dropped");
    }
    let letters =
        |kind: &str| site.books.number("count(*)", &format!("mail where kind = '{kind}'"));
    assert_eq!(letters("pledge_collected"), collected, "receipts");
    assert_eq!(letters("pledge_dropped"), dropped, "last letters");
    assert_eq!(letters("card_declined") + letters("confirm_charge"), dropped, "requests");
    assert_eq!(letters("payout_statement"), 1, "statements");
    format!("{collected} charged once, {dropped} dropped, creator paid once")
}

fn now() -> i64 {
    backend::Clock::system().now().0
}
