//! No form, and no sequence of forms, moves what is locked.

use proptest::prelude::*;

use super::{NOW, basics, funds, reward, schedule};
use crate::{
    campaign::{
        FundingRule,
        policy::{self, BACKED, CAMPAIGN, Edit, Phase, REWARD},
    },
    currency::Currency,
    reward::{Offer, RewardView},
    studio::{
        BasicsForm, Form, FundingForm, RewardForm, ScheduleForm, StartForm, StoryForm, mark,
        problem, settle,
    },
    time::Zone,
};

#[test]
fn the_tables_know_every_field_of_every_form() {
    let knows = |table: &[policy::Row], form: &mut dyn FnMut() -> Vec<&'static str>| {
        for name in form() {
            assert!(table.iter().any(|(field, _)| *field == name), "{name}");
        }
    };
    fn names<F: Form + Default>() -> Vec<&'static str> {
        let mut form = F::default();
        let mut names: Vec<_> = form.fields().into_iter().map(|(name, _)| name).collect();
        names.extend(form.rows().map(|(name, _)| name));
        names
    }
    knows(CAMPAIGN, &mut names::<BasicsForm>);
    knows(CAMPAIGN, &mut names::<FundingForm>);
    knows(CAMPAIGN, &mut names::<ScheduleForm>);
    knows(CAMPAIGN, &mut names::<StoryForm>);
    knows(REWARD, &mut names::<RewardForm>);
    knows(BACKED, &mut names::<RewardForm>);
}

#[test]
fn a_stale_form_is_refused_and_one_that_was_drawn_anew_is_not() {
    let free = |_: &str| Edit::Free;
    let before = StoryForm::of("x", "Once.");
    let mine = StoryForm { story: "Once upon a time.".into(), ..before.clone() };
    let current = StoryForm::of("x", "Twice.");
    let refused = settle(&current, mine.clone(), free).expect_err("stale");
    assert!(problem::is_stale(&refused));
    let again = StoryForm { version: current.version.clone(), ..mine };
    assert!(settle(&current, again, free).is_ok());
}

#[test]
fn a_number_that_may_only_grow_grows() {
    let up = |name: &str| policy::reward(name, Phase::Live, true);
    let current = RewardForm::of("x", &reward(), Zone::Paris);
    for (wanted, is_allowed) in
        [("50", true), ("51", true), ("", true), ("49", false), ("1", false), ("-1", false)]
    {
        let form = RewardForm { quantity: wanted.into(), ..current.clone() };
        assert_eq!(settle(&current, form, up).is_ok(), is_allowed, "{wanted}");
    }
    let without = RewardView { offer: Offer::default(), ..reward() };
    let current = RewardForm::of("x", &without, Zone::Paris);
    let form = RewardForm { quantity: "1000".into(), ..current.clone() };
    assert!(settle(&current, form, up).is_err(), "no limit is more than any");
}

proptest! {
    #[test]
    fn no_sequence_of_forms_changes_what_is_locked(
        posts in prop::collection::vec((0..8_usize, "[a-z0-9. ]{0,8}", any::<bool>()), 1..30),
        phase in 0..6_usize,
        is_backed in any::<bool>(),
    ) {
        let phase = Phase::ALL[phase];
        let edit = |name: &str| policy::campaign(name, phase, true);
        let shelf = |name: &str| policy::reward(name, phase, is_backed);
        let mut basics = BasicsForm::of(&basics());
        let mut funding = FundingForm::of("x", &funds());
        let mut times = ScheduleForm::of("x", &schedule());
        let mut goods = RewardForm::of("x", &reward(), Zone::Paris);
        for (place, text, is_fresh) in posts {
            post(&mut basics, place, &text, is_fresh, edit);
            post(&mut funding, place, &text, is_fresh, edit);
            post(&mut times, place, &text, is_fresh, edit);
            post(&mut goods, place, &text, is_fresh, shelf);
        }
        unmoved(&BasicsForm::of(&super::basics()), &basics, edit)?;
        unmoved(&FundingForm::of("x", &funds()), &funding, edit)?;
        unmoved(&ScheduleForm::of("x", &schedule()), &times, edit)?;
        unmoved(&RewardForm::of("x", &reward(), Zone::Paris), &goods, shelf)?;
    }

    #[test]
    fn no_text_makes_a_form_panic(text in "\\PC{0,40}") {
        let mut forms = (
            StartForm::default(), BasicsForm::default(), FundingForm::default(),
            ScheduleForm::default(), RewardForm::default(),
        );
        forms.0.title.clone_from(&text);
        let _ = forms.0.parse();
        for (_, field) in forms.1.fields() { field.clone_from(&text); }
        let _ = forms.1.parse();
        for (_, field) in forms.2.fields() { field.clone_from(&text); }
        forms.2.currency = "EUR".into();
        let _ = forms.2.parse();
        for (_, field) in forms.3.fields() { field.clone_from(&text); }
        (forms.3.zone, forms.3.ends) = ("Europe/Paris".into(), "at".into());
        let _ = forms.3.parse(FundingRule::Rounds, NOW);
        for shipping in ["countries", "worldwide", "pick_up"] {
            for (_, field) in forms.4.fields() { field.clone_from(&text); }
            forms.4.shipping = shipping.into();
            let _ = forms.4.parse(Currency::Jpy, Zone::Paris);
        }
    }
}

/// Somebody changes one field and sends the form, drawn just now or long ago.
fn post<F: Form + Versioned>(
    form: &mut F,
    place: usize,
    text: &str,
    is_fresh: bool,
    edit: impl Fn(&str) -> Edit,
) {
    let mut posted = form.clone();
    posted.set_version(if is_fresh { mark(form) } else { "0".into() });
    {
        let mut fields = posted.fields();
        let count = fields.len();
        text.clone_into(fields[place % count].1);
    }
    if let Some((_, rows)) = posted.rows() {
        rows.insert(format!("g{place}.title"), text.to_owned());
    }
    if let Ok(settled) = settle(form, posted, edit) {
        assert!(is_fresh, "a stale form was taken");
        *form = settled;
    }
}

/// What was locked is what it was.
fn unmoved<F: Form>(
    before: &F,
    after: &F,
    edit: impl Fn(&str) -> Edit,
) -> Result<(), TestCaseError> {
    let (mut before, mut after) = (before.clone(), after.clone());
    for ((name, was), (_, is)) in before.fields().into_iter().zip(after.fields()) {
        if edit(name).is_locked() {
            prop_assert_eq!(was, is, "{}", name);
        }
    }
    if let (Some((name, was)), Some((_, is))) = (before.rows(), after.rows())
        && edit(name).is_locked()
    {
        prop_assert_eq!(was, is);
    }
    Ok(())
}

trait Versioned {
    fn set_version(&mut self, version: String);
}

macro_rules! versioned {
    ($($form:ident),+) => {$(
        impl Versioned for $form {
            fn set_version(&mut self, version: String) {
                self.version = version;
            }
        }
    )+};
}

versioned!(BasicsForm, FundingForm, ScheduleForm, RewardForm);
