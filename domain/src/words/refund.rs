//! Refunds, disputes, and the public accounts of a campaign.

words! {
    reason_backer_asked: "The backer asked for it", "Le contributeur l’a demandé";
    reason_not_delivered: "It cannot be delivered", "La livraison est impossible";
    reason_damaged: "It arrived broken or wrong", "Reçu abîmé ou non conforme";
    reason_duplicate: "Paid twice", "Payé deux fois";
    reason_campaign_cancelled: "The campaign was cancelled", "La campagne a été annulée";
    reason_other: "Another reason", "Autre raison";
    state_due: "On its way", "En cours";
    state_succeeded: "Paid back", "Remboursé";
    state_refused: "Not possible", "Impossible";
    chargeback_open: "Open", "En cours";
    chargeback_won: "Won", "Gagné";
    chargeback_lost: "Lost", "Perdu";
}

// The public accounts of a campaign.
words! {
    accounts: "Accounts", "Comptes";
    accounts_link: "See the accounts", "Voir les comptes";
    accounts_of(title): "The accounts of {title}", "Les comptes de «\u{a0}{title}\u{a0}»";
    accounts_text: "Every amount comes from the books of this campaign, where each movement is written once and never changed.", "Chaque montant vient des livres de cette campagne, où chaque mouvement est inscrit une fois et jamais modifié.";
    accounts_shut: "The accounts open when the campaign has ended", "Les comptes s’ouvrent à la fin de la campagne";
    accounts_shut_text: "Until then nobody is charged, and the campaign’s page shows what is pledged.", "D’ici là, personne n’est débité, et la page de la campagne montre ce qui est promis.";
    what_was_pledged: "What was pledged", "Ce qui a été promis";
    where_it_is: "Where the collected money is", "Où est l’argent collecté";
    pledged: "Pledged here", "Promis ici";
    pledged_text: "All pledges that counted at the deadline. This does not change afterwards.", "Toutes les contributions qui comptaient à l’échéance. Ce montant ne change plus.";
    collected: "Collected", "Collecté";
    collected_text: "Charged to backers’ cards.", "Débité des cartes des contributeurs.";
    outstanding: "Outstanding", "En attente";
    outstanding_text: "Still to be charged, or waiting for another card.", "Encore à débiter, ou en attente d’une autre carte.";
    not_collected: "Not collected", "Non collecté";
    not_collected_text: "Never charged: the goal was not met, or the card was never good.", "Jamais débité\u{a0}: l’objectif n’a pas été atteint, ou la carte n’a jamais été acceptée.";
    platform_fee: "Platform fee", "Commission de la plateforme";
    platform_fee_text: "What this site keeps. It gives back its share of each refund.", "Ce que ce site garde. Il rend sa part de chaque remboursement.";
    processing_fee: "Payment fees", "Frais de paiement";
    processing_fee_text: "What the payment provider keeps for each charge and each dispute.", "Ce que le prestataire de paiement garde pour chaque débit et chaque litige.";
    refunded: "Refunded", "Remboursé";
    refunded_text: "Given back to backers.", "Rendu aux contributeurs.";
    given_back: "Given back", "Rendu";
    charged_back: "Lost disputes", "Litiges perdus";
    charged_back_text: "Given back because a backer’s bank decided so.", "Rendu parce que la banque d’un contributeur en a décidé ainsi.";
    disputed: "In dispute", "En litige";
    disputed_text: "With a backer’s bank until it decides.", "Chez la banque d’un contributeur jusqu’à sa décision.";
    reserve: "Held back", "Mis en réserve";
    reserve_text(date): "Kept for refunds and disputes until {date}, then paid to the creator.", "Gardé pour les remboursements et litiges jusqu’au {date}, puis versé au porteur de campagne.";
    reserve_over_text: "Kept for refunds and disputes.", "Gardé pour les remboursements et litiges.";
    waiting: "Still to be paid out", "Encore à verser";
    waiting_text: "For the creator, two weeks after the deadline.", "Pour le porteur de campagne, deux semaines après l’échéance.";
    paid_out: "Paid out", "Versé";
    paid_out_text(date): "Sent to the creator on {date}, less what went back since.", "Versé au porteur de campagne le {date}, moins ce qui a été rendu depuis.";
    not_paid_out_text: "Nothing has been sent to the creator yet.", "Rien n’a encore été versé au porteur de campagne.";
    owed_text: "More went back than the creator was paid, who owes the difference.", "Plus a été rendu que versé\u{a0}: le porteur de campagne doit la différence.";
    accounted_for: "Collected in all", "Collecté en tout";
    manage: "For the creator", "Pour le porteur de campagne";
    books_csv: "The books as CSV", "Les livres en CSV";
    books_json: "The books as JSON", "Les livres en JSON";
    see_pledges: "Pledges and refunds", "Contributions et remboursements";
}

// A campaign's pledges, and what goes back of one, for who runs it.
words! {
    pledges_of(title): "Charged pledges of {title}", "Contributions débitées de «\u{a0}{title}\u{a0}»";
    no_pledges: "No pledge was charged yet", "Aucune contribution n’a encore été débitée";
    no_pledges_text: "They appear here once cards are charged, each with the way to refund it.", "Elles apparaissent ici une fois les cartes débitées, chacune avec le moyen de la rembourser.";
    to_accounts: "Back to the accounts", "Retour aux comptes";
    to_pledges: "Back to the pledges", "Retour aux contributions";
    went_back(amount): "{amount} went back", "{amount} rendus";
    pledge_by(email): "The pledge of {email}", "La contribution de {email}";
    went_back_in_all: "Went back", "Rendu";
    left: "Can still go back", "Peut encore être rendu";
    line_refunded: "refunded", "remboursé";
    units: "How many; empty for all", "Combien\u{a0}; vide pour tout";
    refunds: "Refunds", "Remboursements";
    no_refunds: "Nothing went back yet.", "Rien n’a encore été rendu.";
    give: "Give money back", "Rembourser";
    give_text: "The money goes to the card that was charged, and the backer gets a letter. The platform returns its fee on it, the payment provider does not. This cannot be undone.", "L’argent retourne sur la carte débitée et le contributeur reçoit une lettre. La plateforme rend sa commission, le prestataire de paiement non. C’est définitif.";
    what: "How much", "Combien";
    what_rest(amount): "All that is left: {amount}", "Tout ce qui reste\u{a0}: {amount}";
    what_amount: "An amount", "Un montant";
    what_lines: "These, with their shipping:", "Ceci, livraison comprise\u{a0}:";
    amount: "Amount", "Montant";
    amount_hint(left): "At most {left}.", "{left} au plus.";
    reason: "Reason", "Raison";
    reason_hint: "The backer reads it.", "Le contributeur la lit.";
    restock: "Put what is refunded by name back on sale", "Remettre en vente ce qui est remboursé";
    give_submit: "Yes, give it back", "Oui, rembourser";
    given: "The refund is on its way.", "Le remboursement est en route.";
    given_text: "It shows below as soon as the payment provider has confirmed it.", "Il s’affiche ci-dessous dès que le prestataire de paiement l’a confirmé.";
    is_disputed: "The backer’s bank disputes this charge", "La banque du contributeur conteste ce débit";
    is_disputed_text: "The money is with the bank until it decides, so nothing can be refunded now.", "L’argent est chez la banque jusqu’à sa décision\u{a0}: rien ne peut être remboursé pour le moment.";
    disputes: "Disputes", "Litiges";
    record: "Record a dispute", "Enregistrer un litige";
    record_text: "As the payment provider tells of it. Told twice, it is booked once.", "Tel que le prestataire de paiement l’annonce. Annoncé deux fois, il est inscrit une fois.";
    dispute_reference: "The provider’s number for it", "Son numéro chez le prestataire";
    dispute_amount: "Disputed amount", "Montant contesté";
    dispute_amount_hint: "Leave empty for all that is left.", "Laissez vide pour tout ce qui reste.";
    dispute_state: "State", "État";
    record_submit: "Record", "Enregistrer";
}

counted! {
    units_refunded: "{n} refunded" | "{n} refunded", "{n} remboursé" | "{n} remboursés";
    pledges_count: "{n} charged pledge" | "{n} charged pledges", "{n} contribution débitée" | "{n} contributions débitées";
}
