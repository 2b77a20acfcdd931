//! What the studio says about a campaign's fields, steps and history.

// Why a field is greyed out.
words! {
    locked_in_review: "The operator is reading the campaign. Withdraw it from review to change this.", "L’opérateur relit la campagne. Retirez-la de la relecture pour modifier ceci.";
    locked_approved: "The operator has approved the campaign as it is. Withdraw it to change this; it is then reviewed again.", "L’opérateur a approuvé la campagne en l’état. Retirez-la pour modifier ceci\u{a0}; elle sera relue à nouveau.";
    locked_launched: "Backers rely on this, so it is fixed since the launch.", "Les contributeurs comptent dessus\u{a0}: c’est figé depuis le lancement.";
    locked_suspended: "The campaign is suspended, so nothing of it can be changed.", "La campagne est suspendue\u{a0}: rien ne peut y être modifié.";
    locked_ended: "The campaign is over, so it stays as it was.", "La campagne est terminée\u{a0}: elle reste telle quelle.";
    locked_priced: "Rewards have prices in this currency. Delete them to choose another one.", "Des contreparties ont un prix dans cette devise. Supprimez-les pour en choisir une autre.";
    locked_backed: "Somebody has pledged for this reward, so its promise stays as it is.", "Quelqu’un a choisi cette contrepartie\u{a0}: sa promesse reste telle quelle.";
    only_up: "Somebody has pledged for this reward, so this number can only grow.", "Quelqu’un a choisi cette contrepartie\u{a0}: ce nombre ne peut qu’augmenter.";
}

// What is wrong with a field; see `domain::studio::problem`.
words! {
    stale: "This was changed elsewhere while you were writing, perhaps in another tab. What you typed is still here: save again to put it in place of the other version.", "Ceci a été modifié ailleurs pendant votre saisie, peut-être dans un autre onglet. Votre texte est toujours là\u{a0}: enregistrez à nouveau pour remplacer l’autre version.";
    goal_too_low(least): "A goal is at least {least}.", "Un objectif est d’au moins {least}.";
    not_a_date: "Please choose a date and a time, such as 2027-03-31 and 18:00.", "Merci de choisir une date et une heure, par exemple 2027-03-31 et 18:00.";
    not_in_future: "This time has passed. Please choose a later one.", "Ce moment est passé. Merci d’en choisir un autre.";
    not_a_number(least, most): "Please write a whole number from {least} to {most}.", "Merci d’écrire un nombre entier de {least} à {most}.";
    not_a_month: "Please choose a month, such as 2027-06.", "Merci de choisir un mois, par exemple 2027-06.";
    story_too_long(most): "This story is too long: {most} bytes at most, where an accented letter counts as two.", "Ce texte est trop long\u{a0}: {most} octets au plus, une lettre accentuée en comptant deux.";
    not_an_address: "An address is made of small letters, digits and single hyphens, such as the-tide-clock.", "Une adresse se compose de lettres minuscules, de chiffres et de traits d’union simples, par exemple l-horloge-des-marees.";
    address_taken: "Another campaign has this address.", "Une autre campagne a déjà cette adresse.";
    line_item(line): "Line {line}: please write a thing and, before it, how many, such as 2 × Postcard.", "Ligne {line}\u{a0}: merci d’écrire un objet précédé de son nombre, par exemple 2 × Carte postale.";
    line_cost(line): "Line {line}: please write where to and at what cost, such as FR 4.50.", "Ligne {line}\u{a0}: merci d’écrire la destination et le coût, par exemple FR 4,50.";
    line_twice(line): "Line {line}: this place is there twice.", "Ligne {line}\u{a0}: cette destination figure deux fois.";
    cost_missing: "Please say what shipping costs, 0 if it is free.", "Merci d’indiquer le coût de la livraison, 0 si elle est gratuite.";
    no_destination: "Please name at least one country, such as FR 4.50.", "Merci d’indiquer au moins un pays, par exemple FR 4,50.";
    incomplete: "Something is still missing. The list says what.", "Il manque encore quelque chose. La liste dit quoi.";
    not_sure: "Please confirm that you mean it: this cannot be undone.", "Merci de confirmer\u{a0}: cela ne peut pas être annulé.";
    has_pledges: "Pledges name this reward, so it cannot be deleted.", "Des contributions mentionnent cette contrepartie\u{a0}: elle ne peut pas être supprimée.";
}

// The parts of a campaign.
words! {
    section_basics: "Basics", "L’essentiel";
    section_funding: "Funding", "Financement";
    section_schedule: "Schedule", "Calendrier";
    section_story: "Story", "Présentation";
    section_rewards: "Rewards", "Contreparties";
}

// What has to be there before a campaign may be submitted.
words! {
    check_subtitle: "One sentence under the title that says what it is", "Une phrase sous le titre qui dit de quoi il s’agit";
    check_country: "The country that the campaign comes from", "Le pays d’où vient la campagne";
    check_goal: "The goal", "L’objectif";
    check_units: "How many units have to be ordered", "Le nombre d’exemplaires à commander";
    check_optimum: "The optimum of the second round", "L’optimum du deuxième tour";
    check_schedule: "A duration that the funding rule allows", "Une durée que permet la règle de financement";
    check_story: "The story", "La présentation";
    check_reward: "At least one reward", "Au moins une contrepartie";
    check_delivery: "A month of delivery for each reward", "Un mois de livraison pour chaque contrepartie";
}

// What comes next.
words! {
    next_complete: "Complete it and send it for review.", "Complétez-la et envoyez-la en relecture.";
    next_wait: "The operator is reading it. You get a letter.", "L’opérateur la relit. Vous recevrez un courrier.";
    next_launch: "It is approved: launch it when you are ready.", "Elle est approuvée\u{a0}: lancez-la quand vous êtes prêt.";
    next_launches(at): "It is launched on {at}.", "Elle sera lancée le {at}.";
    next_live: "It is live. Tell everybody.", "Elle est en ligne. Faites-le savoir.";
    next_deciding: "Cards are being charged.", "Les cartes sont en cours de débit.";
    next_late: "It has succeeded, and late pledges are open.", "Elle a réussi, et les contributions tardives sont ouvertes.";
    next_suspended: "The operator has stopped it.", "L’opérateur l’a suspendue.";
    next_over: "It is over.", "Elle est terminée.";
}

// Its history.
words! {
    event_started: "Started", "Commencée";
    event_submitted: "Sent for review", "Envoyée en relecture";
    event_withdrawn: "Withdrawn from review", "Retirée de la relecture";
    event_approved: "Approved", "Approuvée";
    event_returned: "Returned with remarks", "Renvoyée avec des remarques";
    event_scheduled: "Launch planned", "Lancement programmé";
    event_aborted: "Planned launch called off", "Lancement programmé abandonné";
    event_launched: "Launched", "Lancée";
    event_cancelled: "Cancelled", "Annulée";
    event_late_opened: "Late pledges opened", "Contributions tardives ouvertes";
    event_late_closed: "Late pledges closed", "Contributions tardives closes";
    event_suspended: "Suspended", "Suspendue";
    event_resumed: "Resumed", "Reprise";
    launch_impossible: "Its end had come too near for a launch.", "Sa fin était devenue trop proche pour un lancement.";
}
