//! What has to go back and which the provider refuses: the operator's page.

words! {
    title: "Money that has to go back", "Argent à rendre";
    text: "The payment provider has refused these again and again: ask once more, or settle each with its backer by other means.", "Le prestataire de paiement a refusé ces remboursements à plusieurs reprises\u{a0}: redemandez, ou réglez chacun avec son contributeur par un autre moyen.";
    none: "Nothing waits for you", "Rien ne vous attend";
    none_text: "What the payment provider refuses is asked for again by itself for four days, and shows here after that.", "Ce que le prestataire de paiement refuse lui est redemandé automatiquement pendant quatre jours, puis s’affiche ici.";
    campaign_over: "The campaign came to nothing", "La campagne n’a pas abouti";
    paid_twice: "Paid twice", "Payé deux fois";
    pledge_over: "Paid after the pledge was over", "Payé après la fin de la contribution";
    provider_says(words): "The provider says: {words}", "Le prestataire répond\u{a0}: {words}";
    provider_silent: "The provider gives no reason", "Le prestataire ne donne pas de raison";
    try_again: "Try again", "Réessayer";
    by_hand: "Settled by hand", "Réglé à la main";
    by_hand_text: "Only once the backer has the money. It is booked as given back and never asked of the provider again.", "Seulement quand le contributeur a reçu l’argent. La somme est inscrite comme rendue et n’est plus jamais demandée au prestataire.";
    note: "How it was settled", "Comment cela a été réglé";
    note_hint: "Such as the number of a bank transfer. It is kept with the refund.", "Par exemple le numéro d’un virement. C’est conservé avec le remboursement.";
    by_hand_submit: "Yes, the backer has the money", "Oui, le contributeur a l’argent";
    done_again: "It is asked for again. Should the provider refuse, it comes back to this list.", "La demande est renvoyée. Si le prestataire refuse, elle revient dans cette liste.";
    done_by_hand: "It is booked as settled.", "C’est inscrit comme réglé.";
}

counted! {
    waiting: "{n} more is asked for again by itself." | "{n} more are asked for again by themselves.", "{n} autre est redemandé automatiquement." | "{n} autres sont redemandés automatiquement.";
    refused_times: "refused {n} time" | "refused {n} times", "refusé {n} fois" | "refusé {n} fois";
    more: "{n} in all; the oldest are shown." | "{n} in all; the oldest are shown.", "{n} en tout\u{a0}; les plus anciens sont affichés." | "{n} en tout\u{a0}; les plus anciens sont affichés.";
}
