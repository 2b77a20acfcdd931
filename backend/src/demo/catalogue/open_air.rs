//! An orchard, seven bridges and a sundial.

use domain::{Currency, Locale, campaign::CampaignState, category::Category, reward::Zone};

use super::super::{
    DemoCampaign, Ship,
    reward::{add_on, reward},
};
use super::{PARCEL, days, running, story};

pub fn campaigns() -> Vec<DemoCampaign> {
    vec![orchard(), sundial(), seven_bridges()]
}

fn orchard() -> DemoCampaign {
    const BOX: Ship = Ship::World(
        &[
            (Zone::NorthAmerica, 12),
            (Zone::EuropeanUnion, 16),
            (Zone::Europe, 18),
            (Zone::Oceania, 28),
        ],
        34,
    );
    const EXTRA: Ship = Ship::World(&[(Zone::NorthAmerica, 3), (Zone::Europe, 4)], 6);
    DemoCampaign {
        slug: "orchard-at-dusk",
        title: "Orchard at Dusk",
        subtitle: "A cooperative game about grafting, pruning and frost, for one to four players and forty minutes. Nobody wins alone.",
        story: story!("orchard-at-dusk"),
        language: Locale::En,
        category: Category::Games,
        subcategory: "Tabletop games",
        location: "Wolfville, Nova Scotia",
        country: "CA",
        creator: "Windfall Games",
        currency: Currency::Cad,
        goal: 5_000,
        percent: 612,
        artwork: "orchard-145-1",
        image_alt: "Rows of apple trees with red fruit on a hill, in evening light",
        state: CampaignState::Live,
        times: running(20, days(2) + 205),
        record: None,
        rewards: vec![
            reward("Print and play", 9)
                .about("Every card and the map, to cut out yourself.")
                .with(&[("Files", 1)])
                .in_months(1)
                .weight(14),
            reward("The game, early frost", 52)
                .about("The first two hundred copies, for the first ten days.")
                .with(&[("Orchard at Dusk", 1), ("Almanac", 1)])
                .in_months(8)
                .of(200)
                .each(1)
                .closes_in(-10)
                .ships(BOX)
                .taken(200),
            reward("The game", 62)
                .shown_by("orchard-120-6", "Trees in rows, with their fruit")
                .about("The whole box: map, 120 cards, 40 wooden trees, the saw, the ladder, the wax.")
                .with(&[("Orchard at Dusk", 1), ("Almanac", 1)])
                .in_months(8)
                .each(4)
                .ships(BOX)
                .weight(46),
            reward("For a café, a school or a library", 230)
                .about("Four games, with the cards in sleeves of paper and a spare almanac.")
                .with(&[("Orchard at Dusk", 4), ("Almanac", 5)])
                .in_months(8)
                .ships(BOX)
                .weight(3),
            reward("A tree in the orchard", 140)
                .about("The game, and a real tree at Tom’s with your tag on it. You may come and pick.")
                .with(&[("Orchard at Dusk", 1), ("Apple tree, on loan", 1)])
                .in_months(8)
                .of(40)
                .each(1)
                .ships(BOX)
                .taken(40),
            add_on("Thicker trees, in apple wood", 24).about("All forty, turned from prunings.").ships(EXTRA).each(2),
            add_on("The French almanac", 8).about("The same 24 pages, written by a grower in Normandy.").ships(EXTRA),
            add_on("A cloth bag for the baskets", 11).ships(EXTRA).each(3),
            add_on("Paper sleeves, 120", 9).ships(EXTRA).weight(6),
        ],
    }
}

fn sundial() -> DemoCampaign {
    DemoCampaign {
        slug: "sundial-for-a-car-park",
        title: "A sundial for a car park",
        subtitle: "One steel gnomon, nine metres tall, and 62 parking bays painted with the minutes they keep.",
        story: story!("sundial-for-a-car-park"),
        language: Locale::En,
        category: Category::Art,
        subcategory: "Public art",
        location: "Aarhus",
        country: "DK",
        creator: "Kontoret for Skygger",
        currency: Currency::Dkk,
        goal: 120_000,
        percent: 31,
        artwork: "sundial-250-4",
        image_alt: "A great sundial with a copper gnomon and its shadow",
        state: CampaignState::Live,
        times: running(11, days(18) + 33),
        record: None,
        rewards: vec![
            reward("A minute", 60)
                .about("One of the 810 between morning and evening, on the list at the entrance.")
                .weight(30),
            reward("The table of the sun", 180)
                .about("A print of the correction through the year, for 56 degrees north.")
                .with(&[("Print", 1)])
                .in_months(4)
                .ships(Ship::World(&[(Zone::Europe, 55)], 90))
                .weight(20),
            reward("A brush and a weekend", 250)
                .about("Paint a bay with us. Gloves, soup, and your initials under the first coat.")
                .of(62)
                .in_months(6)
                .ships(Ship::PickUp("Behind the old dairy, Aarhus"))
                .taken(27),
            reward("A parking bay", 1_900)
                .about("Named in your honour on the plan. You may not park in it more than anyone else.")
                .of(62)
                .each(2)
                .in_months(6)
                .weight(3),
            reward("Noon", 12_000)
                .about("The hole in the gnomon carries your name on its inner edge, where the light passes.")
                .of(1)
                .each(1)
                .in_months(7)
                .weight(0),
            add_on("A pocket sundial in card", 45)
                .about("Folds flat. Right at your own latitude.")
                .ships(Ship::World(&[(Zone::Europe, 20)], 30))
                .each(5),
        ],
    }
}

fn seven_bridges() -> DemoCampaign {
    DemoCampaign {
        slug: "sept-ponts",
        title: "Les Sept Ponts",
        subtitle: "Un jeu pour deux, d’après une promenade impossible. L’un construit les ponts, l’autre les traverse une seule fois.",
        story: story!("sept-ponts"),
        language: Locale::Fr,
        category: Category::Games,
        subcategory: "Jeux de société",
        location: "Nantes",
        country: "FR",
        creator: "Atelier du Passeur",
        currency: Currency::Eur,
        goal: 16_000,
        percent: 61,
        artwork: "bridges-200-2",
        image_alt: "Deux ponts en arches au-dessus d’une rivière, une lune pâle",
        state: CampaignState::Failed,
        times: running(46, -days(16)),
        record: None,
        rewards: vec![
            reward("Les règles à imprimer", 5)
                .about("Les quatre cartes, à jouer avec des allumettes.")
                .with(&[("Fichier", 1)])
                .in_months(1)
                .weight(16),
            reward("Le jeu", 39)
                .about("La ville en coton, vingt et un ponts, deux promeneurs.")
                .with(&[("Les Sept Ponts", 1)])
                .in_months(7)
                .each(3)
                .ships(PARCEL)
                .weight(34),
            reward("Le jeu et un pont gravé", 55)
                .about("L’un de vos ponts porte le nom que vous voulez.")
                .with(&[("Les Sept Ponts", 1), ("Gravure", 1)])
                .in_months(7)
                .of(90)
                .ships(PARCEL)
                .weight(12),
            reward("Une ville sur mesure", 240)
                .about("Votre quartier, ses îles et ses ponts, imprimé à un seul exemplaire.")
                .of(6)
                .each(1)
                .in_months(9)
                .ships(PARCEL)
                .taken(3),
        ],
    }
}
