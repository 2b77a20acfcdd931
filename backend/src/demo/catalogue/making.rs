//! Bread, wool, silk and a kettle.

use domain::{Currency, Locale, campaign::CampaignState, category::Category, reward::Zone};

use super::super::{
    DemoCampaign, Ship,
    reward::{add_on, reward},
};
use super::{LETTER, PARCEL, days, running, story};

pub fn campaigns() -> Vec<DemoCampaign> {
    vec![rolling_bakery(), jumper(), loom(), kettle()]
}

fn rolling_bakery() -> DemoCampaign {
    DemoCampaign {
        slug: "fournil-roulant",
        title: "Le fournil qui roule, de Brest à Bâle",
        subtitle: "Une voiture de 1956, un four à bois, quatorze haltes : porter du pain là où la dernière boulangerie a fermé.",
        story: story!("fournil-roulant"),
        language: Locale::Fr,
        category: Category::Food,
        subcategory: "Boulangerie",
        location: "Bâle",
        country: "CH",
        creator: "Compagnie du Levain",
        currency: Currency::Chf,
        goal: 9_500,
        percent: 138,
        artwork: "rails-165-2",
        image_alt: "Un wagon avec un four allumé, sous une petite fumée blanche",
        state: CampaignState::Live,
        times: running(30, 25),
        record: None,
        rewards: vec![
            reward("Une miche suspendue", 6)
                .about("Offerte sur le quai à quelqu’un qui ne l’attendait pas.")
                .weight(22),
            reward("Votre pain au passage du train", 14)
                .about("Une miche de deux livres, gardée à votre nom à la halte de votre choix.")
                .with(&[("Miche", 1)])
                .in_months(5)
                .ships(Ship::PickUp("Sur le quai, à l’une des quatorze haltes"))
                .weight(26),
            reward("Levain 4417", 28)
                .about("Cinquante grammes de notre levain, séché, et sa généalogie depuis 1993.")
                .with(&[("Levain séché", 1), ("Carnet", 1)])
                .in_months(2)
                .ships(Ship::To(&[("CH", 4), ("FR", 6), ("BE", 6), ("LU", 6), ("DE", 6), ("AT", 6)]))
                .weight(20),
            reward("Une fournée à vous", 95)
                .shown_by("bakery-35-2", "La gueule du four et ce qui en est sorti")
                .about("Le deuxième jour, le four est à vous pendant deux heures. Nous vous montrons.")
                .with(&[("Fournée de douze pains", 1)])
                .in_months(5)
                .of(28)
                .ships(Ship::PickUp("À la halte de votre choix"))
                .taken(28),
            reward("Une halte de plus", 900)
                .about("Elle paie le sillon et la manœuvre. Vous proposez le village, nous demandons au réseau.")
                .in_months(6)
                .of(4)
                .each(1)
                .taken(3),
            add_on("Torchon en lin, tissé à Langenthal", 18)
                .ships(Ship::To(&[("CH", 2), ("FR", 4), ("BE", 4), ("LU", 4), ("DE", 4), ("AT", 4)])),
            add_on("Affiche du parcours", 12)
                .about("Les quatorze haltes, en deux couleurs, 50 × 70 cm.")
                .ships(Ship::To(&[("CH", 5), ("FR", 7), ("BE", 7), ("LU", 7), ("DE", 7), ("AT", 7)]))
                .each(3),
        ],
    }
}

fn jumper() -> DemoCampaign {
    DemoCampaign {
        slug: "one-flock-one-jumper",
        title: "One flock, one jumper",
        subtitle: "Sixty-four Gotland sheep, one year, 150 jumpers. The label in the hem says which sheep.",
        story: story!("one-flock-one-jumper"),
        language: Locale::En,
        category: Category::Fashion,
        subcategory: "Knitwear",
        location: "Ljugarn, Gotland",
        country: "SE",
        creator: "Ekeby Flock",
        currency: Currency::Sek,
        goal: 240_000,
        percent: 3,
        artwork: "flock-155-11",
        image_alt: "White sheep on dark green hills at dusk",
        state: CampaignState::Live,
        times: running(1, days(29) - 200),
        record: None,
        rewards: vec![
            reward("A lock of fleece", 120)
                .about("Washed, uncombed, with the name of the sheep.")
                .with(&[("Lock of fleece", 1)])
                .in_months(4)
                .ships(Ship::World(&[(Zone::EuropeanUnion, 30)], 40))
                .weight(16),
            reward("Two hanks of yarn", 420)
                .about("Two hundred grams, three-ply, in the sheep’s own grey.")
                .with(&[("Hank of 100 g", 2)])
                .in_months(8)
                .of(120)
                .each(3)
                .ships(Ship::World(&[(Zone::EuropeanUnion, 80), (Zone::Europe, 110)], 160))
                .weight(10),
            reward("A jumper", 2_250)
                .about("Five sizes, from a child’s to a forester’s; the pattern fits the shoulders first. Yours is knitted for you.")
                .with(&[("Jumper", 1)])
                .in_months(11)
                .of(150)
                .each(2)
                .comes_in("Size", &[("XS", 15), ("S", 35), ("M", 45), ("L", 40), ("XL", 25)])
                .ships(Ship::World(&[(Zone::EuropeanUnion, 140), (Zone::Europe, 180)], 290))
                .weight(5),
            reward("Shearing day, with soup", 600)
                .about("Hold a sheep, roll a fleece, eat with us. Children welcome.")
                .in_months(6)
                .of(24)
                .ships(Ship::PickUp("Ekeby, by the gate"))
                .weight(4),
            add_on("Mending yarn in your grey", 60).about("Ten metres on a card.").each(3),
        ],
    }
}

fn loom() -> DemoCampaign {
    DemoCampaign {
        slug: "metier-de-la-rue",
        title: "Remettre en marche le métier à tisser de notre rue",
        subtitle: "Dix mille quatre cents fils, une mécanique Jacquard de 1892, et une laize de soie interrompue un vendredi de 1974.",
        story: story!("metier-de-la-rue"),
        language: Locale::Fr,
        category: Category::Crafts,
        subcategory: "Textile",
        location: "Lyon",
        country: "FR",
        creator: "Les Voisins du 11",
        currency: Currency::Eur,
        goal: 11_000,
        percent: 83,
        artwork: "loom-20-3",
        image_alt: "Un grand métier à tisser, ses fils tendus et une étoffe à motifs",
        state: CampaignState::Live,
        times: running(26, days(3) + 420),
        record: None,
        rewards: vec![
            reward("Un fil", 5)
                .about("Votre nom sur une étiquette, nouée à l’un des dix mille quatre cents fils.")
                .weight(26),
            reward("Un carton perforé", 25)
                .about("L’un des cartons trop usés pour servir encore, encadré, avec le rang du dessin qu’il tissait.")
                .with(&[("Carton encadré", 1)])
                .in_months(3)
                .of(90)
                .each(1)
                .ships(PARCEL)
                .weight(18),
            reward("Un après-midi au métier", 60)
                .about("Quatre personnes au plus, avec Marcelle ou l’un de ses apprentis. Vous lancez la navette.")
                .in_months(7)
                .of(48)
                .ships(Ship::PickUp("11, montée des Tapis, Lyon"))
                .taken(41),
            reward("Vingt centimètres de soie", 150)
                .about("De la première étoffe neuve, ourlée, signée au dos par la tisseuse.")
                .with(&[("Étoffe de soie", 1)])
                .in_months(11)
                .of(40)
                .each(1)
                .ships(PARCEL)
                .weight(7),
            add_on("Le livret du métier", 12)
                .about("Quarante-huit pages de gestes, dessinés l’un après l’autre.")
                .in_months(5)
                .ships(LETTER),
        ],
    }
}

fn kettle() -> DemoCampaign {
    DemoCampaign {
        slug: "kettle-you-can-mend",
        title: "A kettle you can mend with a coin",
        subtitle: "Six wide screws, three parts that ever fail, and the repair guide etched inside the lid.",
        story: story!("kettle-you-can-mend"),
        language: Locale::En,
        category: Category::Design,
        subcategory: "Product design",
        location: "Petone, Wellington",
        country: "NZ",
        creator: "Slotted Goods",
        currency: Currency::Nzd,
        goal: 60_000,
        percent: 12,
        artwork: "kettle-30-7",
        image_alt: "A teal kettle on its base, steam rising, a coin beside it",
        state: CampaignState::Live,
        times: running(4, days(24) + 77),
        record: None,
        rewards: vec![
            reward("The coin", 5)
                .about("A brass coin that fits the slot, on a string, to hang on the tap.")
                .with(&[("Brass coin", 1)])
                .in_months(5)
                .ships(Ship::World(&[(Zone::Oceania, 3)], 5))
                .weight(14),
            reward("The kettle, first hundred", 149)
                .about("Numbered 1 to 100. This offer closed after the first three days.")
                .with(&[("Kettle", 1), ("Brass coin", 1)])
                .in_months(9)
                .of(100)
                .each(2)
                .closes_in(-1)
                .ships(Ship::To(&[
                    ("NZ", 9),
                    ("AU", 16),
                    ("GB", 32),
                    ("IE", 34),
                    ("FR", 34),
                    ("DE", 34),
                ]))
                .taken(29),
            reward("The kettle", 175)
                .shown_by("kettle-200-3", "A kettle on its ring, with steam")
                .about("1.5 litres, brushed steel, with the plug of your country.")
                .with(&[("Kettle", 1), ("Brass coin", 1)])
                .in_months(10)
                .each(2)
                .ships(Ship::To(&[
                    ("NZ", 9),
                    ("AU", 16),
                    ("GB", 32),
                    ("IE", 34),
                    ("FR", 34),
                    ("DE", 34),
                ]))
                .weight(10),
            reward("The kettle in enamel", 210)
                .about("The same kettle in deep teal. Opens once the colour samples are back.")
                .with(&[("Enamel kettle", 1), ("Brass coin", 1)])
                .in_months(11)
                .of(120)
                .opens_in(3)
                .ships(Ship::To(&[
                    ("NZ", 9),
                    ("AU", 16),
                    ("GB", 32),
                    ("IE", 34),
                    ("FR", 34),
                    ("DE", 34),
                ])),
            add_on("Spare element", 19).about("For the year it is needed.").each(3).ships(
                Ship::To(&[("NZ", 4), ("AU", 6), ("GB", 9), ("IE", 9), ("FR", 9), ("DE", 9)]),
            ),
            add_on("Spare seal and switch", 14).each(3),
        ],
    }
}
