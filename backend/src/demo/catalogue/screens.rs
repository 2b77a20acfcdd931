//! A film, a herbarium on glass, and the kites that were not funded.

use domain::{Currency, Locale, campaign::CampaignState, category::Category, reward::Zone};

use super::super::{
    DemoCampaign, Ship,
    reward::{add_on, reward},
};
use super::{days, running, story};

pub fn campaigns() -> Vec<DemoCampaign> {
    vec![last_reel(), glass_herbarium(), kite_camera()]
}

fn last_reel() -> DemoCampaign {
    DemoCampaign {
        slug: "derniere-bobine",
        title: "La dernière bobine de la côte",
        subtitle: "Depuis 1968, Gérald projette des films sur un drap, de village en village. Sa dernière tournée, et 163 bobines à sauver.",
        story: story!("derniere-bobine"),
        language: Locale::Fr,
        category: Category::Film,
        subcategory: "Documentaire",
        location: "Rimouski, Québec",
        country: "CA",
        creator: "Les Films du Havre-aux-Loups",
        currency: Currency::Cad,
        goal: 32_000,
        percent: 22,
        artwork: "projector-255-6",
        image_alt: "Un projecteur éclaire un drap tendu entre deux poteaux, la nuit",
        state: CampaignState::Live,
        times: running(9, days(20) + 320),
        record: None,
        rewards: vec![
            reward("Votre nom au générique", 15).about("Tout en bas, juste avant le silence.").in_months(10).weight(26),
            reward("Le film", 30)
                .about("À télécharger, le lendemain de la projection de Sainte-Flavie.")
                .with(&[("Fichier", 1)])
                .in_months(10)
                .weight(26),
            reward("Une chaise au premier rang", 55)
                .about("Apportez-la. Nous gardons la place, la couverture et le café.")
                .of(40)
                .in_months(10)
                .ships(Ship::PickUp("Sainte-Flavie, sur la grève"))
                .taken(13),
            reward("Une image de pellicule", 90)
                .about("Une image 16 mm des chutes de Gérald, encadrée entre deux verres, avec le nom du village.")
                .with(&[("Image encadrée", 1), ("Fichier", 1)])
                .in_months(9)
                .of(100)
                .each(1)
                .ships(Ship::To(&[("CA", 14), ("US", 18), ("FR", 26), ("BE", 26), ("CH", 28)]))
                .weight(9),
            reward("La bobine de votre village", 600)
                .about("Nous la numérisons en premier et venons la montrer, avec l’équipement de Gérald.")
                .of(8)
                .each(1)
                .in_months(6)
                .ships(Ship::PickUp("Dans votre village, entre Sainte-Flavie et Carleton"))
                .taken(2),
            add_on("L’affiche de la tournée", 20)
                .about("Dix-neuf villages, dix-neuf dates, une lune.")
                .ships(Ship::To(&[("CA", 8), ("US", 12), ("FR", 18), ("BE", 18), ("CH", 18)]))
                .each(2),
        ],
    }
}

fn glass_herbarium() -> DemoCampaign {
    DemoCampaign {
        slug: "herbier-de-verre",
        title: "Herbier de verre : les premières plantes derrière un glacier",
        subtitle: "Quatre-vingt-quatre plaques au collodion, prises là où la glace vient de partir. Un livre grandeur nature.",
        story: story!("herbier-de-verre"),
        language: Locale::Fr,
        category: Category::Photography,
        subcategory: "Livre de photographie",
        location: "Évolène, Valais",
        country: "CH",
        creator: "Solange Favre",
        currency: Currency::Chf,
        goal: 18_000,
        percent: 64,
        artwork: "mountains-215-1",
        image_alt: "Un sommet enneigé, des crêtes bleues et un filet d’eau",
        state: CampaignState::Live,
        times: running(19, days(6) + 95),
        record: None,
        rewards: vec![
            reward("Une carte postale de la moraine", 10)
                .about("Saxifrage, 2 410 m, écrite sur place.")
                .with(&[("Carte postale", 1)])
                .in_months(3)
                .ships(Ship::World(&[(Zone::Europe, 2)], 3))
                .weight(14),
            reward("Le livre", 68)
                .about("Cent quatre-vingt-douze pages, trois encres, cousu.")
                .with(&[("Livre", 1)])
                .in_months(9)
                .each(5)
                .ships(Ship::World(&[(Zone::Europe, 12), (Zone::NorthAmerica, 28)], 34))
                .weight(34),
            reward("Le livre et un tirage", 190)
                .about("Un tirage au platine, 20 × 25 cm, parmi douze plaques.")
                .with(&[("Livre", 1), ("Tirage au platine", 1)])
                .in_months(10)
                .of(36)
                .each(1)
                .ships(Ship::World(&[(Zone::Europe, 16), (Zone::NorthAmerica, 34)], 40))
                .taken(19),
            reward("Un matin sous la tente", 260)
                .about("Monter à l’aube, couler une plaque, la développer. Vous l’emportez, si elle arrive entière.")
                .of(10)
                .each(1)
                .in_months(4)
                .ships(Ship::PickUp("Ferpècle, au parking, à cinq heures"))
                .taken(10),
            add_on("Un deuxième exemplaire, pour offrir", 60)
                .ships(Ship::World(&[(Zone::Europe, 4), (Zone::NorthAmerica, 9)], 12))
                .each(4),
        ],
    }
}

fn kite_camera() -> DemoCampaign {
    DemoCampaign {
        slug: "kite-camera",
        title: "Kite camera: flood maps on a string",
        subtitle: "A kite, a camera and a laptop for 25 river towns, so that they can see which street is dry before the street does.",
        story: story!("kite-camera"),
        language: Locale::En,
        category: Category::Photography,
        subcategory: "Aerial",
        location: "Lismore, New South Wales",
        country: "AU",
        creator: "High Water Group",
        currency: Currency::Aud,
        goal: 26_000,
        percent: 38,
        artwork: "kites-235-4",
        image_alt: "Three kites over a plain, their strings held by one small figure",
        state: CampaignState::Failed,
        times: running(34, -days(4)),
        record: None,
        rewards: vec![
            reward("A map of your street", 20)
                .about("From one of our two test towns, or any street we fly over this year.")
                .in_months(4)
                .weight(24),
            reward("The cradle", 75)
                .about("The part that keeps the camera level, cut in ply, to assemble.")
                .with(&[("Cradle kit", 1)])
                .in_months(5)
                .ships(Ship::World(&[(Zone::Oceania, 12)], 26))
                .weight(18),
            reward("Kite and cradle", 280)
                .about("The delta kite of 2.7 metres, 150 metres of line, gloves.")
                .with(&[("Kite", 1), ("Line", 1), ("Cradle kit", 1)])
                .in_months(7)
                .of(60)
                .ships(Ship::World(&[(Zone::Oceania, 24)], 58))
                .weight(8),
            reward("A kit for your town", 1_150)
                .about("Everything, and a weekend of training for ten people.")
                .of(25)
                .each(1)
                .in_months(8)
                .ships(Ship::To(&[("AU", 0), ("NZ", 90)]))
                .taken(2),
        ],
    }
}
