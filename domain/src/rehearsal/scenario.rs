//! What a rehearsal is asked to play. It stands in the page's address, so that it
//! can be kept and sent to somebody.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{locale::Locale, words::rehearsal as w};

/// Most backers that are played.
pub const MOST_BACKERS: u32 = 2_000;
/// The largest number to draw lots from.
pub const LARGEST_SEED: u32 = 999_999;
/// Characters of a field that are kept; no good value has more.
const LONGEST: usize = 20;

/// How much of the goal comes together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    FarBelow,
    JustBelow,
    #[default]
    JustAbove,
    FarAbove,
}

/// A field of the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Knob {
    Backers,
    Reach,
    Declined,
    Asked,
    Mended,
    Seed,
}

/// What is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scenario {
    /// 1 to [`MOST_BACKERS`].
    pub backers: u32,
    pub reach: Reach,
    /// Backers whose bank says no when their card is charged, in percent.
    pub declined: u32,
    /// Backers whose bank wants a confirmation, in percent.
    pub asked: u32,
    /// Of those whose card could not be charged, who see to it in time, in percent.
    pub mended: u32,
    /// Up to [`LARGEST_SEED`]; another one is another fortune.
    pub seed: u32,
}

/// A scenario as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioForm {
    #[serde(default)]
    pub backers: String,
    #[serde(default)]
    pub reach: String,
    #[serde(default)]
    pub declined: String,
    #[serde(default)]
    pub asked: String,
    #[serde(default)]
    pub mended: String,
    #[serde(default)]
    pub seed: String,
}

impl Default for Scenario {
    fn default() -> Self {
        let reach = Reach::default();
        Self { backers: 80, reach, declined: 6, asked: 25, mended: 70, seed: 1 }
    }
}

impl Reach {
    /// Each of them, from little to much.
    pub const ALL: [Self; 4] = [Self::FarBelow, Self::JustBelow, Self::JustAbove, Self::FarAbove];

    /// The word in the address.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::FarBelow => "far_below",
            Self::JustBelow => "just_below",
            Self::JustAbove => "just_above",
            Self::FarAbove => "far_above",
        }
    }

    /// The words on the page.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::FarBelow => w::far_below(locale),
            Self::JustBelow => w::just_below(locale),
            Self::JustAbove => w::just_above(locale),
            Self::FarAbove => w::far_above(locale),
        }
    }

    /// That much of a goal, which is at least 1: a third, a fiftieth less, a
    /// fiftieth more, or two and a half times.
    #[must_use]
    pub fn of(self, goal: i64) -> i64 {
        match self {
            Self::FarBelow => goal / 3,
            Self::JustBelow => goal - (goal / 50).max(1),
            Self::JustAbove => goal.saturating_add(goal / 50),
            Self::FarAbove => goal.saturating_mul(5) / 2,
        }
    }
}

impl FromStr for Reach {
    type Err = Knob;

    fn from_str(text: &str) -> Result<Self, Knob> {
        Self::ALL.into_iter().find(|one| one.key() == text).ok_or(Knob::Reach)
    }
}

impl Knob {
    /// Each of them, as the form has them.
    pub const ALL: [Self; 6] =
        [Self::Backers, Self::Reach, Self::Declined, Self::Asked, Self::Mended, Self::Seed];

    /// The field's name in the form.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Backers => "backers",
            Self::Reach => "reach",
            Self::Declined => "declined",
            Self::Asked => "asked",
            Self::Mended => "mended",
            Self::Seed => "seed",
        }
    }

    /// Its least and greatest number.
    #[must_use]
    pub const fn range(self) -> (u32, u32) {
        match self {
            Self::Backers => (1, MOST_BACKERS),
            Self::Seed => (0, LARGEST_SEED),
            Self::Reach | Self::Declined | Self::Asked | Self::Mended => (0, 100),
        }
    }
}

impl ScenarioForm {
    /// From the pairs of an address; what is longer than any good value is cut.
    #[must_use]
    pub fn from_pairs(value: impl Fn(&str) -> Option<String>) -> Self {
        let of = |knob: Knob| value(knob.key()).unwrap_or_default();
        Self {
            backers: of(Knob::Backers),
            reach: of(Knob::Reach),
            declined: of(Knob::Declined),
            asked: of(Knob::Asked),
            mended: of(Knob::Mended),
            seed: of(Knob::Seed),
        }
        .cut()
    }

    /// The same, each field no longer than any good value.
    #[must_use]
    pub fn cut(self) -> Self {
        let cut = |text: String| text.trim().chars().take(LONGEST).collect();
        Self {
            backers: cut(self.backers),
            reach: cut(self.reach),
            declined: cut(self.declined),
            asked: cut(self.asked),
            mended: cut(self.mended),
            seed: cut(self.seed),
        }
    }

    /// The form that says this scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            backers: scenario.backers.to_string(),
            reach: scenario.reach.key().to_owned(),
            declined: scenario.declined.to_string(),
            asked: scenario.asked.to_string(),
            mended: scenario.mended.to_string(),
            seed: scenario.seed.to_string(),
        }
    }

    /// The query that asks for it, without its question mark. Made of a scenario
    /// ([`Self::of`]) it needs no escaping.
    #[must_use]
    pub fn query(&self) -> String {
        let fields = [
            (Knob::Backers, &self.backers),
            (Knob::Reach, &self.reach),
            (Knob::Declined, &self.declined),
            (Knob::Asked, &self.asked),
            (Knob::Mended, &self.mended),
            (Knob::Seed, &self.seed),
        ];
        let pairs: Vec<_> =
            fields.iter().map(|(knob, value)| format!("{}={value}", knob.key())).collect();
        pairs.join("&")
    }

    /// Reads the form; a field that is empty is as usual.
    ///
    /// # Errors
    /// Every field that holds no number of its [`Knob::range`], or no word of
    /// [`Reach`].
    pub fn parse(&self) -> Result<Scenario, Vec<Knob>> {
        let usual = Scenario::default();
        let mut refused = Vec::new();
        let mut number = |knob: Knob, text: &str, usual: u32| {
            let (least, most) = knob.range();
            let is_plain = text.bytes().all(|b| b.is_ascii_digit());
            let read = text.parse().ok().filter(|n| is_plain && (least..=most).contains(n));
            if text.is_empty() {
                return usual;
            }
            read.unwrap_or_else(|| {
                refused.push(knob);
                usual
            })
        };
        let scenario = Scenario {
            backers: number(Knob::Backers, &self.backers, usual.backers),
            declined: number(Knob::Declined, &self.declined, usual.declined),
            asked: number(Knob::Asked, &self.asked, usual.asked),
            mended: number(Knob::Mended, &self.mended, usual.mended),
            seed: number(Knob::Seed, &self.seed, usual.seed),
            reach: usual.reach,
        };
        match self.reach.as_str() {
            "" if refused.is_empty() => Ok(scenario),
            "" => Err(refused),
            word => match word.parse() {
                Ok(reach) if refused.is_empty() => Ok(Scenario { reach, ..scenario }),
                Ok(_) => Err(refused),
                Err(knob) => {
                    refused.push(knob);
                    Err(refused)
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Knob, Reach, Scenario, ScenarioForm};

    #[test]
    fn what_is_not_said_is_as_usual() {
        assert_eq!(ScenarioForm::default().parse(), Ok(Scenario::default()));
        let said =
            Scenario { backers: 2_000, reach: Reach::FarBelow, seed: 0, ..Scenario::default() };
        assert_eq!(ScenarioForm::of(&said).parse(), Ok(said));
    }

    #[test]
    fn numbers_that_are_none_are_refused_field_by_field() {
        for text in ["-1", "NaN", "1e3", "+5", "1.5", "99999999999", "٣", "inf", " ", "0x1"] {
            let form = ScenarioForm { backers: text.into(), ..ScenarioForm::default() };
            assert_eq!(form.parse(), Err(vec![Knob::Backers]), "{text:?}");
        }
        let form = ScenarioForm {
            backers: "0".into(),
            declined: "101".into(),
            seed: "1000000".into(),
            reach: "all".into(),
            ..ScenarioForm::default()
        };
        let refused = vec![Knob::Backers, Knob::Declined, Knob::Seed, Knob::Reach];
        assert_eq!(form.parse(), Err(refused));
    }

    #[test]
    fn near_a_goal_is_on_the_side_that_it_says() {
        for goal in [1, 2, 49, 50, 1_000, 12_345_678, 100_000_000_000_000] {
            assert!(Reach::FarBelow.of(goal) < goal && Reach::JustBelow.of(goal) < goal, "{goal}");
            assert!(
                Reach::JustAbove.of(goal) >= goal && Reach::FarAbove.of(goal) >= goal,
                "{goal}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_form_panic(text in "\\PC*") {
            let form = ScenarioForm::from_pairs(|_| Some(text.clone()));
            prop_assert!(form.backers.chars().count() <= 20);
            let _ = form.parse();
        }
    }
}
