//! Who may do what with a campaign: its people, and the right that each has. One set
//! of rights answers it everywhere; whoever owns the campaign has all of them.

pub mod problem;
pub mod view;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use view::{InvitationPage, InvitationView, PeopleEvent, PeoplePage, PersonView};

use crate::{
    email::EmailAddress,
    id::AccountId,
    invalid::Invalid,
    locale::Locale,
    time::{DAY, HOUR},
    words::people as w,
};

/// How long the link of an invitation works, in microseconds.
pub const INVITATION_LASTS: i64 = 7 * DAY;
/// Most people of one campaign, those that are invited included.
pub const MOST_PEOPLE: u32 = 50;
/// Most letters to one address that invite it, within [`LETTERS_WITHIN`]: nobody's
/// mailbox is flooded by typing its address.
pub const MOST_LETTERS: i64 = 3;
/// The time in which letters to one address are counted, in microseconds.
pub const LETTERS_WITHIN: i64 = HOUR;
/// Most letters that one person sends in a day, to whomever.
pub const MOST_LETTERS_A_DAY: i64 = 30;

/// One thing that somebody may do with a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Everything, and what is only an owner's: terms, review, launch, the end, refunds.
    Own,
    /// Title, texts, pictures, the page itself.
    EditPage,
    /// Rewards and add-ons, their pictures and secret links.
    EditRewards,
    /// Who has pledged what, with addresses.
    SeeBackers,
    /// The books.
    SeeMoney,
    /// Inviting others, and the rights of those who are here.
    ManagePeople,
}

/// A set of rights. Whoever owns a campaign has every one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rights(u8);

impl Right {
    /// Every right, the widest first.
    pub const ALL: [Self; 6] = [
        Self::Own,
        Self::EditPage,
        Self::EditRewards,
        Self::SeeBackers,
        Self::SeeMoney,
        Self::ManagePeople,
    ];

    /// The word in forms and in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::EditPage => "edit_page",
            Self::EditRewards => "edit_rewards",
            Self::SeeBackers => "see_backers",
            Self::SeeMoney => "see_money",
            Self::ManagePeople => "manage_people",
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Own => w::right_own(locale),
            Self::EditPage => w::right_edit_page(locale),
            Self::EditRewards => w::right_edit_rewards(locale),
            Self::SeeBackers => w::right_see_backers(locale),
            Self::SeeMoney => w::right_see_money(locale),
            Self::ManagePeople => w::right_manage_people(locale),
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl Rights {
    /// None at all.
    pub const NONE: Self = Self(0);
    /// An owner's.
    pub const ALL: Self = Self(0b0011_1111);
    /// All that can be had without owning the campaign.
    pub const ALL_BUT_OWNING: Self = Self(Self::ALL.0 & !Right::Own.bit());

    /// These rights; with [`Right::Own`] among them, all there are.
    pub fn of(rights: impl IntoIterator<Item = Right>) -> Self {
        let bits = rights.into_iter().fold(0, |bits, right| bits | right.bit());
        if bits & Right::Own.bit() == 0 { Self(bits) } else { Self::ALL }
    }

    /// Those that are ticked in a form; names that are none of ours are none.
    #[must_use]
    pub fn ticked(boxes: &BTreeMap<String, String>) -> Self {
        let is_ticked =
            |right: &Right| boxes.get(right.key()).is_some_and(|value| !value.is_empty());
        Self::of(Right::ALL.into_iter().filter(is_ticked))
    }

    /// As they are stored: the words with a space between.
    #[must_use]
    pub fn words(self) -> String {
        if self.is_owner() {
            return Right::Own.key().to_owned();
        }
        self.list().into_iter().map(Right::key).collect::<Vec<_>>().join(" ")
    }

    /// As they were stored; a word that is unknown gives nothing.
    #[must_use]
    pub fn read(words: &str) -> Self {
        let right = |word| Right::ALL.into_iter().find(|right| right.key() == word);
        Self::of(words.split(' ').filter_map(right))
    }

    /// Whether this right is among them.
    #[must_use]
    pub const fn has(self, right: Right) -> bool {
        self.0 & right.bit() != 0
    }

    /// Whether they are an owner's.
    #[must_use]
    pub const fn is_owner(self) -> bool {
        self.has(Right::Own)
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Every one of them, the widest first.
    #[must_use]
    pub fn list(self) -> Vec<Right> {
        Right::ALL.into_iter().filter(|right| self.has(*right)).collect()
    }

    /// Their names, in a row; for an owner's, that alone.
    #[must_use]
    pub fn say(self, locale: Locale) -> String {
        if self.is_owner() {
            return Right::Own.name(locale).to_owned();
        }
        self.list().into_iter().map(|right| right.name(locale)).collect::<Vec<_>>().join(", ")
    }

    /// Whether somebody with these rights may change another's from `before` to `after`:
    /// nobody gives or takes a right that they do not have.
    #[must_use]
    pub const fn may_turn(self, before: Self, after: Self) -> bool {
        (before.0 ^ after.0) & !self.0 == 0
    }
}

impl From<String> for Rights {
    fn from(words: String) -> Self {
        Self::read(&words)
    }
}

/// An invitation as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    #[serde(default)]
    pub email: String,
    /// By [`Right::key`], each ticked.
    #[serde(default)]
    pub rights: BTreeMap<String, String>,
}

/// Somebody's rights as ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightsForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// Whose: the id of an account.
    #[serde(default)]
    pub id: String,
    /// By [`Right::key`], each ticked.
    #[serde(default)]
    pub rights: BTreeMap<String, String>,
}

/// To whom a campaign goes over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// The id of an account.
    #[serde(default)]
    pub id: String,
    /// Ticked: they mean it.
    #[serde(default)]
    pub sure: String,
}

impl InviteForm {
    /// Who is invited, to what.
    ///
    /// # Errors
    /// Problems of `email` and `rights`.
    pub fn parse(&self) -> Result<(EmailAddress, Rights), Invalid> {
        let mut invalid = Invalid::default();
        let email = invalid.keep("email", EmailAddress::parse(&self.email));
        let rights = Rights::ticked(&self.rights);
        if rights.is_empty() {
            invalid.add("rights", problem::no_right());
        }
        match email {
            Some(email) if invalid.0.is_empty() => Ok((email, rights)),
            _ => Err(invalid),
        }
    }
}

impl RightsForm {
    /// Whose rights, and which from now on.
    ///
    /// # Errors
    /// A problem of `rights` when none is left: who has none is removed instead; of the
    /// whole of it when the id is none.
    pub fn parse(&self) -> Result<(AccountId, Rights), Invalid> {
        let rights = Rights::ticked(&self.rights);
        if rights.is_empty() {
            return Err(Invalid::field("rights", problem::no_right()));
        }
        person(&self.id).map(|id| (id, rights))
    }
}

impl HandOverForm {
    /// To whom.
    ///
    /// # Errors
    /// A problem of `sure` when it is not ticked; of `id` when nobody is chosen.
    pub fn parse(&self) -> Result<AccountId, Invalid> {
        let mut invalid = Invalid::default();
        if self.sure.is_empty() {
            invalid.add("sure", crate::studio::problem::not_sure());
        }
        let to = invalid.keep("id", self.id.parse::<AccountId>().map_err(|_| problem::nobody()));
        match to {
            Some(to) if invalid.0.is_empty() => Ok(to),
            _ => Err(invalid),
        }
    }
}

/// The account that a form names.
///
/// # Errors
/// A problem of the whole form when it names none.
pub fn person(id: &str) -> Result<AccountId, Invalid> {
    id.parse().map_err(|_| Invalid::field("", problem::nobody()))
}

/// What was done about the people of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum PeopleEventKind {
    Invited,
    InvitedAgain,
    Withdrawn,
    Accepted,
    Declined,
    RightsChanged,
    Removed,
    Left,
    HandedOver,
    PreviewMade,
    PreviewRevoked,
}

impl PeopleEventKind {
    /// What was done, in a few words.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Invited => w::event_invited(locale),
            Self::InvitedAgain => w::event_invited_again(locale),
            Self::Withdrawn => w::event_withdrawn(locale),
            Self::Accepted => w::event_accepted(locale),
            Self::Declined => w::event_declined(locale),
            Self::RightsChanged => w::event_rights_changed(locale),
            Self::Removed => w::event_removed(locale),
            Self::Left => w::event_left(locale),
            Self::HandedOver => w::event_handed_over(locale),
            Self::PreviewMade => w::event_preview_made(locale),
            Self::PreviewRevoked => w::event_preview_revoked(locale),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{HandOverForm, InviteForm, Right, Rights, RightsForm};

    fn boxes(rights: &[&str]) -> BTreeMap<String, String> {
        rights.iter().map(|key| ((*key).to_owned(), "on".to_owned())).collect()
    }

    #[test]
    fn every_right_is_a_bit_of_its_own_and_stored_as_its_word() {
        for right in Right::ALL {
            let alone = Rights::of([right]);
            assert!(alone.has(right));
            assert_eq!(Rights::read(&alone.words()), alone);
            let others = Right::ALL.into_iter().filter(|other| *other != right);
            let has_others = others.filter(|other| alone.has(*other)).count();
            assert_eq!(has_others, if right == Right::Own { 5 } else { 0 }, "{right:?}");
        }
        assert_eq!(Rights::of(Right::ALL), Rights::ALL);
        assert_eq!(Rights::read(&Rights::ALL_BUT_OWNING.words()), Rights::ALL_BUT_OWNING);
        assert_eq!(Rights::read("everything edit_page  x"), Rights::of([Right::EditPage]));
        assert_eq!(Rights::read(""), Rights::NONE);
    }

    #[test]
    fn nobody_gives_or_takes_what_they_do_not_have() {
        let manager = Rights::of([Right::ManagePeople, Right::EditPage]);
        let page = Rights::of([Right::EditPage]);
        let money = Rights::of([Right::SeeMoney]);
        assert!(manager.may_turn(Rights::NONE, page));
        assert!(manager.may_turn(page, Rights::NONE));
        for (before, after) in [
            (Rights::NONE, money),
            (money, Rights::NONE),
            (page, Rights::ALL),
            (Rights::ALL, page),
            (Rights::ALL, Rights::NONE),
        ] {
            assert!(!manager.may_turn(before, after), "{before:?} {after:?}");
            assert!(Rights::ALL.may_turn(before, after));
        }
        assert!(manager.may_turn(money, Rights::of([Right::SeeMoney, Right::EditPage])));
        assert!(!Rights::ALL_BUT_OWNING.may_turn(page, Rights::ALL));
    }

    #[test]
    fn an_invitation_names_an_address_and_at_least_one_right() {
        let form = InviteForm {
            slug: "tide-clock".into(),
            email: " Bo@Example.org ".into(),
            rights: boxes(&["see_money", "rule_the_world"]),
        };
        let (email, rights) = form.parse().expect("good");
        assert_eq!((email.as_str(), rights), ("bo@example.org", Rights::of([Right::SeeMoney])));
        let refused = InviteForm { email: "bo".into(), ..InviteForm::default() }.parse();
        assert_eq!(refused.expect_err("refused").0.len(), 2);
        let unticked = BTreeMap::from([("see_money".to_owned(), String::new())]);
        let refused = InviteForm { rights: unticked, ..form }.parse().expect_err("refused");
        assert!(refused.of("rights").is_some());
    }

    #[test]
    fn rights_of_nobody_and_an_unsure_hand_over_are_refused() {
        let form = RightsForm { id: "x".into(), rights: boxes(&["own"]), ..RightsForm::default() };
        assert!(form.parse().expect_err("refused").of("").is_some());
        let refused = HandOverForm::default().parse().expect_err("refused");
        assert!(refused.of("sure").is_some() && refused.of("id").is_some());
    }
}
