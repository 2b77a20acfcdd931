//! What stood beside the texts of a page at two times, part by part.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{About, How, Pair, both, said::Said};
use crate::{
    campaign::shelf::{Shelf, ShelfPicture, ShelfReward},
    id::RewardId,
    locale::Locale,
    story::Runs,
};

/// What differs, in the order of the page. What is the same is left out: both times it
/// stood beside other texts, which are what is compared otherwise.
#[must_use]
pub fn shelves(old: &Shelf, new: &Shelf, locale: Locale) -> Vec<Pair> {
    let mut pairs = Vec::new();
    pairs.extend(picture(old.picture.as_ref(), new.picture.as_ref()));
    for (about, old, new) in [
        (About::Category, old.category_in_words(locale), new.category_in_words(locale)),
        (About::Town, old.location.clone(), new.location.clone()),
        (About::StretchGoals, goals(old, locale), goals(new, locale)),
    ] {
        pairs.push(texts((about.clone(), about), (&old, &new), BTreeSet::new()));
    }
    pairs.extend(rewards(&old.rewards, &new.rewards, locale));
    pairs.retain(|pair| !matches!(pair, Pair::Same { .. }));
    pairs
}

fn texts(about: (About, About), (old, new): (&str, &str), how: BTreeSet<How>) -> Pair {
    let (old, new) = (Runs::plain(old), Runs::plain(new));
    both(about, (&Said::of(&old), &Said::of(&new)), how, usize::MAX)
}

/// The picture, where there is one at all.
fn picture(old: Option<&ShelfPicture>, new: Option<&ShelfPicture>) -> Option<Pair> {
    let about = About::Picture;
    match (old, new) {
        (None, None) => None,
        (Some(old), None) => Some(Pair::Gone { about, text: old.alt.clone() }),
        (None, Some(new)) => Some(Pair::New { about, text: new.alt.clone() }),
        (Some(before), Some(after)) => {
            let how = pictures(old, new);
            Some(texts((about.clone(), about), (&before.alt, &after.alt), how))
        }
    }
}

/// That it is another picture: words do not show that.
fn pictures(old: Option<&ShelfPicture>, new: Option<&ShelfPicture>) -> BTreeSet<How> {
    let address = |picture: Option<&ShelfPicture>| picture.map(|one| one.address.clone());
    (address(old) != address(new)).then_some(How::Pictures).into_iter().collect()
}

/// Each stretch goal in a line, and what happens then in the next.
fn goals(shelf: &Shelf, locale: Locale) -> String {
    let mut lines = Vec::new();
    for goal in &shelf.goals {
        let target = goal.target_in_words(shelf.currency, locale);
        lines.push(format!("{} ({target})", goal.title));
        lines.extend(Some(goal.text.clone()).filter(|text| !text.is_empty()));
    }
    lines.join("\n")
}

/// Paired by what they are and not by where they stand; what is gone stands where it was.
fn rewards(old: &[ShelfReward], new: &[ShelfReward], locale: Locale) -> Vec<Pair> {
    let ids = |rewards: &[ShelfReward]| rewards.iter().map(|one| one.id).collect::<Vec<_>>();
    let (before, after) = (ids(old), ids(new));
    let was: BTreeMap<RewardId, &ShelfReward> = old.iter().map(|one| (one.id, one)).collect();
    let mut pairs = Vec::new();
    for step in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let is_kept = matches!(step, DiffOp::Equal { .. });
        // What only stands elsewhere now is shown there.
        let gone = old[step.old_range()].iter().filter(|one| !after.contains(&one.id));
        pairs.extend(
            gone.map(|gone| Pair::Gone { about: about(gone, false), text: say(gone, locale) }),
        );
        pairs.extend(new[step.new_range()].iter().map(|one| match was.get(&one.id) {
            Some(before) => texts(
                (about(before, false), about(one, !is_kept)),
                (&say(before, locale), &say(one, locale)),
                pictures(before.picture.as_ref(), one.picture.as_ref()),
            ),
            None => Pair::New { about: about(one, false), text: say(one, locale) },
        }));
    }
    pairs
}

const fn about(reward: &ShelfReward, is_moved: bool) -> About {
    About::Reward { kind: reward.kind, is_moved }
}

/// What everybody read of a reward, a part in a line.
fn say(reward: &ShelfReward, locale: Locale) -> String {
    let lines = [
        reward.title.clone(),
        reward.price.display(locale),
        reward.delivery.map(|month| month.display(locale)).unwrap_or_default(),
        reward.description.clone(),
        reward.picture.as_ref().map(|picture| picture.alt.clone()).unwrap_or_default(),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::shelves;
    use crate::{
        campaign::{
            Measure, StretchGoal,
            shelf::{Shelf, ShelfPicture, ShelfReward, tests::shelf},
        },
        category::Category,
        currency::Currency,
        id::RewardId,
        locale::Locale,
        money::Money,
        reward::RewardKind,
        story::compare::{About, Change, How, Pair, Piece},
        time::Month,
    };

    fn reward(id: u128, title: &str) -> ShelfReward {
        ShelfReward {
            id: RewardId::from_uuid(Uuid::from_u128(id)),
            kind: RewardKind::Reward,
            title: title.into(),
            price: Money::new(1_500, Currency::Eur),
            description: "Of brass.".into(),
            delivery: Month::from_number(202_706),
            picture: None,
        }
    }

    fn seen(address: &str) -> Option<ShelfPicture> {
        Some(ShelfPicture { address: address.into(), alt: "A lamp".into() })
    }

    fn compared(old: &Shelf, new: &Shelf) -> Vec<Pair> {
        shelves(old, new, Locale::En)
    }

    #[test]
    fn only_what_differs_is_told() {
        let rewards = vec![reward(1, "A lamp"), reward(2, "A card")];
        let old = Shelf { picture: seen("/one"), rewards, ..shelf() };
        assert_eq!(compared(&old, &old), []);
        let new = Shelf { category: Category::Crafts, location: String::new(), ..old.clone() };
        let piece = |change, text: &str| vec![Piece { change, text: text.to_owned() }];
        let changed = |about: About, old, new| Pair::Changed {
            about: Box::new((about.clone(), about)),
            how: BTreeSet::from([How::Words]),
            old,
            new,
        };
        let wanted = [
            changed(About::Category, piece(Change::Gone, "Design"), piece(Change::New, "Crafts")),
            changed(About::Town, piece(Change::Gone, "Brest"), vec![]),
        ];
        assert_eq!(compared(&old, &new), wanted);
    }

    #[test]
    fn another_picture_is_told_though_its_words_are_the_same() {
        let old = Shelf { picture: seen("/one"), ..shelf() };
        let new = Shelf { picture: seen("/two"), ..shelf() };
        let pairs = compared(&old, &new);
        let [Pair::Changed { how, .. }] = &pairs[..] else { panic!("one row: {pairs:?}") };
        assert_eq!(*how, BTreeSet::from([How::Pictures]));
        let text = "A lamp".to_owned();
        let drawn = compared(&new, &shelf());
        assert_eq!(drawn, [Pair::Gone { about: About::Picture, text: text.clone() }]);
        assert_eq!(compared(&shelf(), &new), [Pair::New { about: About::Picture, text }]);
    }

    #[test]
    fn rewards_that_come_go_and_move_are_paired_by_what_they_are() {
        let [lamp, card, mug] = [reward(1, "A lamp"), reward(2, "A card"), reward(3, "A mug")];
        let dearer = ShelfReward { price: Money::new(2_000, Currency::Eur), ..lamp.clone() };
        let old = Shelf { rewards: vec![lamp.clone(), card.clone()], ..shelf() };
        let new = Shelf { rewards: vec![dearer, mug], ..shelf() };
        let pairs = compared(&old, &new);
        assert_eq!(pairs.len(), 3, "{pairs:?}");
        for pair in &pairs {
            match pair {
                Pair::New { text, .. } => assert!(text.starts_with("A mug\n"), "{text}"),
                Pair::Gone { text, .. } => assert!(text.starts_with("A card\n"), "{text}"),
                Pair::Changed { new, .. } => {
                    let mut words = new.iter().filter(|piece| piece.change == Change::New);
                    assert!(words.all(|piece| piece.text == "20"), "{new:?}");
                }
                Pair::Same { .. } => panic!("nothing is the same: {pair:?}"),
            }
        }

        let turned = Shelf { rewards: vec![card, lamp], ..shelf() };
        let pairs = compared(&old, &turned);
        let [Pair::Changed { about, .. }] = &pairs[..] else { panic!("one moved: {pairs:?}") };
        assert_eq!(about.1.say(Locale::En), "Reward, moved");
    }

    #[test]
    fn stretch_goals_are_told_with_what_they_count() {
        let goal = |measure, target| StretchGoal {
            title: "Colour".into(),
            text: "In green too.".into(),
            measure,
            target,
        };
        let old = Shelf { goals: vec![goal(Measure::Backers, 50)], ..shelf() };
        let new = Shelf { goals: vec![goal(Measure::Units, 50)], ..shelf() };
        let pairs = compared(&old, &new);
        let [Pair::Changed { old, new, .. }] = &pairs[..] else { panic!("one row: {pairs:?}") };
        let said =
            |pieces: &[Piece]| pieces.iter().map(|one| one.text.as_str()).collect::<String>();
        assert_eq!(said(old), "Colour (50 backers)\nIn green too.");
        assert_eq!(said(new), "Colour (50 units)\nIn green too.");
    }
}
