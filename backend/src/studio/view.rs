//! What the studio's pages show.

use domain::{
    Money,
    account::Role,
    campaign::CampaignState,
    people::Right,
    reward::RewardView,
    slug::Slug,
    studio::{
        Basics, BasicsForm, EventKind, EventView, FundingForm, Next, ReviewLine, RewardForm,
        ScheduleForm, StoryForm, StudioLine, StudioList, StudioPage, StudioReward,
    },
    time::Zone,
};

use super::{identity, review, sql, sql::StudioRow};
use crate::{
    account::Who,
    announcement,
    context::Backend,
    error::{Error, Result},
    media, people, reward,
    story::Shown,
};

/// The campaigns that somebody works on.
///
/// # Errors
/// When the database fails.
pub async fn list(backend: &Backend, who: &Who) -> Result<StudioList> {
    let is_operator = who.role == Role::Operator;
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let rows = sql::of_person(&mut conn, who.account).await?;
    let waiting = if is_operator { sql::waiting(&mut conn).await? } else { 0 };
    reader.done();
    let campaigns = rows.into_iter().map(line).collect::<Result<_>>()?;
    Ok(StudioList { campaigns, is_operator, waiting, now: backend.clock.now() })
}

fn line(row: StudioRow) -> Result<StudioLine> {
    let picture = media::parse(row.picture.as_deref());
    let (zone, late) = (row.terms().zone, row.plan.late);
    let is_approved = row.approved_at.is_some();
    Ok(StudioLine {
        has_goal: row.funds()?.goal.is_some(),
        next: Next::of(row.state, late, is_approved, row.launch_at, zone),
        funding: row.plan.funding(),
        deadline: row.launched_at.map(|_| row.deadline),
        slug: row.slug,
        title: row.title,
        image: media::address(picture.as_ref(), row.image),
        state: row.state,
        is_approved,
        launch_at: row.launch_at,
    })
}

/// Everything about one campaign, for who works on it and for an operator.
///
/// # Errors
/// [`Error::NotFound`] for everyone else.
pub async fn page(backend: &Backend, who: &Who, slug: &str) -> Result<StudioPage> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let now = backend.clock.now();
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let row = sql::by_slug(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    let access = people::access(&mut conn, who, row.id).await?;
    if !access.is_any() {
        return Err(Error::NotFound);
    }
    let situation = row.situation(access.rights, access.is_operator);
    // What opens something by itself is shown to who may change it.
    let sees = |right| access.sees(right);
    let preview = match sees(Right::EditPage) && !row.state.is_public() {
        true => people::sql::link(&mut conn, row.id).await?,
        false => None,
    };
    let shelf = reward::all(&mut conn, row.id, row.currency).await?;
    let secrets = reward::sql::secrets(&mut conn, row.id).await?;
    let pledged = reward::sql::pledged(&mut conn, row.id).await?;
    let identity = identity::of(&mut conn, row.creator_id, slug.as_str()).await?;
    let announcement = match row.state.is_public() {
        true => None,
        false => announcement::waiting(&mut conn, row.id).await?,
    };
    // What is not published yet is for who writes it.
    let shown = match sees(Right::EditPage) {
        true => Shown::read(&mut conn, &row).await?,
        false => Shown::on(&row, None),
    };
    let unsaved_story = sql::unsaved(&mut conn, row.id).await?;
    let unsaved_story = unsaved_story.filter(|_| sees(Right::EditPage));
    let events: Vec<EventView> =
        sql::events(&mut conn, row.id).await?.into_iter().map(event).collect();
    reader.done();
    let schedule = row.schedule();
    let picture = media::parse(row.picture.as_deref());
    let returned = events.iter().find(|event| event.kind == EventKind::Returned);
    let remarks = returned.filter(|_| row.state == CampaignState::Draft);
    let launched = schedule.launch_at.unwrap_or(now).max(now);
    Ok(StudioPage {
        rights: access.rights,
        is_owner: situation.is_owner,
        is_operator: situation.is_operator,
        phase: row.phase(),
        late: row.plan.late,
        figures: row.plan.funding(),
        zone: schedule.zone,
        basics: BasicsForm::of(&Basics {
            title: shown.title,
            subtitle: shown.subtitle,
            ..row.basics()
        }),
        funding: FundingForm::of(slug.as_str(), &row.funds()?),
        schedule: ScheduleForm::of(slug.as_str(), &schedule),
        story: StoryForm::of(slug.as_str(), &shown.story),
        unsaved_story,
        preview,
        announcement,
        checklist: review::list(&row, &shelf, identity::is_stated(&identity), now)?,
        // Whoever else helps with a campaign does not learn who answers for it.
        identity: (row.creator_id == who.account || situation.is_operator).then_some(identity),
        steps: situation.steps(now),
        remarks: remarks.map(|event| event.remark.clone()),
        deadline: match row.launched_at {
            Some(_) => row.deadline,
            None => schedule.ends.after(launched),
        },
        rewards: shelf
            .iter()
            .map(|view| StudioReward {
                may_delete: !pledged.contains(&view.id),
                secret: secrets
                    .iter()
                    .find(|(id, _)| *id == view.id && sees(Right::EditRewards))
                    .map(|(_, it)| it.clone()),
                ..own(&slug, view, schedule.zone)
            })
            .collect(),
        events,
        slug,
        title: row.title,
        image: media::address(picture.as_ref(), row.image),
        picture,
        creator: row.creator,
        is_demo: row.is_demo,
        state: row.state,
        currency: row.currency,
        story_html: row.story_html,
        reason: row.reason,
        approved_at: row.approved_at,
        launch_at: row.launch_at,
        launched_at: row.launched_at,
        now,
    })
}

fn own(slug: &Slug, view: &RewardView, zone: Zone) -> StudioReward {
    StudioReward {
        id: view.id,
        kind: view.kind,
        title: view.title.clone(),
        price: view.price,
        claimed: view.offer.claimed,
        quantity: view.offer.quantity,
        is_backed: view.is_backed(),
        may_delete: false,
        image: view.image.clone(),
        form: RewardForm::of(slug.as_str(), view, zone),
        secret: None,
    }
}

fn event(row: sql::EventRow) -> EventView {
    EventView { at: row.at, kind: row.kind, who: row.name, remark: row.remark }
}

/// The campaigns that wait for an operator, longest waiting first.
///
/// # Errors
/// [`Error::NotFound`] for everyone else.
pub async fn reviews(backend: &Backend, who: &Who) -> Result<Vec<ReviewLine>> {
    if who.role != Role::Operator {
        return Err(Error::NotFound);
    }
    let mut reader = backend.db.read().await?;
    let rows = sql::reviews(&mut reader.conn()).await?;
    reader.done();
    let lines = rows.into_iter().map(|row| ReviewLine {
        slug: row.slug,
        title: row.title,
        creator: row.creator,
        submitted_at: row.submitted_at,
        goal: Money::new(row.goal, row.currency),
        times: row.times,
    });
    Ok(lines.collect())
}
