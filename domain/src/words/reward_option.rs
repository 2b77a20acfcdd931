//! What a reward comes in, its window and its link, and what it would cost a backer.

// For backers.
words! {
    choose: "Please choose", "Veuillez choisir";
    left(name, left): "{name} ({left} left)", "{name} (reste {left})";
    gone(name): "{name} (sold out)", "{name} (épuisé)";
    comes_in(name, values): "{name}: {values}", "{name}\u{a0}: {values}";
}

// In the studio.
words! {
    options: "Options", "Options au choix";
    options_hint: "One per line with what can be chosen, such as Size: S, M, L. At most three, and 60 combinations.", "Une par ligne avec ce qui peut être choisi, par exemple Taille\u{a0}: S, M, L. Trois au plus, et 60 combinaisons.";
    stock: "How many of each", "Combien de chaque";
    stock_hint: "One combination per line, such as Blue / M: 20. What is not named has no limit; 0 means there is none.", "Une combinaison par ligne, par exemple Bleu / M\u{a0}: 20. Ce qui n’est pas nommé est sans limite\u{a0}; 0 signifie qu’il n’y en a pas.";
    window: "When it can be had", "Quand elle est disponible";
    starts: "From", "À partir du";
    starts_hint(zone): "By your clock in {zone}. Empty for as long as the campaign runs.", "À votre heure, {zone}. Vide pour toute la durée de la campagne.";
    starts_time: "Time of day", "Heure";
    ends: "Until", "Jusqu’au";
    ends_time: "Time of day", "Heure";
    secret: "Only for who has its link", "Seulement pour qui en a le lien";
    secret_hint: "It stands in no list. Its link is shown here once it is saved.", "Elle ne figure dans aucune liste. Son lien s’affiche ici une fois enregistrée.";
    secret_link: "The link that opens it", "Le lien qui l’ouvre";
    renew: "Make another link", "Créer un autre lien";
    renew_text: "The old one opens nothing any more. Who has pledged keeps the reward.", "L’ancien n’ouvre plus rien. Qui a déjà contribué garde la contrepartie.";
    as_backers_see: "As backers see it", "Comme la voient les contributeurs";
    as_backers_see_text: "It follows what is written in the form; nothing is saved by it.", "Il suit ce qui est écrit dans le formulaire\u{a0}; rien n’est enregistré pour autant.";
    not_yet_one: "There is nothing to show before it has a title and a price.", "Rien à montrer tant qu’il manque un titre ou un prix.";
}

// What a backer would pay.
words! {
    dry_run: "What would a backer pay?", "Que paierait un contributeur\u{a0}?";
    dry_run_text: "Choose a country and what is ordered: nothing is pledged, and nobody sees it.", "Choisissez un pays et ce qui est commandé\u{a0}: rien n’est engagé, et personne ne le voit.";
    dry_run_country: "A backer in", "Un contributeur en";
    dry_run_reward: "takes", "prend";
    dry_run_show: "Show the price", "Afficher le prix";
    not_there(country): "Not to be had in {country}", "Non disponible\u{a0}: {country}";
    all_there(country): "Everything can be had in {country}.", "Tout est disponible\u{a0}: {country}.";
}

// The order of rewards.
words! {
    drag(title): "Move {title}: drag it, or press the arrow keys", "Déplacer {title}\u{a0}: faites glisser, ou utilisez les flèches";
    moved(title, place, all): "{title} is now number {place} of {all}.", "{title} est maintenant en position {place} sur {all}.";
}

// What is wrong.
words! {
    ends_too_early: "This is before it begins.", "C’est avant le début.";
    line_option(line): "Line {line}: please write what is chosen and, after a colon, what there is, such as Size: S, M, L.", "Ligne {line}\u{a0}: merci d’écrire ce qui se choisit puis, après un deux-points, ce qu’il y a, par exemple Taille\u{a0}: S, M, L.";
    line_option_twice(line): "Line {line}: this name is there twice.", "Ligne {line}\u{a0}: ce nom figure deux fois.";
    line_stock(line): "Line {line}: please write a combination of the options and how many there are, such as Blue / M: 20.", "Ligne {line}\u{a0}: merci d’écrire une combinaison des options et son nombre, par exemple Bleu / M\u{a0}: 20.";
    too_many_variants(count, most): "These make {count} combinations; at most {most} are possible.", "Cela fait {count} combinaisons\u{a0}; {most} au plus sont possibles.";
    order_moved: "The rewards have changed since this page was read. Please look at them again.", "Les contreparties ont changé depuis la lecture de cette page. Merci de les regarder à nouveau.";
}
