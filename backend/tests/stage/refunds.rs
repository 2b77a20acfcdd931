//! A campaign whose cards were charged, and short ways to give money back.

#![allow(dead_code, reason = "each test file uses its own part")]

use backend::{
    Backend, Error, account::Who, campaign, pledge, pledge::command::Answer, refund, schedule,
};
use domain::{
    Locale,
    account::Role,
    id::{CampaignId, PledgeId, RewardId},
    refund::RefundForm,
    reward::RewardKind,
    slug::Slug,
    time::SECOND,
};

use super::stage::{DEADLINE, Stage, email, placement, with_add_on};

/// Pledges of 30 euros, each with a reward of 20 and an add-on of 10, charged.
pub struct Charged {
    pub slug: Slug,
    pub placed: Vec<Answer>,
    /// The reward and the add-on.
    pub lines: [RewardId; 2],
    pub creator: Who,
    backend: Backend,
}

impl Charged {
    pub async fn new(stage: &Stage, backers: usize) -> Self {
        let slug = stage.campaign(|new| new.goal = 1_000).await;
        let reward = stage.reward(&slug, |new| new.price = 2_000).await;
        let add_on = stage.reward(&slug, |new| new.kind = RewardKind::AddOn).await;
        let mut placed = Vec::new();
        for n in 0..backers {
            let order = placement(&slug, &format!("backer{n}"), with_add_on(reward, add_on, 1));
            placed.push(pledge::place(&stage.backend, order).await.expect("placed"));
        }
        // A second has room for 25.
        for second in 0..=i64::try_from(backers / 25).expect("a few") {
            stage.clock.set(DEADLINE.plus(second * SECOND));
            for _ in 0..3 {
                schedule::once(&stage.backend).await.expect("charged");
            }
        }
        let creator = who(stage, "creator", Role::Member).await;
        let backend = stage.backend.clone();
        Self { slug, placed, lines: [reward, add_on], creator, backend }
    }

    pub fn pledge(&self, n: usize) -> PledgeId {
        self.placed[n].pledge
    }

    pub async fn campaign(&self, stage: &Stage) -> CampaignId {
        let page = campaign::page(&stage.backend, None, self.slug.as_str(), "").await;
        page.expect("the page").id
    }

    /// The form for the nth pledge.
    pub fn form(&self, n: usize, form: RefundForm) -> RefundForm {
        RefundForm {
            slug: self.slug.to_string(),
            id: self.pledge(n).to_string(),
            reason: "other".into(),
            ..form
        }
    }

    /// What the creator gives back of the nth pledge.
    pub async fn refund(&self, n: usize, form: RefundForm) -> Result<Answer, Error> {
        refund::ask(&self.backend, Some(&self.creator), &self.form(n, form)).await
    }

    pub async fn letters(&self, kind: &str) -> i64 {
        self.number(&format!("select count(*) from mail where kind = '{kind}'")).await
    }

    pub async fn balance(&self, account: &str) -> i64 {
        let sum = "select cast(coalesce(sum(amount), 0) as bigint) from entry where account = ";
        self.number(&format!("{sum} '{account}'")).await
    }

    async fn number(&self, statement: &str) -> i64 {
        super::stage::number(&self.backend.db, statement).await
    }
}

/// Somebody signed in.
pub async fn who(stage: &Stage, name: &str, role: Role) -> Who {
    Who {
        account: stage.account(name).await,
        session: None,
        name: name.into(),
        email: email(name),
        role,
        locale: Locale::En,
    }
}

pub fn all() -> RefundForm {
    RefundForm { what: "rest".into(), ..RefundForm::default() }
}

pub fn some(amount: &str) -> RefundForm {
    RefundForm { what: "amount".into(), amount: amount.into(), ..RefundForm::default() }
}

pub fn part(lines: &[RewardId]) -> RefundForm {
    let lines = lines.iter().map(|line| (RefundForm::line(*line), "on".to_owned())).collect();
    RefundForm { what: "lines".into(), lines, ..RefundForm::default() }
}

/// So many units of one line.
pub fn units(line: RewardId, units: i64) -> RefundForm {
    let units = [(RefundForm::line(line), units.to_string())].into();
    RefundForm { units, ..part(&[line]) }
}
