//! A campaign that is announced before its launch.

// In the studio.
words! {
    announce: "Announce it before the launch", "L’annoncer avant le lancement";
    announce_text: "A public page shows title, subtitle, picture and your name, and the date of a planned launch. Whoever wants to gets one letter when you launch.", "Une page publique montre le titre, le sous-titre, l’image et votre nom, ainsi que la date d’un lancement programmé. Qui le souhaite reçoit un courrier au lancement.";
    switch_on: "Switch it on", "Activer";
    switch_off: "Switch it off", "Désactiver";
    is_on: "The announcement is on.", "L’annonce est en ligne.";
    is_off: "The announcement is off.", "L’annonce est hors ligne.";
    see: "See the announcement", "Voir l’annonce";
}

// The page.
words! {
    soon: "Coming soon", "Bientôt";
    launches(at): "The launch is planned for {at}.", "Le lancement est prévu le {at}.";
    no_date: "The date of the launch is not set yet.", "La date du lancement n’est pas encore fixée.";
    notify: "Tell me when it starts", "Me prévenir au lancement";
    notify_text: "One letter at the launch, and no other.", "Un seul courrier, au lancement.";
    email: "E-mail", "E-mail";
    watching: "You get a letter at the launch.", "Vous recevrez un courrier au lancement.";
    stop: "No letter, please", "Plus de courrier";
    asked: "Look into your mailbox", "Consultez votre boîte e-mail";
    asked_text: "If this address was not on the list already, a letter asks you to confirm it.", "Si cette adresse n’était pas déjà inscrite, un courrier vous demande de la confirmer.";
    noted: "It is noted.", "C’est noté.";
}

counted! {
    waiting: "{n} person wants to know." | "{n} people want to know.", "{n} personne veut être prévenue." | "{n} personnes veulent être prévenues.";
}

// What a letter's link opens.
words! {
    confirm_title(title): "A letter at the launch of {title}", "Un courrier au lancement de {title}";
    confirm_text: "Somebody gave this address, to be told when the campaign launches. Was it you?", "Quelqu’un a donné cette adresse pour être prévenu du lancement. Était-ce vous\u{a0}?";
    confirm_submit: "Yes, tell me", "Oui, prévenez-moi";
    confirmed_text: "You are on the list. One letter comes at the launch.", "Vous êtes sur la liste. Un courrier viendra au lancement.";
    stopped: "No letter will come", "Aucun courrier ne viendra";
    stopped_text: "This address is on no list for this campaign, or the campaign has launched meanwhile.", "Cette adresse ne figure sur aucune liste pour cette campagne, ou la campagne a été lancée entre-temps.";
}
