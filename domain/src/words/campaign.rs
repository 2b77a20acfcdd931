//! Campaign pages and campaign cards.

words! {
    state_draft: "Draft", "Brouillon";
    state_in_review: "In review", "En relecture";
    state_live: "Live", "En cours";
    state_deciding: "Being decided", "Résultat en attente";
    state_successful: "Successful", "Réussie";
    state_failed: "Unsuccessful", "Non financée";
    state_cancelled: "Cancelled", "Annulée";
    state_suspended: "Suspended", "Suspendue";
}

// The head and the funding panel.
words! {
    by(creator): "by {creator}", "par {creator}";
    sections: "Campaign", "Campagne";
    story: "Story", "Présentation";
    rewards: "Rewards", "Contreparties";
    community: "Community", "Communauté";
    funding: "Funding", "Financement";
    pledged_of(goal): "pledged of {goal}", "promis sur {goal}";
    pledged_so_far: "pledged", "promis";
    progress(percent): "{percent} of the goal", "{percent} de l’objectif";
    announcement(percent, pledged, backers): "{percent} of the goal: {pledged} from {backers}.", "{percent} de l’objectif : {pledged} de {backers}.";
    /// Where the page is not about one campaign alone.
    announcement_of(title, figures): "{title}: {figures}", "{title}\u{a0}: {figures}";
    backers: "Backers", "Contributeurs";
    to_go: "To go", "Il reste";
    reached: "Reached", "Atteint";
    average: "Average", "En moyenne";
    back: "Back this campaign", "Soutenir cette campagne";
    own_pledge: "You back this campaign.", "Vous soutenez cette campagne.";
    change_pledge: "See your pledge", "Voir votre contribution";
    ordered_of(ordered, units): "{ordered} of {units} ordered", "{ordered} commandés sur {units}";
    stretch_goals: "Stretch goals", "Objectifs supplémentaires";
    stretch_reached: "Reached", "Atteint";
    stretch_progress(percent, target): "{percent} of {target}", "{percent} sur {target}";
    rule_met: "The goal is met.", "L’objectif est atteint.";
    rule_met_text(deadline): "Cards are charged on {deadline}.", "Les cartes sont débitées le {deadline}.";
    newest: "Just now", "À l’instant";
    newest_from(amount, country): "{amount} · {country}", "{amount} · {country}";
    closing: "The deadline has just passed. The result follows in a moment.", "L’échéance vient de passer. Le résultat suit dans un instant.";
    written_in_english: "This campaign is written in English.", "Cette campagne est rédigée en anglais.";
    written_in_french: "This campaign is written in French.", "Cette campagne est rédigée en français.";
    view_campaign: "See the campaign", "Voir la campagne";
}

// How a campaign ended, and what that means for the cards.
words! {
    ended_successful(date): "Funded on {date}", "Financée le {date}";
    ended_successful_text: "The goal was met, so the pledges are collected.", "L’objectif a été atteint\u{a0}: les contributions sont prélevées.";
    ended_kept_text: "Cards were charged as the pledges were made, and the money is the creator’s.", "Les cartes ont été débitées au fil des contributions, et l’argent revient au porteur de la campagne.";
    ended_deciding(date): "Ended on {date}; to be decided", "Terminée le {date}\u{a0}; résultat en attente";
    ended_deciding_text: "The goal was met, and the cards are being charged. What is really charged after a week decides; if it is not enough, backers get their money back.", "L’objectif a été atteint et les cartes sont débitées. Ce qui l’est réellement au bout d’une semaine décide\u{a0}; si cela ne suffit pas, les contributeurs sont remboursés.";
    collected: "Collected", "Collecté";
    outstanding: "Outstanding", "En attente";
    dropped: "Not collected", "Non collecté";
    ended_failed(date): "Ended on {date} below its goal", "Terminée le {date} sous son objectif";
    ended_failed_text: "The goal was not met, so nobody was charged.", "L’objectif n’a pas été atteint : personne n’a été débité.";
    ended_unfunded_text: "The goal was not met; whoever was charged gets the money back.", "L’objectif n’a pas été atteint\u{a0}; qui a été débité est remboursé.";
    ended_cancelled: "Cancelled by its creator", "Annulée par son créateur";
    ended_cancelled_text: "Nobody is charged, and whoever was gets the money back.", "Personne n’est débité, et qui l’a été est remboursé.";
    ended_suspended: "Suspended", "Suspendue";
    ended_suspended_text: "The operator of this site has stopped this campaign. It takes no pledges, and nobody is charged.", "L’exploitant de ce site a suspendu cette campagne. Elle ne reçoit pas de contributions et personne n’est débité.";
    draft_notice: "Only you see this page: the campaign is not launched yet.", "Vous seul voyez cette page : la campagne n’est pas encore lancée.";
    opening(pledged, backers, source): "{pledged} from {backers} come from an imported record ({source}). They were not pledged here.", "{pledged} de {backers} proviennent d’un relevé importé ({source}). Ils n’ont pas été promis ici.";
    imported_story: "This campaign was imported from a public record; only its figures are known.", "Cette campagne provient d’un relevé public ; seuls ses chiffres sont connus.";
}

// Rewards.
words! {
    pledge(price): "Pledge {price}", "Choisir pour {price}";
    /// Continues the button for who does not see the card around it.
    pledge_for(title): "for {title}", ": {title}";
    add_ons: "Add-ons", "Options";
    add_ons_text: "To be added to any reward at checkout.", "À ajouter à une contrepartie au moment de contribuer.";
    without_reward: "Pledge without a reward", "Contribuer sans contrepartie";
    without_reward_text: "Give any amount, for the thing itself.", "Du montant que vous voulez, pour que cela existe.";
    without_reward_button: "Choose an amount", "Choisir un montant";
    no_rewards: "This campaign offers no rewards.", "Cette campagne ne propose pas de contreparties.";
    items: "Includes", "Comprend";
    delivery: "Delivery", "Livraison";
    ships: "Ships to", "Envoi";
    ships_nothing: "Nothing to ship", "Rien à expédier";
    ships_worldwide: "Anywhere in the world", "Partout dans le monde";
    pick_up(place): "Pick-up in person: {place}", "À retirer sur place : {place}";
    left_of(left, quantity): "{left} of {quantity} left", "Plus que {left} sur {quantity}";
    sold_out: "Sold out", "Épuisée";
    over: "No longer on offer", "N’est plus proposée";
    opens_on(date): "Opens on {date}", "Disponible le {date}";
    until(date): "Until {date}", "Jusqu’au {date}";
    limit_each(most): "{most} per backer at most", "{most} par contributeur au plus";
    secret: "Secret reward: you have its link", "Contrepartie secrète : vous avez son lien";
    all_rewards: "All rewards", "Toutes les contreparties";
}

// Sharing.
words! {
    share: "Share", "Partager";
    share_title: "Share this campaign", "Partager cette campagne";
    share_address: "Address of this page", "Adresse de cette page";
    share_copy: "Copy the link", "Copier le lien";
    share_copied: "Copied.", "Copié.";
    share_embed: "Embed", "Intégrer";
    share_email: "Send by e-mail", "Envoyer par e-mail";
}

// Community.
words! {
    rewards_of(title): "Rewards of {title}", "Contreparties de «\u{a0}{title}\u{a0}»";
    community_title(title): "Who backs {title}", "Qui soutient {title}";
    community_of(title): "The community of {title}", "La communauté de {title}";
    community_privacy: "Nobody is named here. A backer’s name is theirs to give.", "Personne n’est nommé ici. Le nom d’un contributeur lui appartient.";
    countries: "Where backers live", "Où vivent les contributeurs";
    country_unknown: "Not told", "Non précisé";
    experience: "First time or not", "Première fois ou non";
    first_time: "Backing for the first time", "Contribuent pour la première fois";
    returning: "Had backed before", "Avaient déjà contribué";
    recent: "Latest pledges", "Dernières contributions";
    no_backers: "No backers here yet", "Pas encore de contributeurs ici";
    no_backers_text: "The first stone is still to be laid.", "La première pierre reste à poser.";
}

counted! {
    backers_count: "{n} backer" | "{n} backers", "{n} contributeur" | "{n} contributeurs";
    countries_count: "{n} country" | "{n} countries", "{n} pays" | "{n} pays";
    left_count: "{n} left" | "{n} left", "Plus que {n}" | "Plus que {n}";
}
