//! When a campaign ends, by the clock of its creator.

use domain::{studio::StudioPage, time::Zone, words::studio_page as w};
use leptos::prelude::*;

use super::{
    act::SaveSchedule,
    count_done,
    editor::{self, Desk},
    field::{self, Sheet, Typing},
};
use crate::{
    locale::locale,
    ui::{When, WhenStyle},
};

/// The form of the schedule.
pub fn schedule(desk: Desk) -> AnyView {
    let locale = locale();
    let act = ServerAction::<SaveSchedule>::new();
    count_done(act, desk.done);
    let sheet = Sheet::of(act, "form[slug]");
    let page = desk.page.get_value();
    let saved = page.schedule.clone();
    let control =
        |key: &str, label: &str, hint: &str, saved: &str| desk.control(key, label, hint, saved);
    let zone = control("zone", w::zone(locale), w::zone_hint(locale), &saved.zone);
    let ends = control("ends", w::ends_how(locale), "", &saved.ends);
    let days = control("days", w::days(locale), w::days_hint(locale), &saved.days);
    let date = control("deadline", w::end_date(locale), "", &saved.deadline);
    let time = control("deadline_time", w::end_time(locale), "", &saved.deadline_time);
    let launch = control("launch", w::launch_how(locale), "", &saved.launch);
    let launch_date = control("launch_date", w::launch_date(locale), "", &saved.launch_date);
    let launch_time = control("launch_time", w::launch_time(locale), "", &saved.launch_time);
    let launches = vec![
        ("hand", w::launch_by_hand(locale).to_owned(), w::launch_by_hand_text(locale).to_owned()),
        ("at", w::launch_at(locale).to_owned(), w::launch_at_text(locale).to_owned()),
    ];
    let zones = Zone::ALL
        .iter()
        .map(|zone| (zone.key().to_owned(), zone.key().replace('_', " ")))
        .collect();
    let ways = vec![
        ("days", w::ends_days(locale).to_owned(), w::ends_days_text(locale).to_owned()),
        ("at", w::ends_date(locale).to_owned(), w::ends_date_text(locale).to_owned()),
    ];
    let number = Typing { inputmode: Some("numeric"), most: Some(3), ..Typing::default() };
    let fields = view! {
        {real_end(&page)}
        {field::pick(sheet, zone, zones)}
        <div class="studio-ends fields">
            {field::choices(sheet, &ends, ways)}
            <div class="studio-only" data-ends="days">
                {field::line(sheet, days, number)}
            </div>
            <div class="studio-only" data-ends="at">
                <div class="field-row">
                    {field::line(sheet, date, Typing { kind: "date", ..Typing::default() })}
                    {field::line(sheet, time, Typing { kind: "time", ..Typing::default() })}
                </div>
            </div>
        </div>
        <div class="studio-ends fields">
            {field::choices(sheet, &launch, launches)}
            <div class="studio-only" data-ends="at">
                <div class="field-row">
                    {field::line(sheet, launch_date, Typing { kind: "date", ..Typing::default() })}
                    {field::line(sheet, launch_time, Typing { kind: "time", ..Typing::default() })}
                </div>
            </div>
        </div>
    };
    let inside = editor::inside(
        desk,
        sheet,
        |page, _| page.schedule.version.clone(),
        act.pending(),
        fields.into_any(),
    );
    view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {inside}
        </ActionForm>
    }
    .into_any()
}

/// The end itself, once there is one.
fn real_end(page: &StudioPage) -> Option<AnyView> {
    let locale = locale();
    page.launched_at?;
    let at = page.deadline;
    let view = view! {
        <p>
            {w::ends(locale)} " "
            <b>
                <When at=at style=WhenStyle::Long />
            </b>
        </p>
    };
    Some(view.into_any())
}
