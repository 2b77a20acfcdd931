//! The words of letters: `backend/mail/KIND/LANGUAGE.txt`, whose first line is
//! the subject, its `.html` twin, and a frame around both.

use std::sync::LazyLock;

use domain::{Locale, story::change_set::reasons};
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value, context};

use super::Letter;
use crate::context::Options;

macro_rules! templates {
    ($($kind:literal),+ $(,)?) => {
        &[$(templates!(@one $kind, "en.txt"), templates!(@one $kind, "en.html"),
            templates!(@one $kind, "fr.txt"), templates!(@one $kind, "fr.html")),+]
    };
    (@one $kind:literal, $file:literal) => {
        (concat!($kind, "/", $file), include_str!(concat!("../../mail/", $kind, "/", $file)))
    };
}

/// Each name and its source.
const TEMPLATES: &[(&str, &str)] = templates!(
    "layout",
    "confirm_address",
    "already_registered",
    "sign_in_link",
    "new_password",
    "pledge_placed",
    "pledge_changed",
    "pledge_cancelled",
    "pledge_exists",
    "pledge_collected",
    "card_declined",
    "confirm_charge",
    "instalment_collected",
    "instalment_failed",
    "instalments_ended",
    "pledge_dropped",
    "pledge_refunded",
    "reward_changed",
    "payout_statement",
    "reserve_released",
    "chargeback_opened",
    "chargeback_won",
    "chargeback_lost",
    "campaign_succeeded",
    "campaign_failed",
    "campaign_funded",
    "campaign_unfunded",
    "campaign_cancelled",
    "campaign_submitted",
    "campaign_approved",
    "campaign_returned",
    "campaign_launched",
    "change_set_asked",
    "change_set_returned",
    "change_set_refused",
    "change_set_approved",
    "change_set_published",
    "confirm_watch",
    "campaign_opens",
    "invitation",
);

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| match name.ends_with(".html") {
        true => AutoEscape::Html,
        false => AutoEscape::None,
    });
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).expect("our templates parse");
    }
    environment
});

/// A letter in words.
pub struct Page {
    /// One line.
    pub subject: String,
    pub text: String,
    /// A whole document.
    pub html: String,
}

/// Puts a letter into words.
///
/// # Errors
/// When a template asks for what its letter does not have.
pub fn render(letter: &Letter, locale: Locale, options: &Options) -> Result<Page, Error> {
    let kind = letter.kind();
    let values = values(letter, locale);
    let text = fill(&format!("{kind}/{locale}.txt"), &values)?;
    let (subject, text) = text.split_once('\n').unwrap_or((&text, ""));
    let html = fill(&format!("{kind}/{locale}.html"), &values)?;
    let frame = |body: Value| {
        context! { body, subject, site => &options.base_url, is_demo => options.is_demo }
    };
    Ok(Page {
        subject: subject.trim().to_owned(),
        text: fill(&format!("layout/{locale}.txt"), &frame(Value::from(text.trim())))?,
        // Escaped when its own template was filled in.
        html: fill(&format!("layout/{locale}.html"), &frame(Value::from_safe_string(html)))?,
    })
}

fn fill(name: &str, values: &Value) -> Result<String, Error> {
    ENVIRONMENT.get_template(name)?.render(values)
}

/// What the templates may name, as this language writes it.
fn values(letter: &Letter, locale: Locale) -> Value {
    match letter {
        Letter::ConfirmAddress { link }
        | Letter::AlreadyRegistered { link }
        | Letter::SignInLink { link } => context! { link },
        Letter::NewPassword { at, link } => context! { at => at.long(locale), link },
        Letter::PledgePlaced { title, total, deadline, link }
        | Letter::PledgeChanged { title, total, deadline, link } => context! {
            title => one_line(title),
            total => total.display(locale),
            deadline => deadline.long(locale),
            link,
        },
        Letter::PledgeCancelled { title } => context! { title => one_line(title) },
        Letter::PledgeExists { title, link } => context! { title => one_line(title), link },
        Letter::PledgeCollected { title, total, link } => {
            context! { title => one_line(title), total => total.display(locale), link }
        }
        Letter::CardDeclined { title, total, until, link }
        | Letter::ConfirmCharge { title, total, until, link } => context! {
            title => one_line(title),
            total => total.display(locale),
            until => until.long(locale),
            link,
        },
        Letter::InstalmentCollected { title, total, number, of, next: at, link }
        | Letter::InstalmentFailed { title, total, number, of, again: at, link } => context! {
            title => one_line(title),
            total => total.display(locale),
            number,
            of,
            at => at.map(|at| at.date(locale)),
            link,
        },
        Letter::InstalmentsEnded { title, total, paid, link } => context! {
            title => one_line(title),
            total => total.display(locale),
            paid => paid.display(locale),
            link,
        },
        Letter::PledgeDropped { title, total } => {
            context! { title => one_line(title), total => total.display(locale) }
        }
        Letter::PayoutStatement {
            title,
            collected,
            platform_fee,
            processing_fee,
            dropped,
            returned,
            reserve,
            paid_out,
            link,
        } => context! {
            title => one_line(title),
            collected => collected.display(locale),
            platform_fee => platform_fee.display(locale),
            processing_fee => processing_fee.display(locale),
            dropped => dropped.display(locale),
            returned => returned.map(|money| money.display(locale)),
            reserve => reserve.map(|(money, _)| money.display(locale)),
            reserve_until => reserve.map(|(_, until)| until.date(locale)),
            paid_out => paid_out.display(locale),
            link,
        },
        Letter::PledgeRefunded { title, total, reason, link } => context! {
            title => one_line(title),
            total => total.display(locale),
            reason => reason.name(locale),
            link,
        },
        Letter::RewardChanged { title, before, after, until, link } => context! {
            title => one_line(title),
            reward => one_line(&before.title),
            changes => before
                .differences(after, locale)
                .into_iter()
                .map(|one| context! { label => one.label, before => one.before, after => one.after })
                .collect::<Vec<_>>(),
            until => until.long(locale),
            link,
        },
        Letter::ReserveReleased { title, total, link }
        | Letter::ChargebackOpened { title, total, link }
        | Letter::ChargebackWon { title, total, link }
        | Letter::ChargebackLost { title, total, link }
        | Letter::CampaignSucceeded { title, total, link }
        | Letter::CampaignFunded { title, total, link } => {
            context! { title => one_line(title), total => total.display(locale), link }
        }
        Letter::CampaignFailed { title, total } | Letter::CampaignUnfunded { title, total } => {
            context! { title => one_line(title), total => total.display(locale) }
        }
        Letter::CampaignCancelled { title, total, reason } => {
            context! { title => one_line(title), total => total.display(locale), reason }
        }
        Letter::CampaignSubmitted { title, creator, link } => {
            context! { title => one_line(title), creator => one_line(creator), link }
        }
        Letter::CampaignApproved { title, remark, launch_at, link } => context! {
            title => one_line(title),
            remark,
            launch_at => launch_at.map(|at| at.long(locale)),
            link,
        },
        Letter::ChangeSetAsked { title, author, link } => {
            context! { title => one_line(title), author => one_line(author), link }
        }
        Letter::ChangeSetApproved { title, judge, publish_at, link } => context! {
            title => one_line(title),
            judge => one_line(judge),
            publish_at => publish_at.map(|at| at.long(locale)),
            link,
        },
        Letter::ChangeSetPublished { title, link } => context! { title => one_line(title), link },
        Letter::ChangeSetRefused { title, author, reason, link } => context! {
            title => one_line(title),
            author => one_line(author),
            reason => reasons(reason, locale),
            link,
        },
        Letter::CampaignReturned { title, remark, link }
        | Letter::ChangeSetReturned { title, remark, link } => {
            context! { title => one_line(title), remark, link }
        }
        Letter::CampaignLaunched { title, deadline, link } => {
            context! { title => one_line(title), deadline => deadline.long(locale), link }
        }
        Letter::ConfirmWatch { title, link } => context! { title => one_line(title), link },
        Letter::CampaignOpens { title, link, stop } => {
            context! { title => one_line(title), link, stop }
        }
        Letter::Invitation { title, by, rights, until, link } => context! {
            title => one_line(title),
            by => one_line(by),
            rights => rights.say(locale),
            until => until.long(locale),
            link,
        },
    }
}

/// A title cannot end the subject's line and go on as something else.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
