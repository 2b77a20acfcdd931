//! A campaign's accounts: in sums for anyone, and row by row for who runs it.

mod export;
pub(crate) mod sql;

use std::collections::BTreeMap;

use domain::{
    Money,
    accounting::{Accounts, AccountsPage},
    campaign::CampaignState,
    ledger::Account,
    people::Right,
};

use crate::{
    account::Who,
    campaign,
    context::Backend,
    error::{Error, Result},
    ledger, refund,
};
pub use export::{Books, Format};

/// What the page of a campaign's accounts shows to this visitor.
///
/// # Errors
/// [`Error::NotFound`] when there is no such public campaign.
pub async fn page(backend: &Backend, who: Option<&Who>, slug: &str) -> Result<AccountsPage> {
    let mut campaign = campaign::page(backend, who, slug, "").await?;
    if !campaign.state.is_public() {
        return Err(Error::NotFound);
    }
    campaign.story_html.clear();
    campaign.rewards.clear();
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let totals = sql::totals(&mut conn, campaign.id).await?;
    let balances = ledger::balances(&mut conn, campaign.id).await?;
    let mut sees = async |right| refund::managed(&mut conn, who, slug, right).await.is_ok();
    let (sees_money, sees_backers) = (sees(Right::SeeMoney).await, sees(Right::SeeBackers).await);
    let has_begun = campaign.state != CampaignState::Live || totals.collected > 0;
    let currency = campaign.funding.currency;
    let accounts = has_begun.then(|| accounts(&totals, &balances, |m| Money::new(m, currency)));
    Ok(AccountsPage { campaign, accounts, sees_money, sees_backers })
}

fn accounts(
    totals: &sql::Totals,
    balances: &BTreeMap<Account, i64>,
    money: impl Fn(i64) -> Money,
) -> Accounts {
    let of = |account| money(balances.get(&account).copied().unwrap_or_default());
    let open = totals.pledged - totals.collected - totals.dropped;
    // Nothing is outstanding where no card is to be charged.
    let is_collecting = totals.fix_until.is_some() || totals.collected > 0;
    let (outstanding, released) = if is_collecting { (open, 0) } else { (0, open) };
    Accounts {
        pledged: money(totals.pledged),
        collected: money(totals.collected),
        outstanding: money(outstanding),
        not_collected: money(totals.dropped + released),
        platform_fee: of(Account::PlatformFee),
        processing_fee: of(Account::ProcessingFee),
        refunded: money(totals.refunded),
        charged_back: money(totals.charged_back),
        disputed: of(Account::Disputed),
        reserve: of(Account::Reserve),
        reserve_until: totals.reserve_until.filter(|_| totals.reserve > 0),
        waiting: of(Account::Clearing),
        paid_out: of(Account::Payout),
        paid_out_at: totals.paid_out_at,
    }
}

/// The books of a campaign, to be read to their end.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not see its money, signed in or not: there
/// is nothing here for them to know of.
pub async fn books(
    backend: &Backend,
    who: Option<&Who>,
    slug: &str,
    format: Format,
) -> Result<Books> {
    let mut reader = backend.db.read().await?;
    match refund::managed(&mut reader.conn(), who, slug, Right::SeeMoney).await {
        Ok(campaign) => Ok(Books::new(backend.clone(), &campaign, format)),
        Err(Error::SignedOut) => Err(Error::NotFound),
        Err(error) => Err(error),
    }
}
