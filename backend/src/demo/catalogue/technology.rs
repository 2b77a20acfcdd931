//! A clock, a typewriter, a telescope that was called off and a lamp that was
//! stopped.

use domain::{Currency, Locale, campaign::CampaignState, category::Category, reward::Zone};

use super::super::{
    DemoCampaign, Ship,
    reward::{add_on, reward},
};
use super::{LETTER, PARCEL, days, running, story};

pub fn campaigns() -> Vec<DemoCampaign> {
    vec![tide_clock(), braille_typewriter(), pocket_telescope(), lamp()]
}

fn tide_clock() -> DemoCampaign {
    DemoCampaign {
        slug: "tide-clock",
        title: "The Tide Clock that runs on the moon",
        subtitle: "A wall clock with one hand. It turns once per lunar day, and tells when the sea will be at your door.",
        story: story!("tide-clock"),
        language: Locale::En,
        category: Category::Technology,
        subcategory: "Hardware",
        location: "Lyon",
        country: "FR",
        creator: "Atelier Lunaison",
        currency: Currency::Eur,
        goal: 24_000,
        percent: 73,
        artwork: "tide-185-0",
        image_alt: "A round clock with a single hand above lines of water, under a full moon",
        state: CampaignState::Live,
        times: running(17, days(11) + 250),
        record: None,
        rewards: vec![
            reward("A postcard from the shore", 8)
                .shown_by("harbour-195-2", "Boats at rest behind a quay")
                .about("Your name in the logbook and a printed tide line of your choice.")
                .with(&[("Postcard", 1)])
                .in_months(4)
                .ships(LETTER)
                .weight(16),
            reward("The Tide Clock, early bird", 89)
                .about("The clock in oak, numbered, engraved with your harbour.")
                .with(&[("Tide Clock", 1), ("Engraving", 1)])
                .in_months(7)
                .of(60)
                .each(1)
                .ships(PARCEL)
                .taken(53),
            reward("The Tide Clock", 109)
                .shown_by("tide-170-5", "A clock with one hand over the tide, under a moon")
                .about("The clock in oak, with the face in English, French or Breton.")
                .with(&[("Tide Clock", 1)])
                .in_months(8)
                .each(2)
                .ships(PARCEL)
                .weight(34),
            reward("A pair of clocks, for two harbours", 199)
                .about("For people who live in one place and think of another. Both engraved.")
                .with(&[("Tide Clock", 2), ("Engraving", 2)])
                .in_months(8)
                .ships(PARCEL)
                .weight(5),
            reward("Founders’ evening", 240)
                .about(
                    "The clock, and dinner on the quay of the Saône with the people who make it.",
                )
                .with(&[("Tide Clock", 1), ("Dinner", 1)])
                .in_months(6)
                .of(12)
                .each(2)
                .ships(Ship::PickUp("Atelier Lunaison, Lyon"))
                .taken(12),
            reward("The Tide Clock, for friends of the workshop", 79)
                .about("For those who lent us a kitchen wall. Thank you for the fourteen months.")
                .with(&[("Tide Clock", 1), ("Engraving", 1)])
                .in_months(7)
                .of(25)
                .ships(PARCEL)
                .secret("friends"),
            add_on("Engraving with the name of a harbour", 12)
                .about("Up to 24 letters below the hand.")
                .each(2),
            add_on("A second face, in another language", 15)
                .about("Changes in five minutes with one screw.")
                .ships(LETTER),
            add_on("Travel case in felt", 22).each(2).ships(PARCEL).weight(5),
        ],
    }
}

fn braille_typewriter() -> DemoCampaign {
    DemoCampaign {
        slug: "six-points-braille-typewriter",
        title: "Six Points: an open-source braille typewriter",
        subtitle: "214 flat parts, no motor, no electronics. A machine that a village workshop can build and a teacher can repair.",
        story: story!("six-points-braille-typewriter"),
        language: Locale::En,
        category: Category::Technology,
        subcategory: "Open hardware",
        location: "Kobe",
        country: "JP",
        creator: "Six Points",
        currency: Currency::Jpy,
        goal: 2_000_000,
        percent: 77,
        artwork: "typewriter-230-10",
        image_alt: "A typewriter with round keys and a sheet of raised dots",
        state: CampaignState::Live,
        times: running(24, days(5) + 600),
        record: None,
        rewards: vec![
            reward("A letter in braille", 1_200)
                .about("Typed on prototype no. 7 by one of us, with its print version below.")
                .with(&[("Letter", 1)])
                .in_months(2)
                .ships(Ship::World(&[(Zone::Asia, 200)], 300))
                .weight(20),
            reward("The tactile guide", 4_500)
                .about("All 38 parts in relief, with the assembly in braille and print. Japanese, English or Spanish.")
                .with(&[("Tactile guide", 1)])
                .in_months(5)
                .ships(Ship::World(&[(Zone::Asia, 900)], 1_600))
                .weight(24),
            reward("The striking comb, for your own machine", 9_800)
                .about("The one part that a hobby laser cannot cut. You make the rest.")
                .with(&[("Striking comb", 1), ("Set of pins", 1)])
                .in_months(6)
                .ships(Ship::World(&[(Zone::Asia, 400)], 700))
                .weight(18),
            reward("A kit to assemble", 38_000)
                .about("Every part, cut and deburred, and a screwdriver. Allow one Saturday.")
                .with(&[("Kit", 1), ("Tactile guide", 1)])
                .in_months(8)
                .of(80)
                .ships(Ship::World(&[(Zone::Asia, 2_800)], 5_600))
                .weight(8),
            reward("A machine, assembled and tested", 62_000)
                .about("Struck in with 10,000 dots before it leaves. Spare pins included.")
                .with(&[("Typewriter", 1), ("Spare pins", 12)])
                .in_months(9)
                .of(60)
                .each(2)
                .ships(Ship::World(&[(Zone::Asia, 3_200)], 6_400))
                .weight(4),
            add_on("Spare pins", 900).about("Twelve pins. The second comes free if you send us a worn one.").each(5),
            add_on("Practice paper, 200 sheets", 2_400)
                .ships(Ship::To(&[("JP", 600), ("KR", 1_400), ("TW", 1_400), ("SG", 1_900)]))
                .weight(3),
        ],
    }
}

fn pocket_telescope() -> DemoCampaign {
    DemoCampaign {
        slug: "observatoire-de-poche",
        title: "Un observatoire de poche",
        subtitle: "Un télescope de 76 mm qui tient dans un étui à lunettes et se pose sur une table de jardin.",
        story: story!("observatoire-de-poche"),
        language: Locale::Fr,
        category: Category::Technology,
        subcategory: "Optique",
        location: "Toulouse",
        country: "FR",
        creator: "Les Nuits pliantes",
        currency: Currency::Eur,
        goal: 38_000,
        percent: 9,
        artwork: "telescope-265-3",
        image_alt: "Une petite coupole ouverte sous un croissant de lune et des étoiles",
        state: CampaignState::Cancelled,
        times: running(16, -days(6)),
        record: None,
        rewards: vec![
            reward("Carte du ciel", 9)
                .about("Le ciel de votre ville, imprimé, avec ce que l’on voit sans rien.")
                .with(&[("Carte du ciel", 1)])
                .in_months(3)
                .ships(LETTER),
            reward("L’Observatoire de poche", 139)
                .about("Le télescope, son étui, et une heure au téléphone avec l’un de nous.")
                .with(&[("Télescope", 1), ("Étui", 1)])
                .in_months(9)
                .of(400)
                .ships(PARCEL)
                .weight(20),
            reward("Pour une classe", 360)
                .about("Trois télescopes et une soirée d’observation dans la cour, à moins de 200 km de Toulouse.")
                .with(&[("Télescope", 3), ("Soirée", 1)])
                .in_months(10)
                .of(15)
                .ships(Ship::PickUp("Remis en classe"))
                .weight(2),
        ],
    }
}

fn lamp() -> DemoCampaign {
    DemoCampaign {
        slug: "lamp-without-charging",
        title: "Everlume: the lamp that never needs charging",
        subtitle: "No cable, no battery to change, no switch you will ever need. A reading lamp for as long as there is a room around it.",
        story: story!("lamp-without-charging"),
        language: Locale::En,
        category: Category::Technology,
        subcategory: "Gadgets",
        location: "Singapore",
        country: "SG",
        creator: "Everlume Labs",
        currency: Currency::Sgd,
        goal: 20_000,
        percent: 44,
        artwork: "lamp-285-8",
        image_alt: "A desk lamp throwing a circle of light on a table",
        state: CampaignState::Suspended,
        times: running(21, days(9)),
        record: None,
        rewards: vec![
            reward("Early light", 89)
                .about("The lamp in aluminium, at the founders’ price.")
                .with(&[("Everlume lamp", 1)])
                .in_months(4)
                .of(80)
                .ships(Ship::World(&[(Zone::Asia, 12)], 25))
                .taken(58),
            reward("Two lamps", 169)
                .about("One for each side of the bed.")
                .with(&[("Everlume lamp", 2)])
                .in_months(4)
                .ships(Ship::World(&[(Zone::Asia, 18)], 36))
                .weight(10),
        ],
    }
}
