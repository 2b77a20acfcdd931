//! Books, a newspaper, a press, and two campaigns that nobody sees yet.

use domain::{Currency, Locale, campaign::CampaignState, category::Category, reward::Zone};

use super::super::{
    DemoCampaign, MEMBER, Ship,
    reward::{add_on, reward},
};
use super::{LETTER, PARCEL, days, running, story};

pub fn campaigns() -> Vec<DemoCampaign> {
    vec![dictionary(), fog(), courier(), lighthouse(), canteen(), saturday_press()]
}

fn dictionary() -> DemoCampaign {
    DemoCampaign {
        slug: "dictionary-of-silent-letters",
        title: "A dictionary of silent letters",
        subtitle: "4,212 letters that are written and never said, from the b in debt to the p in ptarmigan, and who put them there.",
        story: story!("dictionary-of-silent-letters"),
        language: Locale::En,
        category: Category::Publishing,
        subcategory: "Reference",
        location: "Norwich",
        country: "GB",
        creator: "Dominique Arnaud",
        currency: Currency::Gbp,
        goal: 9_000,
        percent: 98,
        artwork: "book-265-4",
        image_alt: "An open book under a low sun",
        state: CampaignState::Live,
        times: running(29, 55),
        record: None,
        rewards: vec![
            reward("A silent letter, by post", 4)
                .about("An envelope with one entry, set and printed by hand.")
                .with(&[("Printed entry", 1)])
                .in_months(2)
                .ships(Ship::World(&[(Zone::Europe, 2)], 3))
                .weight(20),
            reward("The book", 34)
                .shown_by("book-20-7", "An open book for a landscape")
                .about("560 pages, sewn, in two colours.")
                .with(&[("Book", 1)])
                .in_months(5)
                .each(10)
                .ships(Ship::World(&[(Zone::Europe, 9), (Zone::NorthAmerica, 15)], 17))
                .weight(40),
            reward("Signed, with the letter of your choice", 60)
                .about("I write one silent letter inside. You will know that it is there.")
                .with(&[("Signed book", 1)])
                .in_months(5)
                .of(40)
                .each(2)
                .ships(Ship::World(&[(Zone::Europe, 9), (Zone::NorthAmerica, 15)], 17))
                .taken(40),
            reward("Adopt an entry", 85)
                .about("Your name, or another’s, below one of the 4,212 words.")
                .with(&[("Book", 1), ("Entry", 1)])
                .in_months(5)
                .of(120)
                .each(3)
                .ships(Ship::World(&[(Zone::Europe, 9), (Zone::NorthAmerica, 15)], 17))
                .weight(7),
            add_on("The poster of fallen letters", 14)
                .about("All 4,212 words in one sheet, 70 × 100 cm.")
                .ships(Ship::World(&[(Zone::Europe, 5)], 8)),
            add_on("A second copy, for the person who corrected you", 30)
                .ships(Ship::World(&[(Zone::Europe, 4), (Zone::NorthAmerica, 7)], 9))
                .each(3),
        ],
    }
}

fn fog() -> DemoCampaign {
    DemoCampaign {
        slug: "cinq-jours-de-brouillard",
        title: "Cinq jours de brouillard",
        subtitle: "Décembre 1930, vallée de la Meuse. Une institutrice, un facteur et un enfant cherchent de quelle cheminée vient la mort.",
        story: story!("cinq-jours-de-brouillard"),
        language: Locale::Fr,
        category: Category::Comics,
        subcategory: "Roman graphique",
        location: "Liège",
        country: "BE",
        creator: "Lise Hanquet et Bram Dejong",
        currency: Currency::Eur,
        goal: 13_500,
        percent: 54,
        artwork: "rooftops-240-5",
        image_alt: "Des toits dans la brume, quelques fenêtres éclairées, une lune basse",
        state: CampaignState::Live,
        times: running(14, days(16) + 40),
        record: None,
        rewards: vec![
            reward("L’album numérique", 12)
                .about("En haute définition, le jour de la parution.")
                .with(&[("Fichier", 1)])
                .in_months(9)
                .weight(14),
            reward("L’album", 29)
                .about("Cent soixante-huit pages et le cahier de noms, broché, sous couverture rigide.")
                .with(&[("Album", 1)])
                .in_months(9)
                .each(5)
                .ships(PARCEL)
                .weight(40),
            reward("L’album et un croquis", 65)
                .about("Un croquis de recherche de Bram, original, choisi par lui dans le chapitre que vous nommez.")
                .with(&[("Album", 1), ("Croquis original", 1)])
                .in_months(9)
                .of(80)
                .each(1)
                .ships(PARCEL)
                .taken(38),
            reward("Une planche", 380)
                .about("L’original, 42 × 60 cm, à l’encre et à la pierre noire.")
                .with(&[("Album", 1), ("Planche originale", 1)])
                .in_months(10)
                .of(9)
                .each(1)
                .ships(PARCEL)
                .taken(2),
            add_on("Ex-libris numéroté", 10).about("Sérigraphie, 15 × 21 cm.").ships(LETTER).each(2),
        ],
    }
}

fn courier() -> DemoCampaign {
    DemoCampaign {
        slug: "skerry-courier",
        title: "The Skerry Courier: a newspaper for an island of six hundred people",
        subtitle: "Eight pages, on paper, every second Friday. Ferries, tides, births, minutes, and one thing explained properly.",
        story: story!("skerry-courier"),
        language: Locale::En,
        category: Category::Journalism,
        subcategory: "Local news",
        location: "Westray, Orkney",
        country: "GB",
        creator: "Skerry Courier Cooperative",
        currency: Currency::Gbp,
        goal: 8_500,
        percent: 97,
        artwork: "press-205-5",
        image_alt: "A sheet of newsprint running over the rollers of a press",
        state: CampaignState::Live,
        times: running(28, 40),
        record: None,
        rewards: vec![
            reward("Issue one", 5)
                .about("By post, with the pier sign on the front page.")
                .with(&[("Issue", 1)])
                .in_months(1)
                .ships(Ship::World(&[(Zone::Europe, 2)], 3))
                .weight(24),
            reward("A year, on the island", 26)
                .about("All 26 issues, brought to your door by a child who is paid.")
                .with(&[("Issue", 26)])
                .in_months(1)
                .ships(Ship::PickUp("To your door, on Westray"))
                .weight(22),
            reward("A year, by post", 58)
                .about("For islanders who live elsewhere, and everyone who wonders what they talk about.")
                .with(&[("Issue", 26)])
                .in_months(1)
                .ships(Ship::World(&[(Zone::Europe, 14)], 26))
                .weight(22),
            reward("An advertisement, quarter page", 120)
                .about("Set by us, in type, without adjectives.")
                .of(26)
                .each(3)
                .in_months(2)
                .taken(11),
            reward("A share of the paper", 20)
                .about("For islanders: one share, one vote, no dividend, a say.")
                .each(1)
                .in_months(1)
                .ships(Ship::PickUp("At the annual meeting, school hall"))
                .weight(16),
            add_on("The tide table, as a tea towel", 12)
                .ships(Ship::World(&[(Zone::Europe, 4)], 7))
                .each(4),
        ],
    }
}

fn lighthouse() -> DemoCampaign {
    DemoCampaign {
        slug: "lighthouse-library",
        title: "A library in a lighthouse",
        subtitle: "Four thousand books, chosen one each by four thousand people. Six beds, a stove, and a boat twice a week.",
        story: story!("lighthouse-library"),
        language: Locale::En,
        category: Category::Publishing,
        subcategory: "Libraries",
        location: "Hitra, Trøndelag",
        country: "NO",
        creator: "Friends of Litle Skjeret",
        currency: Currency::Nok,
        goal: 70_000,
        percent: 118,
        artwork: "lighthouse-250-5",
        image_alt: "A lighthouse on a rock, its beam over the water",
        state: CampaignState::Successful,
        times: running(39, -days(9)),
        record: None,
        rewards: vec![
            reward("Your book on the shelf", 150)
                .about("Send it or bring it, with a card that says why.")
                .in_months(4)
                .weight(34),
            reward("A night", 690)
                .shown_by("lighthouse-225-9", "A tower with its beam over rocks")
                .about("A bed, a blanket, all the books. Bring in wood.")
                .in_months(6)
                .each(4)
                .ships(Ship::PickUp("The quay at Litle Skjeret, weather permitting"))
                .weight(14),
            reward("A week in November", 3_200)
                .about("When nobody comes. Storm included, if there is one.")
                .of(4)
                .each(1)
                .in_months(10)
                .ships(Ship::PickUp("The quay at Litle Skjeret, weather permitting"))
                .taken(4),
            reward("A shelf with a name", 1_800)
                .about("Oak from a barn, one metre, with a brass plate the size of a stamp.")
                .of(22)
                .in_months(7)
                .taken(9),
        ],
    }
}

fn canteen() -> DemoCampaign {
    DemoCampaign {
        slug: "cantine-de-la-gare",
        title: "La cantine de la gare, trente recettes entre deux trains",
        subtitle: "Le cahier de ma grand-mère, dessiné. Chaque plat tient sur une double page et dans le temps d’un arrêt.",
        story: story!("cantine-de-la-gare"),
        language: Locale::Fr,
        category: Category::Comics,
        subcategory: "Bande dessinée culinaire",
        location: "Loches",
        country: "FR",
        creator: MEMBER.1,
        currency: Currency::Eur,
        goal: 7_000,
        percent: 0,
        artwork: "bowl-175-5",
        image_alt: "Un bol fumant sous une horloge de gare",
        state: CampaignState::Draft,
        times: running(3, days(30)),
        record: None,
        rewards: vec![
            reward("Une recette", 6)
                .about("La soupe de 19 h 10, imprimée, à punaiser.")
                .in_months(3)
                .ships(LETTER),
            reward("Le livre", 26)
                .about("Trente recettes, relié, lavable (un peu).")
                .in_months(8)
                .ships(PARCEL),
        ],
    }
}

fn saturday_press() -> DemoCampaign {
    DemoCampaign {
        slug: "saturday-press",
        title: "A town printing press, open on Saturdays",
        subtitle: "Forty-one cases of type, one proof press from 1958, and a key. Anyone may come in and set a line.",
        story: story!("saturday-press"),
        language: Locale::En,
        category: Category::Crafts,
        subcategory: "Letterpress",
        location: "Kraków",
        country: "PL",
        creator: "Sobota Press",
        currency: Currency::Pln,
        goal: 64_000,
        percent: 0,
        artwork: "press-25-1",
        image_alt: "A proof press with two inked rollers",
        state: CampaignState::InReview,
        times: running(2, days(35)),
        record: None,
        rewards: vec![
            reward("Your line, on the wall", 40)
                .about("We set it, pull it twice, send you one and hang the other.")
                .with(&[("Print", 1)])
                .in_months(3)
                .ships(Ship::World(&[(Zone::EuropeanUnion, 10)], 20)),
            reward("A Saturday of your own", 300)
                .about("The press, the paper and one of us, for three hours.")
                .of(40)
                .in_months(4)
                .ships(Ship::PickUp("Krakowska Street, the courtyard")),
            reward("A case of type in your name", 1_500)
                .about("It stays here. So does the name.")
                .of(41)
                .each(1)
                .in_months(4),
            add_on("A composing stick, restored", 180)
                .ships(Ship::To(&[("PL", 15), ("DE", 35), ("CZ", 30), ("FR", 40), ("GB", 60)]))
                .each(1),
        ],
    }
}
