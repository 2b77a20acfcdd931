//! The pedestal: one hundred stones in nine courses, one for each percent. Past
//! the goal copper stones rise on it, as the statue did.

use std::fmt::Write as _;

use domain::{
    campaign::{CampaignState, Funding},
    money::percent as in_percent,
    words::campaign as w,
};
use leptos::prelude::*;

use crate::locale::locale;

/// Stones of each course, from the base up.
const COURSES: [i64; 9] = [18, 14, 12, 12, 10, 10, 8, 8, 8];
/// Copper stones of each course above; beyond the last the figure tells.
const COPPER: [i64; 10] = [8, 8, 8, 6, 6, 4, 4, 2, 2, 2];
/// Width of a stone with its joint.
const PITCH: i64 = 19;
/// Width of a joint, upright and level.
const JOINT: i64 = 3;
/// Height of a course with its joint.
const RISE: i64 = 15;
/// From the top of the hundredth stone to the ground.
const HEIGHT: i64 = 9 * RISE;
/// From end to end of the base.
const WIDTH: i64 = 18 * PITCH - JOINT;

/// The pedestal of a campaign, rising as money comes in.
#[component]
pub fn Stones(
    /// The figures, possibly live.
    #[prop(into)]
    funding: Signal<Funding>,
    /// An ended campaign that did not reach its goal is grey.
    #[prop(into)]
    state: Signal<CampaignState>,
) -> impl IntoView {
    let locale = locale();
    let percent = Memo::new(move |_| funding.get().percent());
    // Room for the copper is made once, so that the page never moves; a course
    // laid later rises into the space above.
    let above = RISE * copper_courses(percent.get_untracked() - 100);
    let view_box = format!("0 {} {WIDTH} {}", -above, HEIGHT + above + 2);
    let set = move |parity| courses(&COURSES, percent.get(), 0, parity);
    let over = move |parity| courses(&COPPER, percent.get() - 100, 9, parity);
    view! {
        <div
            role="progressbar"
            aria-label=w::funding(locale)
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent.get().clamp(0, 100).to_string()
            aria-valuetext=move || w::progress(locale, &in_percent(percent.get(), locale))
        >
            <svg
                class="stones"
                viewBox=view_box
                data-state=move || state.get().key()
                stroke-width=RISE - JOINT
                stroke-dasharray=format!("{} {JOINT}", PITCH - JOINT)
                aria-hidden="true"
            >
                <path class="stones-open" d=courses(&COURSES, 100, 0, None) />
                <path class="stones-set" d=move || set(Some(0)) />
                <path class="stones-set" data-course="even" d=move || set(Some(1)) />
                <path class="stones-over" d=move || over(Some(1)) />
                <path class="stones-over" data-course="even" d=move || over(Some(0)) />
                <path
                    class="stones-ground"
                    d=format!("M0 {}h{WIDTH}", HEIGHT + 1)
                    stroke-width="2"
                    stroke-dasharray="none"
                />
            </svg>
        </div>
    }
}

/// One level line per course, as long as the stones laid in it. Courses without
/// stones are there with no length, so that one drawing can turn into another.
/// `parity` picks every second course; `base` is how many lie beneath.
fn courses(rows: &[i64], stones: i64, base: i64, parity: Option<i64>) -> String {
    let mut rest = stones.max(0);
    let mut path = String::new();
    for (level, width) in (0..).zip(rows) {
        let laid = rest.min(*width);
        rest -= laid;
        if parity.is_none_or(|parity| level % 2 == parity) {
            let x = (WIDTH + JOINT - PITCH * width) / 2;
            let middle = HEIGHT - RISE * (base + level) - JOINT - (RISE - JOINT) / 2;
            let length = (PITCH * laid - JOINT).max(0);
            let _ = write!(path, "M{x} {middle}h{length}");
        }
    }
    path
}

/// How many copper courses a surplus of percents begins.
fn copper_courses(mut surplus: i64) -> i64 {
    let mut begun = 0;
    for width in COPPER {
        if surplus > 0 {
            begun += 1;
        }
        surplus -= width;
    }
    begun
}

#[cfg(test)]
mod tests {
    use super::{COPPER, COURSES, copper_courses, courses};

    #[test]
    fn a_pedestal_has_one_hundred_stones() {
        assert_eq!(COURSES.iter().sum::<i64>(), 100);
        assert!(COURSES.iter().chain(&COPPER).all(|width| width % 2 == 0), "courses are centred");
    }

    #[test]
    fn stones_are_laid_from_the_base_up() {
        let twenty = courses(&COURSES, 20, 0, None);
        assert!(twenty.starts_with("M0 126h339M38 111h35M57 96h0"), "{twenty}");
        assert_eq!(courses(&COURSES, 0, 0, None).matches("h0").count(), 9);
        assert_eq!(courses(&COURSES, 500, 0, None), courses(&COURSES, 100, 0, None));
    }

    #[test]
    fn copper_begins_only_beyond_the_goal() {
        assert_eq!(copper_courses(0), 0);
        assert_eq!(copper_courses(1), 1);
        assert_eq!(copper_courses(9), 2);
        assert_eq!(copper_courses(10_000), 10);
    }
}
