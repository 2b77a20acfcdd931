//! The order of rewards, set as a whole.

use crate::{
    id::RewardId,
    invalid::{Invalid, Problem},
    words::reward_option as w,
};

/// What stands between the ids of an order.
pub const BETWEEN: char = ',';

/// The shelf with some of it in another order: `wanted` are the same ids as `before`,
/// which stand on it one behind the other.
///
/// # Errors
/// A problem of the form as a whole when the shelf has changed since `before` was
/// read, or when `wanted` are others.
pub fn arranged(shelf: &[RewardId], before: &str, wanted: &str) -> Result<Vec<RewardId>, Invalid> {
    let moved = || Invalid::field("", Problem::told(|locale| w::order_moved(locale).to_owned()));
    let (before, wanted) = (read(before).ok_or_else(moved)?, read(wanted).ok_or_else(moved)?);
    let place = shelf.windows(before.len().max(1)).position(|part| part == before);
    let place = place.ok_or_else(moved)?;
    let (mut was, mut is) = (before.clone(), wanted.clone());
    was.sort_unstable();
    is.sort_unstable();
    if was != is {
        return Err(moved());
    }
    let mut shelf = shelf.to_vec();
    shelf[place..place + wanted.len()].copy_from_slice(&wanted);
    Ok(shelf)
}

fn read(ids: &str) -> Option<Vec<RewardId>> {
    ids.split(BETWEEN).map(|id| id.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::arranged;
    use crate::id::RewardId;

    fn id(n: u128) -> RewardId {
        RewardId::from_uuid(Uuid::from_u128(n))
    }

    fn text(ids: &[u128]) -> String {
        ids.iter().map(|n| id(*n).to_string()).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn an_order_moves_its_part_of_the_shelf_and_nothing_else() {
        let shelf = [1, 2, 3, 8, 9].map(id);
        let moved = arranged(&shelf, &text(&[1, 2, 3]), &text(&[3, 1, 2]));
        assert_eq!(moved, Ok([3, 1, 2, 8, 9].map(id).to_vec()));
        let moved = arranged(&shelf, &text(&[8, 9]), &text(&[9, 8]));
        assert_eq!(moved, Ok([1, 2, 3, 9, 8].map(id).to_vec()));
    }

    #[test]
    fn a_stale_order_and_one_of_other_rewards_are_refused() {
        let shelf = [1, 2, 3].map(id);
        for (before, wanted) in [
            (text(&[2, 1, 3]), text(&[3, 2, 1])),
            (text(&[1, 2, 3]), text(&[1, 2])),
            (text(&[1, 2, 3]), text(&[1, 2, 2])),
            (text(&[1, 2, 3]), text(&[1, 2, 7])),
            (text(&[1, 2, 3, 4]), text(&[4, 1, 2, 3])),
            (String::new(), String::new()),
            ("x".repeat(10_000), "y".into()),
        ] {
            assert!(arranged(&shelf, &before, &wanted).is_err(), "{wanted:.60}");
        }
    }
}
