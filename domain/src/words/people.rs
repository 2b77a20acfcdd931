//! Who works on a campaign, invitations, and links to previews.

// Rights.
words! {
    right_own: "Owner", "Propriétaire";
    right_edit_page: "Edit the page", "Modifier la page";
    right_edit_rewards: "Edit rewards", "Modifier les contreparties";
    right_see_backers: "See backers", "Voir les contributeurs";
    right_see_money: "See money", "Voir l’argent";
    right_manage_people: "Manage people", "Gérer l’équipe";
    right_own_text: "Everything, also the terms, the launch, the end and refunds", "Tout, y compris les conditions, le lancement, la fin et les remboursements";
    right_edit_page_text: "Title, story and pictures", "Titre, présentation et images";
    right_edit_rewards_text: "Rewards, add-ons and their secret links", "Contreparties, options et leurs liens secrets";
    right_see_backers_text: "Who has pledged what, with e-mail addresses", "Qui a contribué et pour quoi, avec les adresses e-mail";
    right_see_money_text: "The books, line by line", "Les comptes, ligne par ligne";
    right_manage_people_text: "Invite others, and give or take the rights that one has", "Inviter d’autres personnes, donner ou retirer les droits que l’on a";
}

// What is refused; see `domain::people::problem`.
words! {
    lacks(right): "You work on this campaign, but not with the right that this needs: “{right}”. Somebody who manages its people can give it to you.", "Vous travaillez sur cette campagne, mais sans le droit nécessaire\u{a0}: «\u{a0}{right}\u{a0}». Une personne qui gère l’équipe peut vous le donner.";
    no_right: "Please tick at least one right. To take every right away, remove the person.", "Merci de cocher au moins un droit. Pour retirer tous les droits, retirez la personne.";
    not_yours_to_give: "You can only give and take rights that you have yourself.", "Vous ne pouvez donner ou retirer que des droits que vous avez vous-même.";
    last_owner: "A campaign always has an owner, and this is the last one. Make somebody else an owner first.", "Une campagne a toujours un propriétaire, et c’est le dernier. Donnez d’abord ce droit à quelqu’un d’autre.";
    already_here: "Whoever has this address works on the campaign already.", "La personne qui a cette adresse travaille déjà sur la campagne.";
    nobody: "Please choose somebody who works on this campaign.", "Merci de choisir quelqu’un qui travaille sur cette campagne.";
    many_letters: "Many invitations have been sent just now. Please try again later.", "Beaucoup d’invitations viennent d’être envoyées. Merci de réessayer plus tard.";
    other_address: "This invitation was sent to another address than the one you are signed in with.", "Cette invitation a été envoyée à une autre adresse que celle de votre compte.";
    invitation_gone: "This invitation is no longer good: it was answered, withdrawn, sent again, or has waited for more than a week.", "Cette invitation n’est plus valable\u{a0}: on y a répondu, elle a été retirée ou renvoyée, ou elle a attendu plus d’une semaine.";
}

// The page of a campaign's people.
words! {
    people: "People", "Équipe";
    people_lede: "Everybody who works on this campaign, and what each of them may do.", "Tous ceux qui travaillent sur cette campagne, et ce que chacun peut faire.";
    you: "you", "vous";
    gets_letters: "Gets the letters about the campaign and its money", "Reçoit les courriers sur la campagne et son argent";
    rights: "Rights", "Droits";
    change_rights: "Change rights", "Modifier les droits";
    change_rights_of(name): "Rights of {name}", "Droits de {name}";
    save_rights: "Save the rights", "Enregistrer les droits";
    remove: "Remove", "Retirer";
    remove_text(name): "{name} loses every right at once. What they wrote stays.", "{name} perd aussitôt tous ses droits. Ce qui a été écrit reste.";
    leave: "Leave this campaign", "Quitter cette campagne";
    leave_text: "You lose every right at once. To come back, you have to be invited again.", "Vous perdez aussitôt tous vos droits. Pour revenir, il faudra vous inviter à nouveau.";
    leave_submit: "Yes, leave", "Oui, quitter";
    left: "You have left the campaign.", "Vous avez quitté la campagne.";
    hand_over: "Hand the campaign over", "Transmettre la campagne";
    hand_over_text: "Somebody else becomes its owner in your place: their name stands on the page, and letters and money go to them. You keep the other rights until they take them.", "Une autre personne en devient propriétaire à votre place\u{a0}: son nom figure sur la page, les courriers et l’argent lui reviennent. Vous gardez les autres droits jusqu’à ce qu’on vous les retire.";
    hand_over_to: "To whom", "À qui";
    hand_over_sure: "I want to hand this campaign over. I cannot take it back myself.", "Je veux transmettre cette campagne. Je ne pourrai pas la reprendre moi-même.";
    hand_over_submit: "Yes, hand it over", "Oui, transmettre";
    choose: "Please choose", "Choisir";
    invite: "Invite somebody", "Inviter quelqu’un";
    invite_text: "They get a letter with a link that works for seven days.", "La personne reçoit un courrier avec un lien valable sept jours.";
    invite_email: "E-mail", "E-mail";
    invite_submit: "Send the invitation", "Envoyer l’invitation";
    invitations: "Invitations without an answer", "Invitations sans réponse";
    expires: "good until", "valable jusqu’au";
    is_over: "no longer good", "n’est plus valable";
    send_again: "Send again", "Renvoyer";
    withdraw: "Withdraw", "Annuler";
    trail: "What was done", "Ce qui a été fait";
    by_link: "By the link of the letter", "Par le lien du courrier";
    done: "It is done.", "C’est fait.";
    reading_only: "You see the people of this campaign. To change anything here, one has to manage people.", "Vous voyez l’équipe de cette campagne. Pour y changer quelque chose, il faut pouvoir gérer l’équipe.";
    part_locked: "You can read this part. Changing it needs another right.", "Vous pouvez lire cette partie. La modifier demande un autre droit.";
}

// What was done.
words! {
    event_invited: "Invited", "Invitation envoyée";
    event_invited_again: "Invited again", "Invitation renvoyée";
    event_withdrawn: "Invitation withdrawn", "Invitation annulée";
    event_accepted: "Invitation accepted", "Invitation acceptée";
    event_declined: "Invitation declined", "Invitation refusée";
    event_rights_changed: "Rights changed", "Droits modifiés";
    event_removed: "Removed", "Retrait";
    event_left: "Left", "Départ";
    event_handed_over: "Handed over", "Campagne transmise";
    event_preview_made: "Preview link made", "Lien d’aperçu créé";
    event_preview_revoked: "Preview link revoked", "Lien d’aperçu révoqué";
}

// The page that an invitation leads to.
words! {
    invited_title(title): "Work on {title}", "Travailler sur {title}";
    invited_by(by): "{by} invites you to work on this campaign. You would get these rights:", "{by} vous invite à travailler sur cette campagne. Vous auriez ces droits\u{a0}:";
    invited_until: "The invitation is good until", "L’invitation est valable jusqu’au";
    accept: "Accept", "Accepter";
    decline: "Decline", "Refuser";
    sign_in_text: "To accept, sign in with the address that the letter came to; you come back here. Without an account, create one with that address and then open the letter’s link again.", "Pour accepter, connectez-vous avec l’adresse qui a reçu le courrier\u{a0}; vous reviendrez ici. Sans compte, créez-en un avec cette adresse, puis ouvrez à nouveau le lien du courrier.";
    other_text(email): "You are signed in as {email}, and this invitation was sent to another address. Sign out and in again with that one, or ask for an invitation of this one.", "Vous êtes connecté avec {email}, et cette invitation a été envoyée à une autre adresse. Reconnectez-vous avec celle-ci, ou demandez une invitation pour la vôtre.";
    gone_title: "This invitation is no longer good", "Cette invitation n’est plus valable";
    gone_text: "It was answered, withdrawn or sent again, or it has waited for more than a week. Ask for another one.", "On y a répondu, elle a été annulée ou renvoyée, ou elle a attendu plus d’une semaine. Demandez-en une autre.";
    declined_title: "You have declined", "Vous avez refusé";
    declined_text: "Nothing was shared with you, and the link works no more.", "Rien n’a été partagé avec vous, et le lien ne fonctionne plus.";
    joined: "Welcome: you work on this campaign now.", "Bienvenue\u{a0}: vous travaillez maintenant sur cette campagne.";
}

// Links to a preview.
words! {
    preview_link: "A link to the preview", "Un lien vers l’aperçu";
    preview_link_text: "Whoever has it reads the campaign as backers will, without an account, and can change nothing. It works until you revoke it, or until the launch.", "Qui l’a lit la campagne comme les contributeurs la verront, sans compte, et ne peut rien changer. Il fonctionne jusqu’à ce que vous le révoquiez, ou jusqu’au lancement.";
    preview_make: "Make a link", "Créer un lien";
    preview_renew: "Make another link", "Créer un autre lien";
    preview_renew_text: "Another link ends this one.", "Un autre lien met fin à celui-ci.";
    preview_revoke: "Revoke it", "Le révoquer";
    preview_made: "The link is there.", "Le lien est là.";
    preview_revoked: "The link works no more.", "Le lien ne fonctionne plus.";
    preview_notice: "This is a preview.", "Ceci est un aperçu.";
    preview_notice_text: "The campaign is not public yet, everything can still change, and nobody can pledge. Please pass the link on only as whoever gave it to you wants.", "La campagne n’est pas encore publique, tout peut encore changer, et personne ne peut contribuer. Merci de ne transmettre le lien que comme le souhaite qui vous l’a donné.";
    preview_of(title): "Preview: {title}", "Aperçu\u{a0}: {title}";
}
