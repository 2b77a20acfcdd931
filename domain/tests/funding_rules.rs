//! `docs/funding-rules.md` is what the machines say, asked for each rule and
//! each event. `UPDATE_DOCS=1 cargo test -p domain --test funding_rules` writes it anew.

#[path = "support/campaigns.rs"]
mod campaigns;

use std::{fmt::Write as _, fs, path::Path};

use campaigns::{END, enough, tally, terms, too_little};
use domain::{
    Timestamp,
    campaign::{
        CampaignState, FundingRule, LatePledges, Life, Terms, Verdict,
        life::{Effect, Event},
    },
    pledge::{
        PledgeState, Refusal, Standing, Timing,
        money::{Event as PledgeEvent, FIX_AT_ONCE, FIX_WINDOW, Moved, Step},
    },
    time::DAY,
};

const HEAD: &str = "\
# Funding rules

What each event does to the money of a campaign and of a pledge. Made by the state machines of
`domain/src/campaign/life.rs` and `domain/src/pledge/money.rs`; a test fails when this file says
something else. `UPDATE_DOCS=1 cargo test -p domain --test funding_rules` writes it anew.

";

#[test]
fn the_table_of_the_funding_rules_is_what_the_machines_say() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/funding-rules.md");
    let said = format!("{HEAD}{}{}{}", campaigns_table(), end_of_campaigns(), pledges_table());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &said).expect("the file can be written");
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(written == said, "docs/funding-rules.md is not what the machines say; see its head");
}

/// The columns: each rule, and those that can be decided by what was charged.
fn columns() -> Vec<(&'static str, Terms)> {
    use FundingRule as R;
    vec![
        ("All or nothing", terms(R::AllOrNothing, Verdict::Pledged)),
        ("All or nothing, decided by what is charged", terms(R::AllOrNothing, Verdict::Collected)),
        ("Pre-orders", terms(R::PreOrders, Verdict::Pledged)),
        ("Pre-orders, decided by what is charged", terms(R::PreOrders, Verdict::Collected)),
        ("Keep what you raise", terms(R::KeepWhatYouRaise, Verdict::Pledged)),
        ("Rounds", terms(R::Rounds, Verdict::Pledged)),
    ]
}

/// The rows: from where, and which event.
fn rows() -> Vec<(&'static str, Life, Event, Timestamp)> {
    use CampaignState as S;
    let life = |state| Life { state, ..Life::draft(END) };
    let (live, deciding) = (life(S::Live), life(S::Deciding));
    let second = Life { round: 2, ..live };
    let done = life(S::Successful);
    let late = Life { late: LatePledges::Open, ..done };
    let frozen = Life { frozen: Some(S::Live), ..life(S::Suspended) };
    let before = END.plus(-DAY);
    let pledge = Event::Pledge { is_first: true };
    let deadline = |promised| Event::Deadline { promised };
    let verdict = |collected| Event::WindowOver { collected };
    let plenty = tally(campaigns::OPTIMUM, campaigns::UNITS);
    vec![
        ("Live: a pledge", live, pledge, before),
        ("Live, in the last ten minutes: a pledge (with overtime)", live, pledge, END.plus(-1)),
        ("Live: the deadline, with nothing", live, deadline(tally(0, 0)), END),
        ("Live: the deadline, with less than the goal", live, deadline(too_little()), END),
        ("Live: the deadline, with the goal", live, deadline(enough()), END),
        ("Live: the deadline, with the optimum", live, deadline(plenty), END),
        ("Live: the creator calls it off", live, Event::Cancel, before),
        ("Live: the operator suspends it", live, Event::Suspend, before),
        ("Suspended: a pledge", frozen, pledge, before),
        ("Suspended: the deadline", frozen, deadline(enough()), END),
        ("Suspended: the operator lets it go on", frozen, Event::Resume, before),
        (
            "Being decided: the days to see to a card are over, with the goal",
            deciding,
            verdict(enough()),
            END,
        ),
        ("Being decided: the same, with less", deciding, verdict(too_little()), END),
        ("Being decided: the creator calls it off", deciding, Event::Cancel, END),
        ("Second round: a pledge", second, pledge, before),
        ("Second round: its deadline, with anything", second, deadline(too_little()), END),
        ("Second round: the creator calls it off", second, Event::Cancel, before),
        ("Successful: a pledge", done, pledge, END),
        ("Successful, with late pledges open: a pledge", late, pledge, END),
        ("Successful: the creator opens late pledges", done, Event::OpenLatePledges, END),
        ("Successful: the creator closes late pledges", late, Event::CloseLatePledges, END),
        ("Successful: the creator calls it off", done, Event::Cancel, END),
        ("Successful: the operator suspends it", done, Event::Suspend, END),
        ("Failed: a pledge", life(S::Failed), pledge, END),
        ("Cancelled: a pledge", life(S::Cancelled), pledge, END),
    ]
}

fn campaigns_table() -> String {
    let columns = columns();
    let mut table = String::from("## Campaigns: each event under each rule\n\n| Event |");
    for (name, _) in &columns {
        let _ = write!(table, " {name} |");
    }
    let _ = writeln!(table, "\n|---{}|", "|---".repeat(columns.len()));
    for (name, life, event, now) in rows() {
        let _ = write!(table, "| {name} |");
        for (_, terms) in &columns {
            let cell =
                if exists(&life, terms) { cell(life, terms, event, now) } else { "–".into() };
            let _ = write!(table, " {cell} |");
        }
        table.push('\n');
    }
    table
}

/// Not every rule has every state.
fn exists(life: &Life, terms: &Terms) -> bool {
    (life.round == 1 || terms.rule == FundingRule::Rounds)
        && (life.state != CampaignState::Deciding || terms.verdict == Verdict::Collected)
}

fn cell(life: Life, terms: &Terms, event: Event, now: Timestamp) -> String {
    let Ok((next, effect)) = life.after(terms, event, now) else { return "refused".into() };
    let effect = match effect {
        Effect::Nothing => "no money moves",
        Effect::SaveCard => "the card is saved",
        Effect::ChargeAtOnce => "the card is charged at once",
        Effect::ChargeAll => "every saved card is charged, and the money is the creator’s",
        Effect::ChargeToDecide => "every saved card is charged; what comes of it decides",
        Effect::Keep => "what was charged is the creator’s",
        Effect::Release => "nobody is charged; every promise is void",
        Effect::GiveBack => "who was charged gets it back; other promises are void",
        Effect::Freeze => "no charge and no payout until it goes on",
        Effect::Thaw => "charges and payouts go on",
    };
    let mut cell = effect.to_owned();
    if next.state != life.state {
        let _ = write!(cell, "; **{}**", next.state.name(domain::Locale::En).to_lowercase());
    }
    if next.round != life.round {
        cell.push_str("; **second round of 40 days**");
    } else if next.deadline != life.deadline {
        cell.push_str("; the end moves to ten minutes from now");
    }
    cell
}

fn end_of_campaigns() -> String {
    "\nThe deadline is an instant in the campaign’s time zone, 1 to 60 days after the launch (365 where\n\
     what is raised is kept; 60 for the first of two rounds), and may be moved by 5 days either way at\n\
     launch. A goal of nothing is refused. With late pledges, a success opens them. While a campaign is\n\
     suspended its deadline may pass; it is then decided when it goes on.\n"
        .to_owned()
}

fn pledges_table() -> String {
    let mut table = String::from(
        "\n## Pledges: each event in each state\n\nA pledge whose card is charged at the deadline counts from the \
         start; one that is charged at once\ncounts when it was charged. Its card can be seen to for 7 days, \
         or for one day.\n\n| State | Event | Charged at the deadline | Charged at once |\n|---|---|---|---|\n",
    );
    let now = END;
    let (early, late) = (now.plus(DAY / 2), now.plus(FIX_WINDOW + DAY));
    let states: [(&str, PledgeState, bool); 9] = [
        ("waiting for the bank’s confirmation", PledgeState::AuthenticationRequired, false),
        ("pledged", PledgeState::Pledged, false),
        ("its card being charged", PledgeState::Pledged, true),
        ("declined", PledgeState::Errored, false),
        ("to be confirmed", PledgeState::ActionRequired, false),
        ("declined, another card being charged", PledgeState::Errored, true),
        ("collected", PledgeState::Collected, false),
        ("dropped", PledgeState::Dropped, false),
        ("cancelled", PledgeState::Cancelled, false),
    ];
    let events: [(&str, PledgeEvent, Timestamp); 13] = [
        ("the holder confirms", PledgeEvent::Confirmed, early),
        ("nobody confirms in time", PledgeEvent::Expired, early),
        ("the backer changes it", PledgeEvent::Changed, early),
        ("the backer takes it back", PledgeEvent::Cancelled, early),
        (
            "the campaign charges its cards",
            PledgeEvent::Due { fix_until: now.plus(FIX_WINDOW) },
            now,
        ),
        ("the provider has the money", PledgeEvent::Charged, early),
        ("the bank says no", PledgeEvent::Declined, early),
        ("the bank says no, and the time is over", PledgeEvent::Declined, late),
        ("the bank wants the holder to confirm", PledgeEvent::ActionRequired, early),
        ("another card is given", PledgeEvent::CardReplaced, early),
        ("another card is given, and the time is over", PledgeEvent::CardReplaced, late),
        ("the time is over: one last try", PledgeEvent::LastTry, late),
        ("its campaign comes to nothing", PledgeEvent::CampaignOver, early),
    ];
    for (state_name, state, is_being_charged) in states {
        for (event_name, event, at) in events {
            let of = |timing| {
                // One that is charged at once is never only promised.
                if timing == Timing::AtOnce && state == PledgeState::Pledged && !is_being_charged {
                    return "–".to_owned();
                }
                let window = if timing == Timing::AtOnce { FIX_AT_ONCE } else { FIX_WINDOW };
                let is_charged = state != PledgeState::Pledged || is_being_charged;
                let standing = Standing {
                    state,
                    timing,
                    is_being_charged,
                    fix_until: is_charged.then(|| now.plus(window)),
                    remind_at: None,
                };
                match standing.after(event, at) {
                    Ok(step) => told(&standing, &step),
                    Err(refused) => refusal(&refused),
                }
            };
            let (later, at_once) = (of(Timing::AtDeadline), of(Timing::AtOnce));
            if [&later, &at_once]
                .iter()
                .any(|cell| !["refused", "–", "nothing"].contains(&cell.as_str()))
            {
                let _ = writeln!(table, "| {state_name} | {event_name} | {later} | {at_once} |");
            }
        }
    }
    table.push_str("\nEvery other event is refused, or was answered before and does nothing.\n");
    table
}

fn refusal(refused: &Refusal) -> String {
    match refused {
        Refusal::AlreadyCharged => "refused: it has to be given back".into(),
        Refusal::AlreadyDecided => "refused: the campaign has succeeded".into(),
        Refusal::BeingCharged => "refused while it is being charged".into(),
        _ => "refused".into(),
    }
}

fn told(before: &Standing, step: &Step) -> String {
    let money = match step.moved {
        Moved::Nothing if step.next.is_being_charged && !before.is_being_charged => {
            "its card is charged"
        }
        Moved::Nothing => "nothing",
        Moved::Promised => "it counts, promised",
        Moved::Withdrawn => "it counts no longer",
        Moved::Collected => "what it promised is collected, less fees",
        Moved::PaidAtOnce => "it counts, collected, less fees",
        Moved::Dropped => "its promise comes to nothing; the public total stays",
    };
    if step.next.state == before.state {
        money.to_owned()
    } else {
        let state = step.next.state.name(domain::Locale::En).to_lowercase();
        let money = if money == "nothing" { "no money moves" } else { money };
        format!("{money}; **{state}**")
    }
}
