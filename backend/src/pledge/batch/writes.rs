//! What a batch has decided to write, all of it at its end.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    Timestamp,
    id::{AccountId, ChargebackId, PledgeId, RefundId},
};

use super::{
    known::{Kept, Known, insert_kept},
    sql::{self, Change, Held, NewPerson, NewPledge},
};
use crate::{
    chargeback,
    collection::{self, sql::Charge},
    db::Conn,
    error::Result,
    instalment::{self, sql::Instalment},
    ledger::{self, Entry},
    mail,
    pledge::sql::Item,
    refund,
    surplus::{self, sql::Surplus},
};

#[derive(Default)]
pub struct Writes {
    pub people: Vec<NewPerson>,
    pub placed: Vec<NewPledge>,
    /// Pledges of [`Known`] that are no longer what they were.
    pub altered: BTreeSet<PledgeId>,
    /// What pledges hold from now on; before, those in `altered` held other things.
    pub items: BTreeMap<PledgeId, Vec<Item>>,
    pub changes: Vec<Change>,
    /// Tries to add, and those of [`Known`] that were settled.
    pub charges: Vec<Charge>,
    pub settled: BTreeSet<(PledgeId, i64)>,
    /// Instalments of [`Known`] that are new or no longer what they were.
    pub instalments: BTreeSet<(PledgeId, i64)>,
    /// Refunds and disputes of [`Known`] to add, and those that were settled.
    pub refunds: BTreeSet<RefundId>,
    pub settled_refunds: BTreeSet<RefundId>,
    pub chargebacks: BTreeSet<ChargebackId>,
    pub settled_chargebacks: BTreeSet<ChargebackId>,
    /// Payments that have to go back.
    pub surpluses: Vec<Surplus>,
    pub kept: Vec<Kept>,
    pub letters: Vec<mail::Written>,
    pub entries: Vec<Entry>,
}

impl Writes {
    /// Writes everything, in as many statements whatever there is of it.
    pub async fn write(mut self, conn: &mut Conn<'_>, known: &Known, now: Timestamp) -> Result<()> {
        let mut ids: HashMap<AccountId, AccountId> = HashMap::new();
        for (id, email) in sql::insert_people(conn, &self.people).await? {
            ids.extend(known.account_of(&email).map(|drawn| (drawn, id)));
        }
        let real = |id: AccountId| ids.get(&id).copied().unwrap_or(id);
        for new in &mut self.placed {
            new.backer = real(new.backer);
        }
        for kept in &mut self.kept {
            kept.backer_id = real(kept.backer_id);
        }
        // What ended makes room first: a backer has one active pledge, and may
        // have taken one back and placed another in the same moment.
        let altered: Vec<&Held> =
            self.altered.iter().filter_map(|id| known.pledges.get(id)).collect();
        sql::update(conn, &altered).await?;
        sql::insert(conn, &self.placed).await?;
        let emptied: Vec<PledgeId> =
            self.items.keys().filter(|id| self.altered.contains(id)).copied().collect();
        sql::empty(conn, &emptied).await?;
        let items: Vec<(PledgeId, Item)> = self
            .items
            .into_iter()
            .flat_map(|(id, items)| items.into_iter().map(move |item| (id, item)))
            .collect();
        sql::insert_items(conn, &items).await?;
        sql::insert_changes(conn, &self.changes).await?;
        let settled: Vec<&Charge> = self
            .settled
            .iter()
            .filter_map(|(pledge, attempt)| {
                known.charges.get(pledge)?.iter().find(|charge| charge.attempt == *attempt)
            })
            .collect();
        collection::sql::settle(conn, &settled).await?;
        collection::sql::insert(conn, &self.charges).await?;
        let instalments: Vec<&Instalment> = self
            .instalments
            .iter()
            .filter_map(|(pledge, number)| {
                known.instalments.get(pledge)?.iter().find(|row| row.number == *number)
            })
            .collect();
        instalment::sql::put(conn, &instalments).await?;
        refund::sql::insert(conn, &known.returns.refunds(&self.refunds)).await?;
        refund::again::sql::settle(conn, &known.returns.refunds(&self.settled_refunds)).await?;
        let (fresh, settled) = (&self.chargebacks, &self.settled_chargebacks);
        chargeback::sql::insert(conn, &known.returns.chargebacks(fresh)).await?;
        chargeback::sql::settle(conn, &known.returns.chargebacks(settled)).await?;
        surplus::sql::insert(conn, &self.surpluses).await?;
        insert_kept(conn, &self.kept, now).await?;
        mail::insert_all(conn, &self.letters).await?;
        ledger::sql::insert(conn, &self.entries).await
    }
}
