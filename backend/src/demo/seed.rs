//! Writes the demonstration, once. Every pledge of it goes through the same
//! rules and statements as a real one, so its books agree like any others.

use domain::{
    Locale, Money, Timestamp,
    account::{Password, Role},
    campaign::{CampaignState, Opening, life::Event},
    email::EmailAddress,
    fee::Fees,
    id::{AccountId, CampaignId, ChargeId, PledgeId, RewardId},
    payment::TestCard,
    pledge::Order,
    slug::Slug,
    time::DAY,
};

use super::{
    DemoCampaign, DemoPledge, MEMBER, OPERATOR, PASSWORD, campaigns, pledges, renew, rules, sql,
};
use crate::{
    account,
    campaign::{self, NewCampaign},
    collection::release,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    payment::{Outcome, sandbox},
    pledge::{
        batch::Batch,
        command::{Answer, Backer, Command, Links, Place, Settle},
    },
    reward,
};

/// The plan that every demonstration starts from.
pub(super) const SEED: u64 = 1885;
/// People who back something before the demonstration begins. A prime, so that
/// every stride through them meets each once.
pub(super) const BACKERS: usize = 619;
/// The address of everybody who does not exist. Letters to it are taken back.
pub(super) const NOWHERE: &str = "demo.example.org";

/// Fills an empty installation with the demonstration. One that has it already
/// gets its dates moved on, so that something is always about to end.
///
/// # Errors
/// When the database holds anything that the demonstration did not bring:
/// invented campaigns and an operator whose password everybody knows have no
/// place beside it. When the database fails; nothing is written then but the
/// two accounts.
pub async fn seed(backend: &Backend) -> Result<()> {
    let start = backend.clock.now();
    let is_strange = {
        let mut reader = backend.db.read().await?;
        let mut conn = reader.conn();
        sql::seeded_at(&mut conn).await?.is_none()
            && sql::holds_anything(&mut conn, [MEMBER.0, OPERATOR.0]).await?
    };
    if is_strange {
        return Err(anyhow::anyhow!(NOT_EMPTY).into());
    }
    let member = open_account(backend, MEMBER.0, Role::Member).await?;
    let operator = open_account(backend, OPERATOR.0, Role::Operator).await?;

    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    if !sql::claim(&mut conn, start).await? {
        drop(tx);
        return renew::renew(backend).await;
    }
    sql::rename(&mut conn, member, MEMBER.1).await?;
    sql::rename(&mut conn, operator, OPERATOR.1).await?;
    let links =
        Links { base_url: backend.options.base_url.clone(), secret: backend.secret.clone() };
    let seeding = Seeding {
        start,
        member,
        backers: backers(&mut conn, start).await?,
        links,
        fees: backend.options.fees,
    };
    for (turn, campaign) in campaigns().iter().enumerate() {
        seeding.put(&mut conn, campaign, turn).await?;
    }
    sql::forget_letters(&mut conn).await?;
    tx.commit().await
}

/// Said where the demonstration is asked for and cannot be had.
const NOT_EMPTY: &str = "the demonstration was asked for, but this database holds campaigns or \
    accounts of its own; nothing was written. Start without --demo, or name an empty database \
    (--data or --database-url)";

struct Seeding {
    start: Timestamp,
    member: AccountId,
    backers: Vec<AccountId>,
    links: Links,
    fees: Fees,
}

impl Seeding {
    async fn put(&self, conn: &mut Conn<'_>, campaign: &DemoCampaign, turn: usize) -> Result<()> {
        let creator = self.creator(conn, campaign).await?;
        let new = self.new_campaign(campaign, creator);
        let id = campaign::put(conn, &new, new.created_at).await?;
        let mut rewards = Vec::with_capacity(campaign.rewards.len());
        for (place, reward) in (0..).zip(&campaign.rewards) {
            let new = reward.new_reward(campaign, self.start);
            rewards.push(reward::add(conn, id, place, &new).await?);
        }
        self.place_all(conn, id, campaign, turn, &rewards).await?;
        let (until, base_url) = (campaign.until(self.start), self.links.base_url.as_str());
        match campaign.state {
            CampaignState::Successful | CampaignState::Failed => {
                campaign::close(conn, id, base_url, until).await?;
            }
            CampaignState::Cancelled => {
                campaign::stop(conn, id, Event::Cancel, base_url, until).await?;
            }
            CampaignState::Suspended => {
                campaign::stop(conn, id, Event::Suspend, base_url, until).await?;
            }
            CampaignState::Draft
            | CampaignState::InReview
            | CampaignState::Live
            | CampaignState::Deciding => {}
        }
        if matches!(campaign.state, CampaignState::Failed | CampaignState::Cancelled) {
            release::at_once(conn, id, until).await?;
        }
        Ok(())
    }

    /// Places a campaign's pledges, a day's at a time: the popularity of a
    /// campaign depends on when its pledges came.
    async fn place_all(
        &self,
        conn: &mut Conn<'_>,
        id: CampaignId,
        campaign: &DemoCampaign,
        turn: usize,
        rewards: &[RewardId],
    ) -> Result<()> {
        let plan = pledges(campaign, SEED, self.start);
        let mut commands = Vec::with_capacity(plan.len());
        for (index, pledge) in plan.iter().enumerate() {
            // Camille has the latest pledge of a few campaigns; the others are met
            // at another stride in each, so that some of them come back.
            let is_latest = index + 1 == plan.len() && campaign.state == CampaignState::Live;
            let backer = if turn % 5 == 1 && is_latest {
                self.member
            } else {
                self.backers[(turn * 89 + index * (turn + 1)) % BACKERS]
            };
            commands
                .push((pledge.at, self.command(id, rewards, pledge, backer, campaign.language)?));
        }
        for day in commands.chunk_by(|(one, _), (next, _)| one.0 / DAY == next.0 / DAY) {
            let all: Vec<&Command> = day.iter().map(|(_, command)| command).collect();
            let mut batch = Batch::open(conn, &all, day[0].0).await?;
            let mut charged = Vec::new();
            for (at, command) in day {
                batch.at(*at);
                match batch.apply(command) {
                    Ok(answer) => charged.extend(self.paid(id, &answer).map(|paid| (*at, paid))),
                    Err(fault @ Error::Internal(_)) => return Err(fault),
                    // A test sees to it that the plan is allowed; should it ever
                    // not be, the demonstration is one pledge poorer.
                    Err(refused) => {
                        tracing::warn!(%refused, "a pledge of the demonstration was refused");
                    }
                }
            }
            batch.close(conn).await?;
            // Where cards are charged at once, these were.
            let all: Vec<&Command> = charged.iter().map(|(_, command)| command).collect();
            let mut batch = Batch::open(conn, &all, day[0].0).await?;
            for (at, command) in &charged {
                batch.at(*at);
                batch.apply(command)?;
            }
            batch.close(conn).await?;
        }
        Ok(())
    }

    /// What the provider said to a card that was charged at once.
    fn paid(&self, campaign: CampaignId, answer: &Answer) -> Option<Command> {
        let charge = answer.charge?;
        Some(Command::Settle(Box::new(Settle {
            campaign,
            pledge: answer.pledge,
            charge,
            outcome: Outcome::Succeeded { reference: format!("{}-1", answer.pledge) },
            fees: self.fees.of(answer.quote.total),
            link: self.links.to(answer.pledge),
        })))
    }

    fn command(
        &self,
        campaign: CampaignId,
        rewards: &[RewardId],
        pledge: &DemoPledge,
        backer: AccountId,
        locale: Locale,
    ) -> Result<Command> {
        let order = Order {
            reward: pledge.reward.map(|place| rewards[place]),
            add_ons: pledge
                .add_ons
                .iter()
                .map(|(place, units)| (rewards[*place], *units))
                .collect(),
            options: pledge
                .options
                .iter()
                .map(|(place, name)| (rewards[*place], name.clone()))
                .collect(),
            bonus: pledge.bonus,
            country: pledge.country,
            secret: None,
            instalments: None,
        };
        Ok(Command::Place(Box::new(Place {
            id: PledgeId::generate(),
            campaign,
            backer: Backer::Account(backer),
            order,
            expected: Some(pledge.total),
            plan: None,
            card: sandbox::save_card(TestCard::Success)?,
            charge: ChargeId::generate(),
            taken_until: Timestamp(0),
            once: None,
            locale,
            links: self.links.clone(),
        })))
    }

    /// The creator's account; Camille's own for what is hers, one for history.
    async fn creator(&self, conn: &mut Conn<'_>, campaign: &DemoCampaign) -> Result<AccountId> {
        if campaign.creator == MEMBER.1 {
            return Ok(self.member);
        }
        let name = if campaign.record.is_some() { "Historical record" } else { campaign.creator };
        let slug = Slug::from_title(name).expect("a test makes a slug of every creator's name");
        let email = nobody(slug.as_str());
        let created_at = campaign.launched(self.start);
        let id = account::find_or_create_guest(conn, &email, campaign.language, created_at).await?;
        sql::rename(conn, id, name).await?;
        Ok(id)
    }

    fn new_campaign(&self, campaign: &DemoCampaign, creator_id: AccountId) -> NewCampaign {
        let launched = campaign.launched(self.start);
        let is_launched = campaign.state.is_public();
        NewCampaign {
            slug: Slug::parse(campaign.slug)
                .expect("a test parses every slug of the demonstration"),
            external_ref: Some(format!("demo:{}", campaign.slug)),
            creator_id,
            creator: campaign.creator.into(),
            title: campaign.title.into(),
            subtitle: campaign.subtitle.into(),
            story: campaign.story.into(),
            language: campaign.language,
            category: campaign.category,
            subcategory: campaign.subcategory.into(),
            location: campaign.location.into(),
            country: Some(campaign.home()),
            image: format!("/media/art/{}.svg", campaign.artwork),
            image_alt: campaign.image_alt.into(),
            is_demo: true,
            // What has pledges takes them first and ends afterwards.
            state: if campaign.percent > 0 { CampaignState::Live } else { campaign.state },
            currency: campaign.currency,
            goal: campaign.goal_minor(),
            plan: rules::plan(campaign),
            opening: campaign.record.map(|record| Opening {
                pledged: Money::new(record.pledged, campaign.currency),
                backers: record.backers,
                source: record.source.into(),
            }),
            created_at: launched,
            launched_at: is_launched.then_some(launched),
            deadline: campaign.deadline(self.start),
        }
    }
}

/// Opens an account that one may sign in to, unless it is there.
pub(super) async fn open_account(backend: &Backend, email: &str, role: Role) -> Result<AccountId> {
    let known = {
        let mut reader = backend.db.read().await?;
        sql::account(&mut reader.conn(), email).await?
    };
    if let Some(id) = known {
        return Ok(id);
    }
    let password = Password::new(PASSWORD).expect("the demonstration's password is long enough");
    account::create_account(backend, email, role, Some(&password)).await
}

async fn backers(conn: &mut Conn<'_>, start: Timestamp) -> Result<Vec<AccountId>> {
    let mut backers = Vec::with_capacity(BACKERS);
    let before = start.plus(-60 * DAY);
    for number in 1..=BACKERS {
        let locale = if number % 2 == 0 { Locale::En } else { Locale::Fr };
        let email = nobody(&format!("backer-{number}"));
        backers.push(account::find_or_create_guest(conn, &email, locale, before).await?);
    }
    Ok(backers)
}

/// The address of somebody who does not exist.
pub(super) fn nobody(name: &str) -> EmailAddress {
    EmailAddress::parse(&format!("{name}@{NOWHERE}"))
        .expect("names of the demonstration fit an address")
}
