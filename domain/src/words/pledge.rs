//! Checkout, thanks and manage pages.

words! {
    state_authentication_required: "Waiting for your bank", "En attente de votre banque";
    state_pledged: "Pledged", "Promise";
    state_cancelled: "Cancelled", "Annulée";
    state_collected: "Charged", "Débitée";
    state_errored: "Card declined", "Carte refusée";
    state_action_required: "Your bank wants a confirmation", "Votre banque demande votre accord";
    state_dropped: "Not paid in time", "Non réglée à temps";
    state_refunded: "Refunded", "Remboursée";
    state_expired: "Not confirmed in time", "Non confirmée à temps";
    line_bonus: "Bonus", "Supplément libre";
    line_shipping: "Shipping", "Livraison";
}

// The checkout's choices.
words! {
    checkout_title(title): "Back {title}", "Soutenir {title}";
    back_to_campaign: "Back to the campaign", "Retour à la campagne";
    choose_reward: "Your reward", "Votre contrepartie";
    sold_out: "Sold out", "Épuisée";
    over: "No longer on offer", "N’est plus proposée";
    opens_on(date): "Opens on {date}", "Disponible le {date}";
    held: "In your pledge", "Dans votre contribution";
    delivery(month): "Delivery in {month}", "Livraison en {month}";
    add_ons: "Add-ons", "Options";
    country: "Country", "Pays";
    country_hint: "Where your rewards travel to.", "Là où vos contreparties seront envoyées.";
    country_choose: "Choose a country", "Choisissez un pays";
    country_served: "Delivered there", "Livraison possible";
    country_not_served: "Not delivered there", "Livraison impossible";
    bonus: "Bonus, or an amount without a reward", "Supplément, ou montant sans contrepartie";
    amount: "Amount", "Montant";
    bonus_on_top: "On top of your reward, if you like.", "En plus de votre contrepartie, si vous le souhaitez.";
    bonus_alone(least): "Without a reward this is your whole pledge: {least} or more.", "Sans contrepartie, c’est toute votre contribution\u{a0}: {least} ou plus.";
    update: "Update the total", "Recalculer le total";
    update_first: "You have changed a choice. Update the total before you pledge.", "Vous avez modifié un choix. Recalculez le total avant de contribuer.";
    total: "Total", "Total";
    total_open: "Nothing chosen yet", "Rien n’est encore choisi";
    total_refused: "One choice needs another look", "Un choix est à revoir";
    including_shipping(amount): "{amount} of it for shipping", "dont {amount} de livraison";
}

// The checkout's form: who pledges, and with what.
words! {
    you: "How to reach you", "Pour vous joindre";
    email: "E-mail", "E-mail";
    email_hint: "Your receipt goes there, with a link to change or cancel your pledge.", "Votre reçu y est envoyé, avec un lien pour modifier ou annuler votre contribution.";
    have_account: "I have an account", "J’ai un compte";
    pledging_as(email): "You pledge as {email}.", "Vous contribuez avec l’adresse {email}.";
    card: "Your card", "Votre carte";
    sandbox: "Test cards only.", "Cartes de test uniquement.";
    sandbox_text: "This site runs in a sandbox: no money moves. Never type a real card here.", "Ce site fonctionne en mode test\u{a0}: aucun argent ne circule. N’indiquez jamais une vraie carte ici.";
    card_entry_text: "Your card goes straight to Stripe, who keeps it for us. This site never sees its number.", "Votre carte est transmise directement à Stripe, qui la conserve pour nous. Ce site n’en voit jamais le numéro.";
    card_entry_needs: "Cards are entered in Stripe’s own form, which needs scripts. Please allow them for this page.", "La carte se saisit dans le formulaire de Stripe, qui a besoin de scripts. Merci de les autoriser pour cette page.";
    card_entry_sorry: "Stripe’s form does not answer right now. Please try again in a minute.", "Le formulaire de Stripe ne répond pas pour l’instant. Merci de réessayer dans une minute.";
    bank_needs: "Your bank is asked by Stripe’s own script. Please allow scripts for this page.", "Votre banque est interrogée par le script de Stripe. Merci d’autoriser les scripts pour cette page.";
    card_number: "Card number", "Numéro de carte";
    card_expiry: "Expiry", "Expiration";
    card_expiry_hint: "Month and year: 12/29", "Mois et année\u{a0}: 12/29";
    card_code: "Security code", "Cryptogramme";
    card_code_hint: "Three digits", "Trois chiffres";
    test_cards: "Test cards and what they do", "Les cartes de test et leur effet";
    test_card_success: "Saved now, charged at the deadline", "Enregistrée, puis débitée à l’échéance";
    test_card_decline: "Declined at once", "Refusée aussitôt";
    test_card_decline_later: "Saved now, declined at the deadline", "Enregistrée, puis refusée à l’échéance";
    test_card_authenticate: "Saved after you confirm at the bank", "Enregistrée après votre accord auprès de la banque";
    test_card_authenticate_later: "Saved now, to be confirmed at the deadline", "Enregistrée, puis à confirmer à l’échéance";
    // Where no deadline is waited for.
    test_card_success_now: "Charged at once", "Débitée aussitôt";
    test_card_decline_now: "Saved, then declined when charged", "Enregistrée, puis refusée au débit";
    test_card_authenticate_now: "Charged after you confirm at the bank", "Débitée après votre accord auprès de la banque";
    test_card_authenticate_charge: "Saved, then to be confirmed when charged", "Enregistrée, puis à confirmer au débit";
    use_card: "Use", "Utiliser";
    /// Continues the button for who does not see the number beside it.
    use_card_ending(digits): "the card ending in {digits}", "la carte se terminant par {digits}";
    nothing_today: "Nothing is charged today.", "Rien n’est débité aujourd’hui.";
    submit(total): "Pledge {total}", "Promettre {total}";
    submit_open: "Pledge now", "Contribuer";
}

// What stands in for the checkout.
words! {
    own_title: "You already back this campaign", "Vous soutenez déjà cette campagne";
    own_text: "There is one pledge per backer and campaign. You can change or cancel yours while the campaign is live.", "Chacun a une seule contribution par campagne. Vous pouvez modifier ou annuler la vôtre tant que la campagne est en cours.";
    closed_title: "This campaign takes no pledges", "Cette campagne ne reçoit pas de contributions";
    discover_others: "Discover other campaigns", "Découvrir d’autres campagnes";
}

// The page of one pledge.
words! {
    thanks_title(title): "Thank you for backing {title}", "Merci de soutenir {title}";
    bank_title: "Your bank asks for a confirmation", "Votre banque demande une confirmation";
    page_title(title): "Your pledge to {title}", "Votre contribution à {title}";
    next: "What happens next", "Et maintenant";
    next_mail(email): "A receipt is on its way to {email}.", "Un reçu est en route vers {email}.";
    next_charge(deadline): "Your card is charged on {deadline}, and only if the goal is met.", "Votre carte est débitée le {deadline}, et seulement si l’objectif est atteint.";
    next_charge_met(deadline): "The goal is met: your card is charged on {deadline}.", "L’objectif est atteint\u{a0}: votre carte est débitée le {deadline}.";
    next_change: "Until then you can change or cancel your pledge here.", "D’ici là, vous pouvez modifier ou annuler votre contribution ici.";
    next_delivery(month): "Delivery is planned for {month}.", "La livraison est prévue pour {month}.";
    demo_letter: "Read the letter in the mailbox of the demonstration", "Lire la lettre dans la boîte de la démonstration";
    private_link: "Your private link", "Votre lien privé";
    private_link_text: "You pledged without an account, so this link is the key to your pledge. Keep it, and give it to nobody.", "Vous avez contribué sans compte\u{a0}: ce lien est la clé de votre contribution. Conservez-le et ne le donnez à personne.";
    private_link_label: "Address of this pledge", "Adresse de cette contribution";
    make_account_text: "With an account of the same e-mail, all your pledges are in one place.", "Avec un compte à la même adresse e-mail, toutes vos contributions sont réunies.";
    make_account: "Create an account", "Créer un compte";
    share: "Tell others", "En parler autour de vous";
    receipt: "Your pledge", "Votre contribution";
    fact_state: "State", "État";
    fact_placed: "Placed", "Date";
    fact_destination: "Goes to", "Destination";
    fact_card: "Card", "Carte";
    card_ending(digits): "ending in {digits}", "se terminant par {digits}";
    fact_email: "Letters go to", "Lettres envoyées à";
    fact_deadline: "Deadline", "Échéance";
    changed: "Your pledge is changed.", "Votre contribution est modifiée.";
    cancelled: "Your pledge is cancelled.", "Votre contribution est annulée.";
    cancelled_text: "Nothing was charged, and nothing will be.", "Rien n’a été débité, et rien ne le sera.";
    expired_text: "The card was not confirmed within 30 minutes, so nothing was charged and the rewards were given back.", "La carte n’a pas été confirmée dans les 30 minutes\u{a0}: rien n’a été débité et les contreparties ont été rendues.";
    collected_title: "Your card was charged.", "Votre carte a été débitée.";
    collected_text(total): "{total} were collected for the campaign.", "{total} ont été prélevés pour la campagne.";
    fix_title: "Your card was declined", "Votre carte a été refusée";
    fix_text(total, until): "{total} could not be charged. Another card, or the same one once your bank agrees, keeps your pledge. Please see to it by {until}; then the pledge is dropped.", "{total} n’ont pas pu être débités. Une autre carte, ou la même avec l’accord de votre banque, sauve votre contribution. Merci d’agir avant le {until}\u{a0}; ensuite, elle est abandonnée.";
    fix_submit(total): "Pay {total} now", "Payer {total} maintenant";
    fix_bank_title: "Your bank wants you to confirm", "Votre banque demande votre accord";
    fix_bank_text(total, until): "Your bank asks you to confirm the charge of {total}. Please do it by {until}; then the pledge is dropped.", "Votre banque vous demande d’approuver le débit de {total}. Merci de le faire avant le {until}\u{a0}; ensuite, la contribution est abandonnée.";
    fix_other_card: "Use another card", "Utiliser une autre carte";
    dropped_text: "The card could not be charged in time, so nothing was paid and there is no reward.", "La carte n’a pas pu être débitée à temps\u{a0}: rien n’a été payé et il n’y a pas de contrepartie.";
    refunded_title: "Your pledge was refunded.", "Votre contribution a été remboursée.";
    refunded_text: "The money went back to the card that was charged. A bank takes up to ten days to show it.", "L’argent est retourné sur la carte débitée. Il faut jusqu’à dix jours à une banque pour l’afficher.";
    again: "Make a new pledge", "Faire une nouvelle contribution";
}

// The sandbox's bank, changing and cancelling.
words! {
    bank_text(total): "The card you used asks its holder to confirm {total} at the bank.", "La carte utilisée demande à son titulaire de confirmer {total} auprès de la banque.";
    bank_limit: "Please confirm within 30 minutes. Until then your rewards are held for you, but the pledge does not count yet.", "Merci de confirmer dans les 30 minutes. D’ici là, vos contreparties vous sont réservées, mais la contribution ne compte pas encore.";
    bank_sandbox: "This is the sandbox’s bank: one button, no money.", "Ceci est la banque fictive du mode test\u{a0}: un bouton, pas d’argent.";
    bank_confirm: "Confirm the card", "Confirmer la carte";
    change: "Change your pledge", "Modifier votre contribution";
    change_before(total): "Your pledge is now {total}.", "Votre contribution est actuellement de {total}.";
    change_submit(total): "Change to {total}", "Passer à {total}";
    change_submit_open: "Change the pledge", "Modifier la contribution";
    change_card: "Your card stays the same.", "Votre carte reste la même.";
    cancel: "Cancel your pledge", "Annuler votre contribution";
    cancel_text: "Your rewards become free for others, and your card is not charged. This cannot be undone, but you can pledge again while rewards last.", "Vos contreparties redeviennent disponibles et votre carte n’est pas débitée. C’est définitif, mais vous pourrez contribuer à nouveau tant qu’il reste des contreparties.";
    cancel_paid_text: "What was charged goes back to your card. This cannot be undone.", "La somme débitée est rendue sur votre carte. C’est définitif.";
    cancel_submit: "Yes, cancel the pledge", "Oui, annuler la contribution";
    last_day_ahead: "In the last 24 hours a pledge cannot be lowered or cancelled if that would drop the campaign below its goal.", "Dans les dernières 24 heures, une contribution ne peut être ni réduite ni annulée si l’objectif n’était alors plus atteint.";
    last_day: "The last 24 hours have begun.", "Les dernières 24 heures ont commencé.";
    last_day_text: "The goal is met. A pledge can still be raised, but not lowered or cancelled if that would drop the campaign below its goal.", "L’objectif est atteint. Une contribution peut encore augmenter, mais ni baisser ni être annulée si l’objectif n’était alors plus atteint.";
    is_closed: "The campaign has ended, so this pledge stays as it is.", "La campagne est terminée\u{a0}: cette contribution reste en l’état.";
}

// One's own pledges.
words! {
    mine_title: "My pledges", "Mes contributions";
    welcome_title: "Your account is ready.", "Votre compte est prêt.";
    welcome_text: "Pledges you made with this e-mail before are here too.", "Les contributions déjà faites avec cette adresse sont ici aussi.";
    none_title: "No pledges yet", "Pas encore de contributions";
    none_text: "What you back appears here, with everything you can change.", "Ce que vous soutenez apparaît ici, avec tout ce que vous pouvez modifier.";
    placed_on(date): "Placed on {date}", "Faite le {date}";
    no_reward: "Without a reward", "Sans contrepartie";
}

counted! {
    mine_count: "{n} pledge" | "{n} pledges", "{n} contribution" | "{n} contributions";
}
