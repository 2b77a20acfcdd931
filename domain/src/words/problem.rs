//! What can be wrong with a field.

words! {
    missing: "Please fill this in.", "Merci de remplir ce champ.";
    too_long(most): "That is too long: {most} characters at most.", "C’est trop long : {most} caractères au plus.";
    too_short(least): "That is too short: {least} characters at least.", "C’est trop court : {least} caractères au moins.";
    not_an_email: "That does not look like an e-mail address.", "Cela ne ressemble pas à une adresse e-mail.";
    not_an_amount: "Please write an amount in digits, such as 25 or 12.50.", "Merci d’écrire un montant en chiffres, par exemple 25 ou 12,50.";
    amount_negative: "An amount cannot be negative.", "Un montant ne peut pas être négatif.";
    no_decimals(currency): "{currency} has no decimals: please give a whole number.", "Le {currency} n’a pas de décimales : merci d’indiquer un nombre entier.";
    too_many_decimals(currency, places): "{currency} has {places} decimals at most.", "Le {currency} a {places} décimales au plus.";
    ambiguous: "This can mean thousands or decimals. Please write it without a mark, such as 12500, or with two decimals, such as 12.50.", "Cela peut se lire comme des milliers ou comme des décimales. Merci d’écrire le montant sans séparateur, par exemple 12500, ou avec deux décimales, par exemple 12,50.";
    amount_too_large: "That is more than a campaign can receive.", "C’est plus qu’une campagne ne peut recevoir.";
    below_minimum(least): "The smallest pledge here is {least}.", "La contribution minimale est ici de {least}.";
    above_maximum(most): "An amount here is {most} at most; rewards and shipping come on top.", "Un montant est ici de {most} au plus ; contrepartie et livraison s’y ajoutent.";
    more_than_left(left): "At most {left} can go back.", "{left} au plus peuvent être rendus.";
    nothing_to_restock: "Only what is refunded by name, or a whole refund, can be put back on sale.", "Seul ce qui est remboursé nommément, ou en totalité, peut être remis en vente.";
    price_out_of_range(least, most): "A reward costs between {least} and {most}.", "Une contrepartie coûte entre {least} et {most}.";
    duration(least, most): "A campaign runs for at least {least} day and at most {most} days.", "Une campagne dure au moins {least} jour et au plus {most} jours.";
    goal_missing: "A goal is more than nothing.", "Un objectif est supérieur à zéro.";
    optimum_too_low: "The optimum has to be more than the minimum.", "L’optimum doit dépasser le minimum.";
    not_of_this_rule: "This does not go with the funding rule of the campaign.", "Cela ne va pas avec la règle de financement de la campagne.";
    nudge_too_far(most): "At launch the end may move by {most} days at most.", "Au lancement, la fin peut être déplacée de {most} jours au plus.";
    nothing_pledged: "Choose a reward or give an amount.", "Choisissez une contrepartie ou indiquez un montant.";
    unknown_reward: "This reward does not belong to this campaign.", "Cette contrepartie n’appartient pas à cette campagne.";
    sold_out: "The last one has just gone. Nothing was charged; please choose another reward.", "La dernière vient de partir. Rien n’a été débité ; merci de choisir une autre contrepartie.";
    only_left(left): "Only {left} left.", "Il n’en reste que {left}.";
    at_most_each(most): "At most {most} per backer.", "{most} au plus par contributeur.";
    not_yet_on_sale(from): "This opens on {from}.", "Disponible à partir du {from}.";
    not_late: "This reward could only be had before the deadline.", "Cette contrepartie n’était proposée que jusqu’à l’échéance.";
    no_longer_on_sale: "This is no longer on offer.", "Cette contrepartie n’est plus proposée.";
    country_missing: "Please choose where to ship.", "Merci de choisir le pays de livraison.";
    country_not_served: "This reward does not ship to that country.", "Cette contrepartie n’est pas livrée dans ce pays.";
    card_number: "This card number is not complete or not right.", "Ce numéro de carte est incomplet ou inexact.";
    card_expiry: "This date has passed or is not a month and year.", "Cette date est passée ou n’est pas un mois et une année.";
    card_code: "The code has three or four digits.", "Le code comporte trois ou quatre chiffres.";
    card_not_saved: "Your card was not saved yet. Please enter it, with scripts allowed on this page.", "Votre carte n’est pas encore enregistrée. Merci de la saisir, scripts autorisés sur cette page.";
    card_declined: "The bank declined this card. Nothing was kept; please try another one.", "La banque a refusé cette carte. Rien n’a été retenu ; merci d’en essayer une autre.";
    unknown_choice: "Please choose one of the list.", "Merci de choisir dans la liste.";
    wrong_credentials: "This e-mail and password do not match.", "Cet e-mail et ce mot de passe ne correspondent pas.";
    common_password: "This is one of the passwords that are tried first. Please choose another.", "C’est l’un des mots de passe essayés en premier. Merci d’en choisir un autre.";
    stale_link: "This link was already used or has expired.", "Ce lien a déjà servi ou a expiré.";
    too_many(most): "There can be {most} at most. Please remove one first.", "Il peut y en avoir {most} au plus. Faites d’abord de la place.";
    not_the_password: "This is not the password that was chosen with this letter’s sign-up.", "Ce n’est pas le mot de passe choisi lors de l’inscription liée à cette lettre.";
    already_pledged: "This e-mail already has a pledge here. We have sent its link to that address, so that you can change it.", "Cette adresse a déjà une contribution ici. Nous lui avons envoyé le lien pour la modifier.";
}
