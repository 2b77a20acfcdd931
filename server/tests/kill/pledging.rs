//! The first act: people pledge, change and cancel, and the server is killed.

use std::{collections::BTreeMap, thread, time::Duration};

use serde_json::Value;

use crate::{
    backer::{Backer, Expected, SLUG, Told},
    chance::Chance,
    http::Client,
    server::Site,
};

/// People with a token of the API.
const HOLDERS: u64 = 4;
/// Lines of guests.
const GUESTS: u64 = 6;
/// The longest that a server lives, in milliseconds.
const LIFE: u64 = 900;

pub struct Pledging {
    backers: Vec<Backer>,
}

/// Makes accounts and tokens, and learns what there is to be had.
pub fn begin(site: &Site, chance: &mut Chance) -> Pledging {
    let server = site.open();
    let path = format!("GET /api/v1/campaigns/{SLUG}/rewards HTTP/1.1");
    let answer = Client::new(site.address).ask(&path, "").expect("an answer");
    server.kill();
    let list: Value = serde_json::from_str(&answer.body).expect("JSON");
    let rewards: Vec<String> = list["items"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|reward| Some(reward["id"].as_str()?.to_owned()))
        .collect();
    assert_eq!(rewards.len(), 4, "{list}");
    let mut backers = Vec::new();
    for n in 0..HOLDERS {
        let email = format!("holder{n}@kill.example");
        site.run(&["admin", "create-account", "--email", &email]);
        let said = site.run(&["admin", "create-token", "--email", &email]);
        let token = said.split_whitespace().last().expect("a token").to_owned();
        let seed = chance.below(u64::MAX);
        backers.push(Backer::new(format!("holder{n}"), Some(token), &rewards, seed));
    }
    for n in 0..GUESTS {
        let seed = chance.below(u64::MAX);
        backers.push(Backer::new(format!("guest{n}"), None, &rewards, seed));
    }
    Pledging { backers }
}

impl Pledging {
    /// One life of the server, and a look at what it left.
    pub fn until_killed(&mut self, site: &mut Site, chance: &mut Chance, kill: u64) {
        // Some are killed before they are open.
        if kill % 5 == 4 {
            let server = site.start();
            thread::sleep(Duration::from_millis(chance.below(300)));
            server.kill();
        }
        let server = site.open();
        let address = site.address;
        thread::scope(|scope| {
            for backer in &mut self.backers {
                scope.spawn(move || backer.load(Client::new(address)));
            }
            thread::sleep(Duration::from_millis(chance.below(LIFE)));
            server.kill();
        });
        self.compare(site, false);
        site.check();
    }

    /// Every question gets its answer; from then on nothing is unknown.
    pub fn settle(&mut self, site: &mut Site) {
        let server = site.open();
        for backer in &mut self.backers {
            backer.catch_up(&mut Client::new(site.address)).expect("the server stays");
        }
        server.kill();
        self.compare(site, true);
        site.check();
    }

    /// All pledges that were answered.
    pub fn pledges(&self) -> impl Iterator<Item = (&String, &Expected)> {
        self.backers.iter().flat_map(|backer| &backer.pledges)
    }

    /// In one line for people.
    pub fn told(&self) -> String {
        let Told { placed, changed, cancelled, sold_out, asked_again, repeated } = self.sum();
        format!(
            "{placed} placed, {changed} changed, {cancelled} cancelled, {sold_out} sold out, \
             {asked_again} asked again, {repeated} repeated"
        )
    }

    /// Each answer against the books. What had no answer may have happened or not,
    /// but nothing else may.
    fn compare(&self, site: &Site, is_settled: bool) {
        let id = site.books.id("id");
        let query = format!("select {id}, state, total from pledge");
        let mut kept: BTreeMap<String, (String, i64)> = site
            .books
            .rows(&query)
            .into_iter()
            .map(|(id, state, total)| (id, (state, total)))
            .collect();
        let mut others = 0;
        for (id, expected) in self.pledges() {
            let Some((state, total)) = kept.remove(id) else {
                panic!("{id} is lost: {expected:?}")
            };
            if (state.as_str(), total) != (expected.state, expected.total) {
                assert!(!is_settled, "{id} is {state} {total} and was answered {expected:?}");
                others += 1;
            }
        }
        let unknown = kept.len() + others;
        let most = if is_settled { 0 } else { self.backers.len() };
        assert!(unknown <= most, "{unknown} pledges are as nobody asked: {kept:?}");
        if is_settled {
            let Told { placed, changed, cancelled, .. } = self.sum();
            for (kind, number) in
                [("placed", placed), ("changed", changed), ("cancelled", cancelled)]
            {
                let from = format!("mail where kind = 'pledge_{kind}'");
                assert_eq!(site.books.number("count(*)", &from), number, "letters: {kind}");
                let from = format!("pledge_change where what = '{kind}'");
                assert_eq!(site.books.number("count(*)", &from), number, "changes: {kind}");
            }
        }
    }

    fn sum(&self) -> Told {
        self.backers.iter().fold(Told::default(), |sum, backer| {
            let told = backer.told;
            Told {
                placed: sum.placed + told.placed,
                changed: sum.changed + told.changed,
                cancelled: sum.cancelled + told.cancelled,
                sold_out: sum.sold_out + told.sold_out,
                asked_again: sum.asked_again + told.asked_again,
                repeated: sum.repeated + told.repeated,
            }
        })
    }
}
