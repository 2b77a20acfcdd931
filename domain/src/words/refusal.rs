//! Why a whole request is refused.

words! {
    campaign_not_live(state): "This campaign takes no pledges now: it is {state}. Nothing was charged.", "Cette campagne ne reçoit pas de contributions : elle est {state}. Rien n’a été débité.";
    deadline_passed(deadline): "This campaign ended on {deadline}, before your pledge reached us. Nothing was charged.", "Cette campagne s’est terminée le {deadline}, avant l’arrivée de votre contribution. Rien n’a été débité.";
    would_sink_goal: "In the last 24 hours a pledge cannot be lowered or cancelled if that would drop the campaign below its goal. Your pledge stays as it is.", "Dans les dernières 24 heures, une contribution ne peut être ni réduite ni annulée si l’objectif n’était alors plus atteint. Votre contribution reste inchangée.";
    total_changed(total): "The total has changed: it is now {total}. Please look at it again before you confirm.", "Le total a changé\u{a0}: il est maintenant de {total}. Merci de le revoir avant de confirmer.";
    already_pledged: "You already have a pledge on this campaign. You can change it instead.", "Vous avez déjà une contribution à cette campagne. Vous pouvez la modifier.";
    pledge_ended: "This pledge was cancelled before. You can make a new one.", "Cette contribution a déjà été annulée. Vous pouvez en faire une nouvelle.";
    card_not_wanted: "This pledge needs no other card now. Nothing was charged.", "Cette contribution n’a pas besoin d’une autre carte. Rien n’a été débité.";
    being_charged: "This pledge’s card is being charged at this moment. Please look again in a minute.", "La carte de cette contribution est en cours de débit. Merci de revenir dans une minute.";
    already_charged: "This pledge’s card was charged, so the pledge cannot be taken back here. Please ask the creator for a refund.", "La carte de cette contribution a été débitée\u{a0}: elle ne peut plus être annulée ici. Merci de demander un remboursement au porteur de la campagne.";
    wrong_state(state): "This cannot be done with a campaign that is {state}.", "Cela ne se fait pas avec une campagne dont l’état est\u{a0}: {state}.";
    already_decided: "The campaign has reached its goal and counts on this pledge, so it can no longer be changed or taken back.", "La campagne a atteint son objectif et compte sur cette contribution\u{a0}: elle ne peut plus être modifiée ni annulée.";
    charged_at_once: "Pledges here are charged at once, so this one cannot be changed any more.", "Les contributions sont ici débitées tout de suite\u{a0}: celle-ci ne peut plus être modifiée.";
    nothing_to_refund: "Nothing of this pledge can be refunded: it was not charged, or all of it went back.", "Rien de cette contribution ne peut être remboursé\u{a0}: elle n’a pas été débitée, ou tout a déjà été rendu.";
    disputed: "The backer’s bank disputes this charge, so its money cannot be refunded now.", "La banque du contributeur conteste ce débit\u{a0}: il ne peut pas être remboursé pour le moment.";
    chargeback_decided: "The bank has already decided this dispute, and otherwise.", "La banque a déjà tranché ce litige, et autrement.";
    other_currency: "The amount is in another currency than the campaign.", "Le montant est dans une autre devise que la campagne.";
    payments_silent: "The payment service does not answer right now, so nothing was done. Please try again in a minute.", "Le service de paiement ne répond pas pour l’instant\u{a0}: rien n’a été fait. Merci de réessayer dans une minute.";
    not_confirmed: "The bank has not confirmed this charge, so nothing was paid. Please try again, or use another card.", "La banque n’a pas confirmé ce débit\u{a0}: rien n’a été payé. Merci de réessayer ou d’utiliser une autre carte.";
    key_reused: "This form was already sent with other choices. Please open the page again.", "Ce formulaire a déjà été envoyé avec d’autres choix. Merci de rouvrir la page.";
    busy(seconds): "Very many people are here right now. Nothing was done and nothing was charged; please try again in {seconds} seconds.", "Il y a énormément de monde en ce moment. Rien n’a été fait ni débité ; merci de réessayer dans {seconds} secondes.";
    signed_out: "Please sign in first.", "Merci de vous connecter d’abord.";
    session_ended: "Your session has ended. Please sign in again; what you chose is kept.", "Votre session a pris fin. Merci de vous reconnecter\u{a0}; vos choix sont conservés.";
    forbidden: "You may not do this.", "Vous ne pouvez pas faire cela.";
    not_found: "We could not find that.", "Nous ne l’avons pas trouvé.";
    too_fast(seconds): "That was a little fast. Please try again in {seconds} seconds.", "C’était un peu rapide. Merci de réessayer dans {seconds} secondes.";
    unexpected(reference): "Something broke on our side, and nothing was charged. If it happens again, tell us this reference: {reference}.", "Quelque chose s’est cassé de notre côté, et rien n’a été débité. Si cela se reproduit, indiquez-nous cette référence : {reference}.";
    offline: "We could not reach the server. What you typed is still here; please try again.", "Le serveur n’a pas répondu. Votre saisie est conservée ; merci de réessayer.";
    outdated: "This site was renewed while the page was open. Please load the page again.", "Ce site a été renouvelé pendant que la page était ouverte. Merci de recharger la page.";
    fields: "Some fields need another look.", "Certains champs sont à revoir.";
    foreign_origin: "This request came from another site, so nothing was done.", "Cette demande venait d’un autre site : rien n’a été fait.";
    too_large: "That was more than we can take, so nothing was done.", "C’était plus que nous ne pouvons recevoir : rien n’a été fait.";
    unreadable: "We could not read that request, so nothing was done.", "Nous n’avons pas pu lire cette demande : rien n’a été fait.";
    too_slow: "That took too long, so we stopped waiting. Before you try again, please look whether it was done all the same.", "Cela a pris trop de temps et nous n’avons plus attendu. Avant de réessayer, merci de vérifier si c’est tout de même fait.";
    too_many_streams: "Too many pages of your network follow campaigns live at once. Please close some and try again.", "Trop de pages de votre réseau suivent des campagnes en direct. Merci d’en fermer et de réessayer.";
    nothing_followed: "None of these campaigns is there to follow.", "Aucune de ces campagnes n’est là pour être suivie.";
    too_many_followed(most): "One page follows {most} campaigns at most.", "Une page suit {most} campagnes au plus.";
    back_home: "Back to the first page", "Retour à l’accueil";
}
