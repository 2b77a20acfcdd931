//! What changed of a campaign: for everybody, for whoever pledged before, and for whoever
//! is about to change it.

// The page of a campaign's changes.
words! {
    what_changed: "What changed", "Ce qui a changé";
    what_changed_of(title): "What changed: {title}", "Ce qui a changé\u{a0}: {title}";
    what_changed_text: "Every change of this page since its launch, the newest first. Nothing is ever taken out of this list.", "Chaque modification de cette page depuis son lancement, la plus récente en premier. Rien n’est jamais retiré de cette liste.";
    no_changes: "Nothing has changed", "Rien n’a changé";
    no_changes_text: "This page tells what it told at its launch.", "Cette page dit ce qu’elle disait à son lancement.";
    page_changed(date): "The page, on {date}", "La page, le {date}";
    reward_changed(title, date): "The reward “{title}”, on {date}", "La contrepartie «\u{a0}{title}\u{a0}», le {date}";
    beside_the_texts: "The picture, the rewards and the facts", "L’image, les contreparties et les informations";
    picture_changed: "The campaign shows another picture.", "La campagne montre une autre image.";
    reward_picture_changed(title): "The reward “{title}” shows another picture.", "La contrepartie «\u{a0}{title}\u{a0}» montre une autre image.";
    reward_added(title): "The reward “{title}” is new.", "La contrepartie «\u{a0}{title}\u{a0}» est nouvelle.";
    reward_removed(title): "The reward “{title}” is no longer offered.", "La contrepartie «\u{a0}{title}\u{a0}» n’est plus proposée.";
    category_changed(category): "The category is now: {category}.", "La catégorie est désormais\u{a0}: {category}.";
    place_changed(place): "The town is now: {place}.", "La ville est désormais\u{a0}: {place}.";
    place_removed: "The campaign no longer names a town.", "La campagne n’indique plus de ville.";
    goals_changed: "The stretch goals are others.", "Les objectifs supplémentaires ont changé.";
    since_version(date): "Everything since {date}", "Tout depuis le {date}";
    show_words: "Show the words", "Afficher les mots";
    older: "Older changes", "Modifications plus anciennes";
    row_gone(part): "{part}, removed", "{part}, supprimé";
    row_new(part): "{part}, new", "{part}, nouveau";
    row_how(part, list): "{part} ({list})", "{part} ({list})";
    how_links: "links", "liens";
    how_marks: "bold, italic or code", "gras, italique ou code";
    how_pictures: "other pictures", "autres images";
    how_alt: "description", "description";
    how_film: "another film", "autre film";
    how_recording: "another recording", "autre enregistrement";
    how_reward: "another reward", "autre contrepartie";
    gone: "removed:", "supprimé\u{a0}:";
    new: "new:", "nouveau\u{a0}:";
    before_after(before, after): "{before} → {after}", "{before} → {after}";
    to_campaign: "Back to the campaign", "Retour à la campagne";
}

// What stands beside the texts, in a list of what changed.
words! {
    the_picture: "the picture", "l’image";
    the_category: "the category", "la catégorie";
    the_place: "the town", "la ville";
    the_goals: "the stretch goals", "les objectifs supplémentaires";
    the_rewards: "the rewards", "les contreparties";
}

// Parts of a reward.
words! {
    reward_title: "Title", "Titre";
    reward_price: "Price", "Prix";
    reward_description: "Description", "Description";
    reward_shipping: "Shipping", "Livraison par envoi";
    ships_to(count): "Countries it is sent to: {count}", "Pays d’envoi\u{a0}: {count}";
    not_told: "not said", "non précisé";
}

// The page of a pledge.
words! {
    since_you_pledged: "What changed since you pledged", "Ce qui a changé depuis votre contribution";
    of_the_page: "The campaign’s page", "La page de la campagne";
    of_your_reward(title): "Your reward “{title}”", "Votre contrepartie «\u{a0}{title}\u{a0}»";
    see_words: "See it word by word", "Voir mot à mot";
    may_leave: "You may take your pledge back", "Vous pouvez annuler votre contribution";
    may_leave_text(until): "What you were promised has changed. Until {until} you may cancel, whatever the campaign’s other rules say; what was charged goes back to you in full.", "Ce qui vous était promis a changé. Jusqu’au {until}, vous pouvez annuler, quelles que soient les autres règles de la campagne\u{a0}; ce qui a été débité vous est intégralement remboursé.";
    may_leave_later(until): "What you were promised has changed. Until {until} you may cancel. Your card is about to be charged: as soon as that is done, you can have it back here in full.", "Ce qui vous était promis a changé. Jusqu’au {until}, vous pouvez annuler. Votre carte est sur le point d’être débitée\u{a0}: dès que c’est fait, vous pouvez vous faire intégralement rembourser ici.";
}

// The creator, before a material change.
words! {
    confirm_change: "I know that backers of this reward are told, and may cancel for 14 days", "Je sais que les contributeurs de cette contrepartie sont prévenus et peuvent annuler pendant 14 jours";
    confirm_change_hint: "Needed only when the delivery is put off or no longer named.", "Nécessaire seulement si la livraison est repoussée ou n’est plus indiquée.";
    confirm_first: "This changes what backers of this reward were promised. Each of them gets a letter and may cancel for 14 days, and has back what was charged. Tick this box to go on.", "Cela change ce qui a été promis aux contributeurs de cette contrepartie. Chacun reçoit une lettre et peut annuler pendant 14 jours, avec remboursement de ce qui a été débité. Cochez cette case pour continuer.";
}
