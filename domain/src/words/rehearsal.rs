//! The rehearsal of a campaign: its form, its story and its letters.

words! {
    rehearse: "Rehearse the campaign", "Répéter la campagne";
    rehearsal_of(title): "Rehearsal of {title}", "Répétition de «\u{a0}{title}\u{a0}»";
    rehearsal_text: "Your campaign, played to its end by the rules that will run it, with backers who do not exist. Nothing is written down, nobody is charged, and no letter is sent.", "Votre campagne, jouée jusqu’au bout selon les règles qui la mèneront, avec des contributeurs qui n’existent pas. Rien n’est enregistré, personne n’est débité et aucune lettre ne part.";
    scenario: "What shall happen", "Ce qui doit se passer";
    backers: "Backers", "Contributeurs";
    backers_hint: "How many people come.", "Combien de personnes viennent.";
    reach: "How far they bring it", "Jusqu’où ils la portent";
    far_below: "Far below the goal", "Loin de l’objectif";
    just_below: "Just below the goal", "Juste sous l’objectif";
    just_above: "Just above the goal", "Juste au-dessus de l’objectif";
    far_above: "Far above the goal", "Bien au-delà de l’objectif";
    declined: "Declined cards, in percent", "Cartes refusées, en pour cent";
    declined_hint: "When they are charged.", "Au moment du débit.";
    asked: "Banks that ask, in percent", "Banques qui demandent, en pour cent";
    asked_hint: "Want a confirmation (3-D Secure).", "Exigent une confirmation (3-D Secure).";
    mended: "Seen to in time, in percent", "Réparées à temps, en pour cent";
    mended_hint: "Of the cards that failed.", "Parmi les cartes qui ont échoué.";
    seed: "Lot number", "Numéro du tirage";
    seed_hint: "The same number is the same story.", "Le même numéro donne la même histoire.";
    play: "Rehearse", "Répéter";
    play_again: "The same with other lots", "La même chose avec un autre tirage";
    between(least, most): "A whole number from {least} to {most}, please.", "Un nombre entier de {least} à {most}, s’il vous plaît.";
    choose_one: "Please choose one of these.", "Choisissez l’une de ces possibilités.";
    refused_title: "Nothing was played", "Rien n’a été joué";
    refused_text: "Some fields need another look.", "Certains champs sont à revoir.";
    no_terms_title: "There is nothing to rehearse yet", "Il n’y a encore rien à répéter";
    no_terms_text: "First give the campaign its goal and its funding rule.", "Donnez d’abord à la campagne son objectif et sa règle de financement.";
    outcome_successful: "It succeeds", "Elle réussit";
    outcome_failed: "It does not succeed", "Elle ne réussit pas";
    story: "What happens", "Ce qui se passe";
    figures: "What it comes to", "Ce qu’il en reste";
    letters: "The letters", "Les lettres";
    letters_text: "One of each kind, as its reader would get it.", "Une de chaque sorte, telle qu’on la recevrait.";
    no_letters: "Nobody is written to.", "Personne ne reçoit de lettre.";
    to_creator: "To you", "À vous";
    to_creator_times(times): "To you, {times} times", "À vous, {times} fois";
    from_to(first, last): "{first} to {last}", "du {first} au {last}";
    back: "Back to the campaign", "Retour à la campagne";
}

counted! {
    to_backers: "To {n} backer" | "To {n} backers", "À {n} contributeur" | "À {n} contributeurs";
    letters_count: "{n} letter" | "{n} letters", "{n} lettre" | "{n} lettres";
    pledged: "{n} pledge" | "{n} pledges", "{n} contribution" | "{n} contributions";
    charged_at_once: "{n} pledge, charged at once" | "{n} pledges, charged at once", "{n} contribution, débitée aussitôt" | "{n} contributions, débitées aussitôt";
    not_confirmed: "{n} pledge never confirmed" | "{n} pledges never confirmed", "{n} contribution jamais confirmée" | "{n} contributions jamais confirmées";
    end_moved: "The end moves {n} time" | "The end moves {n} times", "La fin recule {n} fois" | "La fin recule {n} fois";
    charged: "{n} card charged" | "{n} cards charged", "{n} carte débitée" | "{n} cartes débitées";
    declined_cards: "{n} card declined" | "{n} cards declined", "{n} carte refusée" | "{n} cartes refusées";
    asked_to_confirm: "{n} charge to be confirmed" | "{n} charges to be confirmed", "{n} débit à confirmer" | "{n} débits à confirmer";
    reminded: "{n} reminder" | "{n} reminders", "{n} rappel" | "{n} rappels";
    mended_cards: "{n} card seen to and charged" | "{n} cards seen to and charged", "{n} carte réparée et débitée" | "{n} cartes réparées et débitées";
    dropped: "{n} pledge not paid in time" | "{n} pledges not paid in time", "{n} contribution non payée à temps" | "{n} contributions non payées à temps";
    given_back: "{n} backer gets the money back" | "{n} backers get their money back", "{n} contributeur est remboursé" | "{n} contributeurs sont remboursés";
}

// The lines of the story, and what each means.
words! {
    launched: "The launch", "Le lancement";
    launched_text: "From now on pledges come in, and the terms no longer move.", "Les contributions arrivent, et les conditions ne changent plus.";
    pledged_text: "Each card is saved, not charged. The promise counts.", "Chaque carte est enregistrée, sans débit. La promesse compte.";
    charged_at_once_text: "The money is charged as it comes, and only then counts.", "L’argent est débité à mesure, et ne compte qu’alors.";
    not_confirmed_text: "The bank asked, and no answer came within half an hour. It never counted.", "La banque a demandé, sans réponse en une demi-heure. Elle n’a jamais compté.";
    goal_met: "The goal is met", "L’objectif est atteint";
    goal_met_text: "Pledges go on until the deadline.", "Les contributions continuent jusqu’à l’échéance.";
    end_moved_text: "A pledge in the last ten minutes leaves ten more to the others.", "Une contribution des dix dernières minutes en laisse dix de plus aux autres.";
    succeeded: "The campaign succeeds", "La campagne réussit";
    succeeded_text: "What was pledged does not change any more. What is charged is yours.", "Ce qui a été promis ne change plus. Ce qui est débité est à vous.";
    failed: "The campaign does not succeed", "La campagne ne réussit pas";
    failed_text: "Nobody owes anything: who was charged gets it back, every other promise is void.", "Personne ne doit rien\u{a0}: qui a été débité est remboursé, toute autre promesse est nulle.";
    deciding: "The deadline: what is charged decides", "L’échéance\u{a0}: ce qui est débité décide";
    deciding_text: "Enough was promised. The verdict falls once backers had a week to see to their cards.", "Assez a été promis. Le verdict tombe après une semaine donnée aux contributeurs pour leurs cartes.";
    second_round: "The second round begins", "Le deuxième tour commence";
    second_round_text: "The minimum is met, and all saved cards are charged. Who pledges now is charged at once.", "Le minimum est atteint et les cartes enregistrées sont débitées. Qui contribue maintenant est débité aussitôt.";
    charged_text: "Less fees, the money waits for the payout.", "Moins les frais, l’argent attend le versement.";
    declined_text: "Their backers get a letter with a link to give another card.", "Leurs contributeurs reçoivent une lettre avec un lien pour donner une autre carte.";
    asked_to_confirm_text: "Their banks ask once more; a letter says where to confirm.", "Leurs banques demandent encore\u{a0}; une lettre dit où confirmer.";
    reminded_text: "Every two days, as long as the card can be seen to.", "Tous les deux jours, tant que la carte peut être réparée.";
    mended_text: "Another card was given, or the charge confirmed.", "Une autre carte a été donnée, ou le débit confirmé.";
    dropped_text: "After a last try the promise comes to nothing.", "Après un dernier essai, la promesse est perdue.";
    given_back_text: "All of it, to the card that was charged.", "En entier, sur la carte débitée.";
    late_sale_closed: "You close late pledges", "Vous fermez les contributions tardives";
    late_sale_closed_text: "In this rehearsal after four weeks; you choose.", "Dans cette répétition après quatre semaines\u{a0}; à vous de choisir.";
    paid_out: "You are paid", "Vous êtes payé";
    paid_out_text: "What was charged, less fees and what is held back, with a statement.", "Ce qui a été débité, moins les frais et la réserve, avec un relevé.";
    reserve_released: "What was held back is yours", "La réserve est à vous";
    reserve_released_text: "It was kept for refunds and disputes.", "Elle était gardée pour les remboursements et les litiges.";
}

// The figures.
words! {
    figure_pledged: "Pledged", "Promis";
    figure_collected: "Collected", "Collecté";
    figure_not_collected: "Not collected", "Non collecté";
    figure_platform_fee: "Platform fee", "Commission de la plateforme";
    figure_processing_fee: "Payment fees", "Frais de paiement";
    figure_refunded: "Given back", "Rendu";
    figure_paid_out: "Paid out to you", "Versé à vous";
    figure_reserve(amount): "{amount} of it were held back at first", "dont {amount} d’abord mis en réserve";
    figure_owed: "Payment fees that nobody returns", "Frais de paiement que personne ne rend";
    figure_owed_text: "The provider keeps them although the money goes back.", "Le prestataire les garde bien que l’argent soit rendu.";
    by_backers(count): "by {count}", "par {count}";
}
