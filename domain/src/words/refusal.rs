//! Why a whole request is refused.

words! {
    campaign_not_live(state): "This campaign takes no pledges now: it is {state}. Nothing was charged.", "Cette campagne ne reçoit pas de contributions : elle est {state}. Rien n’a été débité.";
    deadline_passed(deadline): "This campaign ended on {deadline}, before your pledge reached us. Nothing was charged.", "Cette campagne s’est terminée le {deadline}, avant l’arrivée de votre contribution. Rien n’a été débité.";
    would_sink_goal: "In the last 24 hours a pledge cannot be lowered or cancelled if that would drop the campaign below its goal. Your pledge stays as it is.", "Dans les dernières 24 heures, une contribution ne peut être ni réduite ni annulée si l’objectif n’était alors plus atteint. Votre contribution reste inchangée.";
    total_changed(total): "The total is now {total}: a price or the stock changed while you were reading. Please look at it again before you confirm.", "Le total est maintenant de {total} : un prix ou le stock a changé pendant votre lecture. Merci de le revoir avant de confirmer.";
    already_pledged: "You already have a pledge on this campaign. You can change it instead.", "Vous avez déjà une contribution à cette campagne. Vous pouvez la modifier.";
    pledge_ended: "This pledge was cancelled before. You can make a new one.", "Cette contribution a déjà été annulée. Vous pouvez en faire une nouvelle.";
    key_reused: "This form was already sent with other choices. Please open the page again.", "Ce formulaire a déjà été envoyé avec d’autres choix. Merci de rouvrir la page.";
    busy(seconds): "Very many people are pledging right now. Nothing was charged; please try again in {seconds} seconds.", "Énormément de personnes contribuent en ce moment. Rien n’a été débité ; merci de réessayer dans {seconds} secondes.";
    signed_out: "Please sign in first.", "Merci de vous connecter d’abord.";
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
    back_home: "Back to the first page", "Retour à l’accueil";
}
