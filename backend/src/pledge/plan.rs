//! The instalments of a pledge, as its page shows them.

use domain::{
    Money,
    campaign::Terms,
    id::PledgeId,
    pledge::{InstalmentPlan, InstalmentState, PledgeState, view::InstalmentView},
};

use super::sql::PledgeRow;
use crate::{db::Conn, error::Result, instalment};

/// The instalments of a pledge as its page shows them; none when it is paid all
/// together. Before the first is charged they are what was shown at the checkout.
pub(super) async fn of_page(
    conn: &mut Conn<'_>,
    id: PledgeId,
    row: &PledgeRow,
    terms: &Terms,
) -> Result<Vec<InstalmentView>> {
    if row.instalments < 2 {
        return Ok(Vec::new());
    }
    let total = Money::new(row.total, row.currency);
    let plan = InstalmentPlan::new(total, row.instalments, row.first_at(), terms.zone);
    let rows = instalment::sql::of_pledges(conn, &[id]).await?;
    let views = plan.parts.into_iter().map(|part| {
        let known = rows.iter().find(|one| one.number == part.number);
        InstalmentView {
            number: part.number,
            amount: part.amount,
            due_at: known.map_or(part.due_at, |one| one.due_at),
            state: known.map_or_else(|| at_first(row.state, part.number), |one| one.state),
            again_at: known.and_then(|one| one.next_at),
        }
    });
    Ok(views.collect())
}

/// Where an instalment stands that has no row of its own.
const fn at_first(state: PledgeState, number: i64) -> InstalmentState {
    match (state, number) {
        (PledgeState::Dropped | PledgeState::Cancelled | PledgeState::Expired, _) => {
            InstalmentState::Void
        }
        (PledgeState::Collected | PledgeState::Refunded, 1) => InstalmentState::Paid,
        (PledgeState::Errored, 1) => InstalmentState::Errored,
        (PledgeState::ActionRequired, 1) => InstalmentState::ActionRequired,
        _ => InstalmentState::Waiting,
    }
}
