//! What a batch knows before it decides: the people, pledges and keys that its
//! commands are about. Read once, and kept in step while it decides, so that
//! each command sees what the ones before it did.

mod sql;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{
    Timestamp,
    email::EmailAddress,
    id::{AccountId, CampaignId, PledgeId},
    pledge::Timing,
    time::HOUR,
};

use super::{
    returns::Returns,
    sql::{self as rows, Held, Person},
};
use crate::{
    collection::{self, release, sql::Charge},
    db::Conn,
    error::Result,
    instalment::{self, sql::Instalment},
    mail,
    pledge::command::{Backer, Command},
    surplus,
};

pub use sql::{Kept, insert_kept};

#[derive(Default)]
pub struct Known {
    people: HashMap<AccountId, Person>,
    by_email: HashMap<EmailAddress, AccountId>,
    pub pledges: BTreeMap<PledgeId, Held>,
    pub active: HashMap<(CampaignId, AccountId), PledgeId>,
    kept: HashMap<(AccountId, String), Kept>,
    /// Backers whose pledge has ended, where a pledge moves the end.
    pub had: HashSet<(CampaignId, AccountId)>,
    /// Tries to charge a pledge, the first one first.
    pub charges: BTreeMap<PledgeId, Vec<Charge>>,
    /// Its instalments after the first, where it was charged in part.
    pub instalments: BTreeMap<PledgeId, Vec<Instalment>>,
    /// What went back of a pledge, or may.
    pub returns: Returns,
    /// Who runs a campaign of which a charge is disputed.
    pub creators: BTreeMap<CampaignId, AccountId>,
    /// Pledges whose promise came to nothing with their campaign.
    pub released: HashSet<PledgeId>,
    /// Payments of this batch that are known to be unwanted.
    pub surpluses: HashSet<String>,
    /// Addresses that were told lately that they have a pledge already.
    pub told: HashSet<EmailAddress>,
}

impl Known {
    /// Reads it for these commands, whose campaigns are locked; `ending` are
    /// those of them that a pledge keeps open for longer, `over` those that came to
    /// nothing.
    pub async fn read(
        conn: &mut Conn<'_>,
        commands: &[&Command],
        (ending, over): (&[CampaignId], &[CampaignId]),
        now: Timestamp,
    ) -> Result<Self> {
        let mut known = Self::default();
        let ids: Vec<PledgeId> = commands.iter().filter_map(|c| c.pledge()).collect();
        for held in rows::held(conn, &ids).await? {
            known.pledges.insert(held.id, held);
        }
        // One that is charged at once may have been, whatever is wanted of it now.
        let at_once = |id| known.pledges.get(&id).is_some_and(|h| h.timing == Timing::AtOnce);
        let charged: Vec<PledgeId> = commands
            .iter()
            .filter_map(|c| Some((c, c.pledge()?)))
            .filter_map(|(c, id)| (c.is_charge() || at_once(id)).then_some(id))
            .collect();
        for charge in collection::sql::of_pledges(conn, &charged).await? {
            known.charges.entry(charge.pledge_id).or_default().push(charge);
        }
        let paid: Vec<PledgeId> = commands
            .iter()
            .filter(|c| c.payment().is_some() && over.contains(&c.campaign()))
            .filter_map(|c| c.pledge())
            .collect();
        known.released = release::sql::taken_out(conn, &paid).await?.into_iter().collect();
        let payments: Vec<&str> = commands.iter().filter_map(|c| c.payment()).collect();
        known.surpluses = surplus::sql::known(conn, &payments).await?.into_iter().collect();
        let in_parts = |id: &PledgeId| known.pledges.get(id).is_some_and(|h| h.instalments > 1);
        let in_parts: Vec<PledgeId> = charged.iter().copied().filter(in_parts).collect();
        for row in instalment::sql::of_pledges(conn, &in_parts).await? {
            known.instalments.entry(row.pledge_id).or_default().push(row);
        }
        let returning: Vec<PledgeId> =
            commands.iter().filter(|c| c.is_return()).filter_map(|c| c.pledge()).collect();
        known.returns = Returns::read(conn, &returning).await?;
        let mut accounts: BTreeSet<AccountId> =
            known.pledges.values().map(|h| h.backer_id).collect();
        let disputed: Vec<CampaignId> = commands
            .iter()
            .filter(|c| matches!(c, Command::Chargeback(_)))
            .map(|c| c.campaign())
            .collect();
        known.creators = sql::creators(conn, &disputed).await?.into_iter().collect();
        accounts.extend(known.creators.values());
        let mut emails = Vec::new();
        let mut campaigns = BTreeSet::new();
        for command in commands {
            if let Command::Place(place) = command {
                campaigns.insert(place.campaign);
                match &place.backer {
                    Backer::Account(id) => _ = accounts.insert(*id),
                    Backer::Guest(email) => emails.push(email),
                }
            }
        }
        let accounts: Vec<AccountId> = accounts.into_iter().collect();
        for person in rows::people(conn, &accounts, &emails).await? {
            known.meet(person);
        }
        let campaigns: Vec<CampaignId> = campaigns.into_iter().collect();
        let backers: Vec<AccountId> = known.people.keys().copied().collect();
        for found in sql::active(conn, &campaigns, &backers).await? {
            known.active.insert((found.campaign_id, found.backer_id), found.id);
        }
        known.had = sql::had(conn, ending, &backers).await?.into_iter().collect();
        let keys: Vec<&str> =
            commands.iter().filter_map(|c| c.once()).map(|once| once.key.as_str()).collect();
        for kept in sql::kept(conn, &backers, &keys).await? {
            known.keep(kept);
        }
        // Only who has pledged already is ever told so.
        emails.retain(|email| known.account_of(email).is_some());
        known.told = mail::recipients_since(conn, &emails, mail::PLEDGE_EXISTS, now.plus(-HOUR))
            .await?
            .into_iter()
            .collect();
        Ok(known)
    }

    /// Somebody with an account from now on.
    pub fn meet(&mut self, person: Person) {
        self.by_email.insert(person.email.clone(), person.id);
        self.people.insert(person.id, person);
    }

    /// The account that has this address, if any.
    pub fn account_of(&self, email: &EmailAddress) -> Option<AccountId> {
        self.by_email.get(email).copied()
    }

    /// Where letters go to this account.
    pub fn person(&self, id: AccountId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// What was answered to this backer under this key.
    pub fn kept(&self, backer: AccountId, key: &str) -> Option<&Kept> {
        self.kept.get(&(backer, key.to_owned()))
    }

    /// Remembers an answer for the commands that follow.
    pub fn keep(&mut self, kept: Kept) {
        self.kept.insert((kept.backer_id, kept.key.clone()), kept);
    }
}
