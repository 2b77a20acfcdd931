//! Signing in by a letter, and the new password that it leads to.

words! {
    forgotten: "You no longer know your password, or never chose one?", "Mot de passe oublié, ou jamais choisi\u{a0}?";
    by_letter: "Sign in by a letter", "Se connecter par une lettre";
    lede: "You need no password: we write to your address, and the letter’s link lets you in.", "Sans mot de passe\u{a0}: nous écrivons à votre adresse, et le lien de la lettre vous ouvre la porte.";
    send: "Send the letter", "Envoyer la lettre";
    with_password: "Sign in with your password instead", "Se connecter plutôt avec le mot de passe";
    sent_text: "We have written to the address you gave. The letter holds a link that works once, for half an hour. Only the newest letter counts.", "Nous avons écrit à l’adresse indiquée. La lettre contient un lien qui sert une fois, pendant une demi-heure. Seule la plus récente compte.";
    follow_title: "Sign in on this browser", "Se connecter dans ce navigateur";
    follow_text: "One press of the button, and you are in. There you can also choose a new password.", "Un seul bouton, et vous y êtes. Vous pourrez aussi y choisir un nouveau mot de passe.";
    stale_text: "A link works once and for half an hour, and a newer letter ends the one before.", "Un lien sert une fois, pendant une demi-heure, et une nouvelle lettre annule la précédente.";
}

// The password, on the account page.
words! {
    password: "Your password", "Votre mot de passe";
    password_text: "A new password signs you out of every other browser.", "Un nouveau mot de passe vous déconnecte de tous les autres navigateurs.";
    came_by_letter: "You came in by a letter, so for half an hour you need not know the password of before.", "Cette connexion vient d’une lettre\u{a0}: pendant une demi-heure, l’ancien mot de passe n’est pas demandé.";
    no_password: "You have no password. Let a letter sign you in once more, and you can choose one.", "Vous n’avez pas de mot de passe. Connectez-vous de nouveau par une lettre, et vous pourrez en choisir un.";
    shared: "Everybody may use this account, so its password stays.", "Tout le monde peut utiliser ce compte\u{a0}: son mot de passe reste le même.";
    old_password: "Password of now", "Mot de passe actuel";
    new_password: "New password", "Nouveau mot de passe";
    set_password: "Set the new password", "Enregistrer le nouveau mot de passe";
    is_set: "Your new password is set", "Votre nouveau mot de passe est enregistré";
    is_set_text: "You are signed out of every other browser.", "Tous les autres navigateurs sont déconnectés.";
    not_the_old_password: "This is not the password of now.", "Ce n’est pas le mot de passe actuel.";
}
