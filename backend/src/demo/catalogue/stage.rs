//! Puppets, dancers, a barrel organ and nine empty theatres.

use domain::{Currency, Locale, campaign::CampaignState, category::Category, reward::Zone};

use super::super::{
    DemoCampaign, Ship,
    reward::{add_on, reward},
};
use super::{LETTER, PARCEL, days, running, story};

pub fn campaigns() -> Vec<DemoCampaign> {
    vec![puppet_barge(), empty_theatres(), stairs(), barrel_organ()]
}

fn puppet_barge() -> DemoCampaign {
    DemoCampaign {
        slug: "peniche-aux-marionnettes",
        title: "La péniche aux marionnettes : un théâtre de soixante places au fil du canal",
        subtitle: "Quatorze villages sans salle, tous avec un quai. La Patience arrive à quatre kilomètres à l’heure, avec onze marionnettes à fils.",
        story: story!("peniche-aux-marionnettes"),
        language: Locale::Fr,
        category: Category::Theater,
        subcategory: "Marionnettes",
        location: "Castelnaudary",
        country: "FR",
        creator: "Compagnie du Bief",
        currency: Currency::Eur,
        goal: 8_400,
        percent: 99,
        artwork: "barge-200-2",
        image_alt: "Une longue péniche entre des peupliers, ses hublots allumés",
        state: CampaignState::Live,
        times: running(34, 12),
        record: None,
        rewards: vec![
            reward("Un coup de tambour", 7)
                .about("On bat tambour à votre nom en entrant dans un village.")
                .weight(22),
            reward("Une place sur le gradin", 18)
                .about("Au quai de votre choix, plus une pour quelqu’un qui n’avait pas prévu de venir.")
                .with(&[("Place", 2)])
                .in_months(6)
                .ships(Ship::PickUp("À l’une des quatorze escales"))
                .weight(24),
            reward("Votre nom sous une marche", 45)
                .about("Gravé sous l’une des soixante marches du gradin. On ne le lit qu’à quatre pattes.")
                .of(60)
                .each(2)
                .in_months(5)
                .taken(52),
            reward("Une nuit à bord", 110)
                .shown_by("barge-230-7", "Une longue péniche sur un canal, entre des peupliers")
                .about("La cabine des machines, deux couchettes, le silence du bief. Café compris.")
                .of(14)
                .each(1)
                .in_months(7)
                .ships(Ship::PickUp("À bord de La Patience"))
                .taken(14),
            reward("Une marionnette pour votre école", 220)
                .about("L’équipe vient une journée, les enfants en fabriquent une et elle joue le soir même.")
                .of(6)
                .in_months(8)
                .ships(Ship::PickUp("Dans une école à moins de dix kilomètres du canal"))
                .weight(2),
            add_on("L’affiche sérigraphiée", 15).about("Trois couleurs, 40 × 60 cm.").in_months(3).ships(LETTER),
        ],
    }
}

fn empty_theatres() -> DemoCampaign {
    DemoCampaign {
        slug: "empty-theatres-on-vinyl",
        title: "Field recordings of empty theatres, on vinyl",
        subtitle: "Nine rooms, one hour each, nobody on stage. Five records for people who like to hear a place think.",
        story: story!("empty-theatres-on-vinyl"),
        language: Locale::En,
        category: Category::Music,
        subcategory: "Field recording",
        location: "Providence, Rhode Island",
        country: "US",
        creator: "Low Tide Records",
        currency: Currency::Usd,
        goal: 20_000,
        percent: 41,
        artwork: "vinyl-260-6",
        image_alt: "A record on a turntable at night, its arm about to touch down",
        state: CampaignState::Live,
        times: running(12, days(8) + 131),
        record: None,
        rewards: vec![
            reward("The files", 15)
                .about("All nine rooms, 24 bit, with the booklet as a PDF.")
                .with(&[("Download", 1)])
                .in_months(3)
                .weight(22),
            reward("One room", 32)
                .about("A single record: you name the theatre, we pack it.")
                .with(&[("12-inch record", 1), ("Download", 1)])
                .in_months(8)
                .ships(Ship::World(&[(Zone::NorthAmerica, 7), (Zone::EuropeanUnion, 18), (Zone::Europe, 18)], 22))
                .weight(18),
            reward("The box", 120)
                .shown_by("vinyl-25-3", "A record and its arm, on a table")
                .about("Five records, nine rooms and one side left blank on purpose. Booklet of 32 pages.")
                .with(&[("12-inch record", 5), ("Booklet", 1), ("Download", 1)])
                .in_months(9)
                .of(500)
                .each(3)
                .ships(Ship::World(&[(Zone::NorthAmerica, 14), (Zone::EuropeanUnion, 34), (Zone::Europe, 34)], 42))
                .weight(20),
            reward("A test pressing", 210)
                .about("One of the ten copies we listen to before saying yes. Plain sleeve, pencil marks.")
                .with(&[("Test pressing", 1)])
                .in_months(7)
                .of(10)
                .each(1)
                .ships(Ship::World(&[(Zone::NorthAmerica, 14), (Zone::EuropeanUnion, 34), (Zone::Europe, 34)], 42))
                .taken(8),
            reward("A night in an empty theatre", 450)
                .about("Headphones, two microphones, a thermos, and the house to yourself until morning.")
                .of(5)
                .each(2)
                .in_months(10)
                .ships(Ship::PickUp("In Providence, at the stage door"))
                .taken(1),
            add_on("Slip mat in felt", 14)
                .ships(Ship::World(&[(Zone::NorthAmerica, 3)], 6))
                .each(2),
        ],
    }
}

fn stairs() -> DemoCampaign {
    DemoCampaign {
        slug: "danser-les-escaliers",
        title: "Palier : danser les cent quatre marches de Saint-Charles",
        subtitle: "Huit interprètes, vingt-deux habitants, trois matins de juin à 6 h 40, entre deux trains.",
        story: story!("danser-les-escaliers"),
        language: Locale::Fr,
        category: Category::Dance,
        subcategory: "Espace public",
        location: "Marseille",
        country: "FR",
        creator: "Compagnie Palier",
        currency: Currency::Eur,
        goal: 14_000,
        percent: 47,
        artwork: "stairs-35-4",
        image_alt: "Une danseuse, un bras levé, au milieu d’un grand escalier",
        state: CampaignState::Live,
        times: running(15, days(14) + 12),
        record: None,
        rewards: vec![
            reward("Une marche", 10).about("La vôtre, numérotée, sur le plan affiché à la gare.").weight(30),
            reward("Le petit déjeuner d’après", 25)
                .about("À 7 h 15, en haut, avec toute l’équipe. Café, panisses, vue sur la mer.")
                .with(&[("Petit déjeuner", 1)])
                .of(150)
                .in_months(4)
                .ships(Ship::PickUp("En haut de l’escalier"))
                .weight(18),
            reward("La partition", 40)
                .about("Les vingt-six minutes, dessinées marche par marche. Pliée en accordéon, elle fait quatre mètres.")
                .with(&[("Partition", 1)])
                .in_months(5)
                .ships(PARCEL)
                .weight(14),
            reward("Un jeudi avec nous", 70)
                .about("L’atelier du jeudi, suivi du repas. On repart avec une phrase de douze marches.")
                .of(20)
                .in_months(2)
                .ships(Ship::PickUp("Centre social de la Belle de Mai"))
                .taken(17),
            add_on("Le son de l’escalier", 8).about("Vingt-six minutes de rampe, de pluie et de roulettes, à télécharger."),
        ],
    }
}

fn barrel_organ() -> DemoCampaign {
    DemoCampaign {
        slug: "petit-orgue",
        title: "Réparer le petit orgue de la place",
        subtitle: "Neuf airs, dont deux faux, tous les samedis depuis 1961. Le soufflet a cédé au milieu du sixième.",
        story: story!("petit-orgue"),
        language: Locale::Fr,
        category: Category::Music,
        subcategory: "Instruments",
        location: "Strasbourg",
        country: "FR",
        creator: "Les Amis du samedi",
        currency: Currency::Eur,
        goal: 4_200,
        percent: 104,
        artwork: "organ-285-6",
        image_alt: "Des tuyaux d’orgue dorés devant un grand cercle clair, un clavier au-dessous",
        state: CampaignState::Successful,
        times: running(53, -days(23)),
        record: None,
        rewards: vec![
            reward("Un tour de manivelle", 10)
                .about("Le temps d’un air, un samedi.")
                .in_months(5)
                .weight(30),
            reward("Un tuyau à votre nom", 35)
                .about("Écrit au crayon à l’intérieur, où personne ne le verra.")
                .of(42)
                .each(2)
                .in_months(5)
                .taken(42),
            reward("Le dixième air", 50)
                .about("La valse, sur disque souple de 17 cm, avec la partition pour piano.")
                .with(&[("Disque souple", 1), ("Partition", 1)])
                .in_months(4)
                .ships(PARCEL)
                .weight(14),
            reward("L’orgue vient chez vous", 180)
                .about("Une heure, pour un anniversaire ou sans raison, à Strasbourg.")
                .of(4)
                .each(1)
                .in_months(7)
                .ships(Ship::PickUp("Chez vous, à Strasbourg"))
                .taken(4),
        ],
    }
}
