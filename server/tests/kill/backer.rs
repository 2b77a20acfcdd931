//! One who pledges, remembers every answer, and asks again where there was none.

use std::{collections::BTreeMap, thread, time::Duration};

use domain::payment::TestCard;
use serde_json::Value;

use crate::{
    chance::Chance,
    http::{Answer, Client},
};

/// The campaign.
pub const SLUG: &str = "bench-hot";
/// What each of its rewards costs, in minor units.
const PRICE: i64 = 1_000;
/// Cards that can be saved without a bank's page.
const CARDS: [TestCard; 4] =
    [TestCard::Success, TestCard::Success, TestCard::DeclineLater, TestCard::AuthenticateLater];

/// What the books have to say of one pledge.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expected {
    pub state: &'static str,
    pub total: i64,
    pub card: TestCard,
}

/// One request, the same however often it is sent.
#[derive(Clone, Debug)]
enum Wish {
    Place { key: String, reward: usize, bonus: i64, card: TestCard },
    Change { key: String, pledge: String, bonus: i64 },
    Cancel { key: String, pledge: String },
}

/// Somebody with a token of the API, or one guest after another.
pub struct Backer {
    name: String,
    token: Option<String>,
    rewards: Vec<String>,
    chance: Chance,
    /// Requests so far, for their keys.
    count: u64,
    /// The pledge that can be changed now, and what it has on top.
    open: Option<(String, i64)>,
    /// Asked and not answered.
    waiting: Option<Wish>,
    /// The last that was answered, and its last answered pledge.
    last: Option<(Wish, Answer)>,
    placed: Option<(Wish, Answer)>,
    /// By their ids, 32 digits.
    pub pledges: BTreeMap<String, Expected>,
    pub told: Told,
}

/// How often what was answered.
#[derive(Default, Clone, Copy)]
pub struct Told {
    pub placed: i64,
    pub changed: i64,
    pub cancelled: i64,
    pub sold_out: i64,
    /// Had no answer, and got it when asked again.
    pub asked_again: i64,
    /// Had an answer, and got the same.
    pub repeated: i64,
}

impl Backer {
    pub fn new(name: String, token: Option<String>, rewards: &[String], seed: u64) -> Self {
        Self {
            name,
            token,
            rewards: rewards.to_vec(),
            chance: Chance::of(seed),
            count: 0,
            open: None,
            waiting: None,
            last: None,
            placed: None,
            pledges: BTreeMap::new(),
            told: Told::default(),
        }
    }

    /// Pledges until the server is gone.
    pub fn load(&mut self, mut client: Client) {
        if self.catch_up(&mut client).is_some() {
            while self.next(&mut client).is_some() {}
        }
    }

    /// Asks again what had no answer, and once more what had one. Nothing when the
    /// server is gone.
    pub fn catch_up(&mut self, client: &mut Client) -> Option<()> {
        for (wish, before) in [&self.placed, &self.last].into_iter().flatten() {
            let is_kept = matches!(wish, Wish::Place { .. });
            // Where something may have happened since, other answers are as true.
            if is_kept || self.waiting.is_none() {
                let again = self.send(client, wish)?;
                assert_eq!(again, *before, "{}: {wish:?}", self.name);
                self.told.repeated += 1;
            }
        }
        if let Some(wish) = self.waiting.clone() {
            let answer = self.send(client, &wish)?;
            self.hear(&wish, &answer);
            self.waiting = None;
            self.told.asked_again += 1;
            // A refusal is not kept: the last one may have come free since.
            if answer.status < 400 {
                let again = self.send(client, &wish)?;
                assert_eq!(again, answer, "{}: {wish:?}", self.name);
            }
        }
        Some(())
    }

    fn next(&mut self, client: &mut Client) -> Option<()> {
        let wish = self.wish();
        self.waiting = Some(wish.clone());
        let answer = self.send(client, &wish)?;
        self.hear(&wish, &answer);
        self.waiting = None;
        Some(())
    }

    fn wish(&mut self) -> Wish {
        self.count += 1;
        let key = format!("{}-{}", self.name, self.count);
        let more = i64::try_from(self.chance.below(50)).unwrap_or(0) + 1;
        match self.open.clone() {
            Some((pledge, bonus)) if self.chance.below(3) > 0 => {
                Wish::Change { key, pledge, bonus: bonus + more }
            }
            Some((pledge, _)) => Wish::Cancel { key, pledge },
            None => {
                // The last reward is scarce; guests leave it to those who let go of it.
                let choice = if self.token.is_some() { 6 } else { 3 };
                let reward = usize::try_from(self.chance.below(choice)).unwrap_or(0).min(3);
                let card = CARDS[usize::try_from(self.chance.below(4)).unwrap_or(0)];
                Wish::Place { key, reward, bonus: more, card }
            }
        }
    }

    fn send(&self, client: &mut Client, wish: &Wish) -> Option<Answer> {
        let (head, body) = self.written(wish);
        loop {
            let answer = client.ask(&head, &body)?;
            if answer.status != 503 {
                return Some(answer);
            }
            // Too much at once: as it says, a little later.
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn written(&self, wish: &Wish) -> (String, String) {
        let Some(token) = &self.token else { return self.form(wish) };
        let (method, path, key, body) = match wish {
            Wish::Place { key, reward, bonus, card } => {
                let (reward, card) = (&self.rewards[*reward], card.method());
                let body = format!(
                    r#"{{"reward":"{reward}","bonus":"{bonus}.00","payment_method":"{card}"}}"#
                );
                ("POST", format!("campaigns/{SLUG}/pledges"), key, body)
            }
            Wish::Change { key, pledge, bonus } => {
                ("PATCH", format!("pledges/{pledge}"), key, format!(r#"{{"bonus":"{bonus}.00"}}"#))
            }
            Wish::Cancel { key, pledge } => {
                ("DELETE", format!("pledges/{pledge}"), key, String::new())
            }
        };
        let head = format!(
            "{method} /api/v1/{path} HTTP/1.1\r\nauthorization: Bearer {token}\r\n\
             idempotency-key: {key}\r\ncontent-type: application/json"
        );
        (head, body)
    }

    /// A guest's form, who only ever places.
    fn form(&self, wish: &Wish) -> (String, String) {
        let Wish::Place { key, reward, bonus, card } = wish else {
            panic!("a guest wants {wish:?}");
        };
        let (reward, number) = (&self.rewards[*reward], card.number());
        let body = format!(
            "form[slug]={SLUG}&form[choices][reward]={reward}&form[choices][bonus]={bonus}&form[key]={key}\
             &form[email]={key}%40kill.example&form[card][number]={number}\
             &form[card][expiry]=12%2F60&form[card][code]=123"
        );
        let head = "POST /api/fn/pledge/place HTTP/1.1\r\naccept: application/x-postcard\r\n\
                    content-type: application/x-www-form-urlencoded";
        (head.to_owned(), body)
    }

    /// Believes an answer.
    fn hear(&mut self, wish: &Wish, answer: &Answer) {
        match wish {
            Wish::Place { reward: 3, .. } if answer.status == 422 => {
                assert!(answer.body.contains("sold_out"), "{}: {answer:?}", self.name);
                self.told.sold_out += 1;
                return;
            }
            Wish::Place { bonus, card, .. } => {
                let total = PRICE + bonus * 100;
                let id = self.pledge(answer, "pledged", total);
                if self.token.is_some() {
                    self.open = Some((id.clone(), *bonus));
                }
                let expected = Expected { state: "pledged", total, card: *card };
                let before = self.pledges.insert(digits(&id), expected);
                assert!(before.is_none(), "{}: {id} was placed before", self.name);
                self.told.placed += 1;
                self.placed = Some((wish.clone(), answer.clone()));
            }
            Wish::Change { pledge, bonus, .. } => {
                let total = PRICE + bonus * 100;
                assert_eq!(self.pledge(answer, "pledged", total), *pledge);
                self.open = Some((pledge.clone(), *bonus));
                self.pledges.get_mut(&digits(pledge)).expect("placed").total = total;
                self.told.changed += 1;
            }
            Wish::Cancel { pledge, .. } => {
                let expected = self.pledges.get_mut(&digits(pledge)).expect("placed");
                expected.state = "cancelled";
                let total = expected.total;
                assert_eq!(self.pledge(answer, "cancelled", total), *pledge);
                self.open = None;
                self.told.cancelled += 1;
            }
        }
        self.last = Some((wish.clone(), answer.clone()));
    }

    /// The pledge that an answer is about, once the answer is as it should be.
    fn pledge(&self, answer: &Answer, state: &str, total: i64) -> String {
        let name = &self.name;
        assert!(answer.status < 400, "{name}: {answer:?}");
        if self.token.is_none() {
            let id = answer.location.strip_prefix("/pledges/").and_then(|to| to.split('?').next());
            return id.unwrap_or_else(|| panic!("{name}: {answer:?}")).to_owned();
        }
        let said: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(said["state"], state, "{name}: {answer:?}");
        let amount = format!("{}.{:02}", total / 100, total % 100);
        assert_eq!(said["total"]["amount"], amount.as_str(), "{name}: {answer:?}");
        said["id"].as_str().expect("an id").to_owned()
    }
}

fn digits(id: &str) -> String {
    id.replace('-', "")
}
