//! Campaigns that run by the clock, and who acts on them.

use backend::{
    account::Who,
    pledge::{self, Access, command::Answer},
    schedule,
};
use domain::{Locale, Timestamp, account::Role, pledge::PledgeState};

use crate::stage::{Stage, email};

pub async fn run_until(stage: &Stage, until: Timestamp) {
    stage.clock.set(until);
    for _ in 0..4 {
        schedule::once(&stage.backend).await.expect("ran");
    }
    stage.assert_books().await;
}

pub async fn pledge_state(stage: &Stage, answer: &Answer) -> PledgeState {
    let key = pledge::key(&stage.backend, answer.pledge);
    let access = Access { who: None, key: &key };
    let page = pledge::page(&stage.backend, &access, answer.pledge, Locale::En).await;
    page.expect("the page").state
}

/// Minor units that were paid to creators, and letters of a kind.
pub async fn paid_out(stage: &Stage) -> i64 {
    stage
        .number(
            "select cast(coalesce(sum(amount), 0) as bigint) from entry where account = 'payout'",
        )
        .await
}

pub async fn letters(stage: &Stage, kind: &str) -> i64 {
    stage.number(&format!("select count(*) from mail where kind = '{kind}'")).await
}

pub async fn who(stage: &Stage, guest: &str, role: Role) -> Who {
    Who {
        account: stage.account(guest).await,
        session: None,
        name: "Ada".into(),
        email: email(guest),
        role,
        locale: Locale::En,
    }
}
