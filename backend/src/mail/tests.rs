//! The words of letters.

use domain::{
    Currency, Locale, Money, Timestamp,
    people::{Right, Rights},
    refund::Reason,
    reward::{Shipping, Wording},
    time::Month,
};

use super::{Letter, template};
use crate::context::Options;

const LINK: &str = "https://pedestal.example/pledges/1?key=a-b_c";

fn letters(title: &str) -> Vec<Letter> {
    let title = || title.to_owned();
    let link = || LINK.to_owned();
    let total = Money::new(4250, Currency::Eur);
    let deadline = Timestamp::from_seconds(1_796_407_200);
    vec![
        Letter::ConfirmAddress { link: link() },
        Letter::AlreadyRegistered { link: link() },
        Letter::PledgePlaced { title: title(), total, deadline, link: link() },
        Letter::PledgeChanged { title: title(), total, deadline, link: link() },
        Letter::PledgeCancelled { title: title() },
        Letter::SignInLink { link: link() },
        Letter::NewPassword { at: deadline, link: link() },
        Letter::PledgeExists { title: title(), link: link() },
        Letter::PledgeCollected { title: title(), total, link: link() },
        Letter::CardDeclined { title: title(), total, until: deadline, link: link() },
        Letter::ConfirmCharge { title: title(), total, until: deadline, link: link() },
        Letter::InstalmentCollected {
            title: title(),
            total,
            number: 1,
            of: 3,
            next: Some(deadline),
            link: link(),
        },
        Letter::InstalmentFailed {
            title: title(),
            total,
            number: 2,
            of: 3,
            again: None,
            link: link(),
        },
        Letter::InstalmentsEnded { title: title(), total, paid: total, link: link() },
        Letter::PledgeDropped { title: title(), total },
        Letter::PledgeRefunded { title: title(), total, reason: Reason::Damaged, link: link() },
        Letter::RewardChanged {
            title: title(),
            before: Box::new(wording(202_706)),
            after: Box::new(wording(202_709)),
            until: deadline,
            link: link(),
        },
        Letter::ReserveReleased { title: title(), total, link: link() },
        Letter::ChargebackOpened { title: title(), total, link: link() },
        Letter::ChargebackWon { title: title(), total, link: link() },
        Letter::ChargebackLost { title: title(), total, link: link() },
        Letter::PayoutStatement {
            title: title(),
            collected: total,
            platform_fee: total,
            processing_fee: total,
            dropped: total,
            returned: Some(total),
            reserve: Some((total, deadline)),
            paid_out: total,
            link: link(),
        },
        Letter::CampaignSucceeded { title: title(), total, link: link() },
        Letter::CampaignFailed { title: title(), total },
        Letter::CampaignFunded { title: title(), total, link: link() },
        Letter::CampaignUnfunded { title: title(), total },
        Letter::CampaignCancelled { title: title(), total, reason: None },
        Letter::CampaignCancelled { title: title(), total, reason: Some(title()) },
        Letter::CampaignSubmitted { title: title(), creator: title(), link: link() },
        Letter::CampaignApproved {
            title: title(),
            remark: String::new(),
            launch_at: None,
            link: link(),
        },
        Letter::CampaignApproved {
            title: title(),
            remark: "Well done.".into(),
            launch_at: Some(deadline),
            link: link(),
        },
        Letter::CampaignReturned { title: title(), remark: title(), link: link() },
        Letter::CampaignLaunched { title: title(), deadline, link: link() },
        Letter::ConfirmWatch { title: title(), link: link() },
        Letter::CampaignOpens { title: title(), link: link(), stop: link() },
        Letter::Invitation {
            title: title(),
            by: title(),
            rights: Rights::of([Right::EditPage, Right::SeeMoney]),
            until: deadline,
            link: link(),
        },
        Letter::ChangeSetAsked { title: title(), author: title(), link: link() },
        Letter::ChangeSetReturned { title: title(), remark: title(), link: link() },
        Letter::ChangeSetApproved {
            title: title(),
            judge: title(),
            publish_at: Some(deadline),
            link: link(),
        },
        Letter::ChangeSetApproved {
            title: title(),
            judge: title(),
            publish_at: None,
            link: link(),
        },
        Letter::ChangeSetPublished { title: title(), link: link() },
        refused(title(), String::new()),
        refused(title(), title()),
    ]
}

fn refused(title: String, author: String) -> Letter {
    let reason = domain::Invalid::field("title", domain::Problem::Missing);
    Letter::ChangeSetRefused { title, author, reason, link: LINK.to_owned() }
}

fn wording(delivery: i64) -> Wording {
    Wording {
        title: "A clock".into(),
        price: Money::new(9_000, Currency::Eur),
        description: String::new(),
        items: Vec::new(),
        delivery: Month::from_number(delivery),
        shipping: Shipping::None,
    }
}

fn render(letter: &Letter, locale: Locale) -> template::Page {
    template::render(letter, locale, &Options::default()).expect("every letter renders")
}

#[test]
fn every_letter_is_whole_in_both_languages() {
    for letter in letters("Tide Clock") {
        for locale in Locale::ALL {
            let page = render(&letter, locale);
            let about = format!("{} {locale}", letter.kind());
            assert!(!page.subject.is_empty() && page.subject.len() < 100, "{about}");
            for part in [&page.subject, &page.text, &page.html] {
                assert!(!part.contains("{{") && !part.contains("undefined"), "{about}: {part}");
            }
            let value = serde_json::to_value(&letter).expect("a letter is kept as JSON");
            assert_eq!(value["kind"], letter.kind());
            if value.get("link").is_some() {
                assert!(page.text.lines().any(|line| line == LINK), "{about}: {}", page.text);
                assert!(page.html.contains("key=a-b_c"), "{about}");
            }
            if value.get("title").is_some() {
                assert!(page.subject.contains("Tide Clock"), "{about}");
                assert!(
                    page.text.contains("Tide Clock") && page.html.contains("Tide Clock"),
                    "{about}"
                );
            }
            if value.get("total").is_some() {
                let sum = if locale == Locale::En { "€42.50" } else { "42,50\u{a0}€" };
                assert!(
                    page.text.contains(sum) && page.html.contains(sum),
                    "{about}: {}",
                    page.text
                );
            }
            if value.get("deadline").or(value.get("until")).or(value.get("at")).is_some() {
                let date =
                    if locale == Locale::En { "December 2026 at" } else { "décembre 2026 à" };
                assert!(
                    page.text.contains(date) && page.html.contains(date),
                    "{about}: {}",
                    page.text
                );
            }
            assert!(page.html.contains(&format!("<html lang=\"{locale}\">")), "{about}");
        }
    }
}

#[test]
fn the_text_says_what_the_html_says() {
    let plain = |html: &str| {
        let body =
            html.split("<main>").nth(1).expect("a body").split("</main>").next().expect("its end");
        let mut text = String::new();
        let mut in_tag = false;
        for c in body.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                _ if !in_tag => text.push(c),
                _ => {}
            }
        }
        text.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    for letter in letters("Tide Clock") {
        for locale in Locale::ALL {
            let page = render(&letter, locale);
            let paragraphs = plain(&page.html);
            assert!(paragraphs.len() >= 3);
            // A link is a button in one and itself in the other.
            let missing: Vec<_> =
                paragraphs.iter().filter(|line| !page.text.contains(*line)).collect();
            assert!(missing.len() <= usize::from(page.text.contains(LINK)), "{missing:?}");
        }
    }
}

#[test]
fn what_people_wrote_is_escaped_in_html() {
    for payload in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</title><svg onload=alert(1)>",
        "{{ link }}{% raw %}",
    ] {
        for letter in letters(payload) {
            for locale in Locale::ALL {
                let html = render(&letter, locale).html;
                assert!(
                    !html.contains("<script") && !html.contains("<img") && !html.contains("<svg"),
                    "{html}"
                );
                assert_eq!(html.matches("</title>").count(), 1, "{html}");
            }
        }
    }
    let page = render(&letters("Salt & <Sea>")[2], Locale::En);
    assert_eq!(page.subject, "Your pledge to Salt & <Sea>");
    assert!(page.text.contains("backing Salt & <Sea>."), "plain text stays plain");
    assert!(page.html.contains("backing Salt &amp; &lt;Sea&gt;."), "{}", page.html);
}

#[test]
fn a_title_cannot_add_lines_to_a_subject() {
    for locale in Locale::ALL {
        let page = render(&letters("Clock\r\nBcc: all@example.org\u{2028}x")[4], locale);
        assert!(page.subject.contains("Clock Bcc: all@example.org x"), "{}", page.subject);
    }
}

#[test]
fn letters_of_a_demo_say_that_it_is_one() {
    let demo = Options { is_demo: true, ..Options::default() };
    for letter in letters("Tide Clock") {
        for (locale, words) in [(Locale::En, "demonstration"), (Locale::Fr, "démonstration")] {
            let page = template::render(&letter, locale, &demo).expect("rendered");
            assert!(page.text.contains(words) && page.html.contains(words));
            assert!(!render(&letter, locale).text.contains(words));
        }
    }
}

#[test]
fn french_letters_keep_their_signs_with_their_words() {
    for letter in letters("Clock") {
        let page = render(&letter, Locale::Fr);
        for text in [&page.subject, &page.text.replace(LINK, ""), &page.html] {
            for wrong in [" :", " ;", " ?", " !", " »", "« ", "'"] {
                // The style sheet of the frame is no French.
                let prose = text.split("<main>").last().unwrap_or(text);
                assert!(!prose.contains(wrong), "{wrong:?} in {prose}");
            }
        }
    }
}
