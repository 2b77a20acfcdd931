//! Sign-up, sign-in and account pages.

words! {
    sign_in: "Sign in", "Se connecter";
    sign_out: "Sign out", "Se déconnecter";
    sign_up: "Create an account", "Créer un compte";
    name: "Name", "Nom";
    name_hint: "As others may see it. You can leave out your family name.", "Tel que les autres peuvent le voir. Le nom de famille n’est pas nécessaire.";
    email: "E-mail", "E-mail";
    password: "Password", "Mot de passe";
    password_hint(least): "At least {least} characters. A few words in a row are good.", "Au moins {least} caractères. Quelques mots à la suite conviennent bien.";
}

// Signing up and in.
words! {
    sign_up_lede: "Your pledges in one place, and a reason to come back.", "Vos contributions réunies, et une raison de revenir.";
    sign_up_guest: "If you have pledged as a guest, use the same e-mail: those pledges become yours.", "Si vous avez contribué sans compte, utilisez la même adresse\u{a0}: ces contributions deviendront les vôtres.";
    has_account: "You have an account already?", "Vous avez déjà un compte\u{a0}?";
    has_no_account: "No account yet?", "Pas encore de compte\u{a0}?";
    guest_text: "You can also pledge without one: an e-mail address is enough.", "Vous pouvez aussi contribuer sans compte\u{a0}: une adresse e-mail suffit.";
    sent_title: "Look into your mailbox", "Consultez votre boîte de réception";
    sent_text: "We have written to the address you gave. The letter holds a link that works for a day.", "Nous avons écrit à l’adresse indiquée. La lettre contient un lien valable une journée.";
    sent_nothing: "No letter after a few minutes? Look among unwanted mail, or try again.", "Pas de lettre après quelques minutes\u{a0}? Regardez parmi les indésirables, ou réessayez.";
    sent_again: "Use another address", "Utiliser une autre adresse";
    open_mailbox: "Open the mailbox of the demonstration", "Ouvrir la boîte de la démonstration";
    sign_in_lede: "Welcome back.", "Heureux de vous revoir.";
    demo_account: "An account to try", "Un compte pour essayer";
    demo_account_text(email, password): "{email} with the password {password}", "{email} avec le mot de passe {password}";
    next_kept: "After that you are back where you were.", "Vous retrouverez ensuite la page où vous étiez.";
    sign_in_first: "Please sign in first", "Merci de vous connecter d’abord";
    sign_in_first_text: "This page belongs to somebody’s account. You come back here afterwards.", "Cette page appartient à un compte. Vous y reviendrez ensuite.";
    confirm_title: "Confirm your e-mail", "Confirmer votre adresse";
    confirm_text: "Please enter the password you chose when you signed up, and your account is ready on this browser.", "Saisissez le mot de passe choisi à l’inscription, et votre compte est prêt dans ce navigateur.";
    confirm_not_yours: "Somebody else signed up with your address, or you no longer know the password? Then ask for a letter of your own. Once you confirm that one, this one opens nothing.", "Quelqu’un d’autre s’est inscrit avec votre adresse, ou vous n’avez plus le mot de passe\u{a0}? Demandez alors votre propre lettre. Dès que vous l’aurez confirmée, celle-ci n’ouvrira plus rien.";
    confirm_submit: "Confirm and sign in", "Confirmer et me connecter";
    confirm_stale_title: "This link no longer works", "Ce lien ne fonctionne plus";
    confirm_stale_text: "A link works once and for a day. If your account is ready already, sign in; else ask for a new letter.", "Un lien sert une fois, pendant une journée. Si votre compte est déjà prêt, connectez-vous\u{a0}; sinon demandez une nouvelle lettre.";
    confirm_stale_again: "Ask for a new letter", "Demander une nouvelle lettre";
}

// The account page.
words! {
    account_title: "Your account", "Votre compte";
    my_pledges: "My pledges", "Mes contributions";
    sessions: "Where you are signed in", "Vos connexions";
    sessions_text: "End what you do not know. That browser has to sign in again.", "Fermez ce que vous ne reconnaissez pas\u{a0}: ce navigateur devra se connecter à nouveau.";
    this_browser: "This browser", "Ce navigateur";
    unknown_browser: "A browser that does not say", "Un navigateur qui ne se nomme pas";
    browser_on(browser, system): "{browser} on {system}", "{browser} sur {system}";
    last_seen: "Last seen", "Dernier passage\u{a0}:";
    signed_in_on(date): "signed in on {date}", "connecté le {date}";
    end_session: "End", "Fermer";
    /// Continues the button for who does not see the line beside it.
    end_session_of(device): "the session of {device}", "la session de {device}";
    tokens: "Tokens of the API", "Jetons de l’API";
    tokens_text: "A token lets a program pledge in your name. Its secret is shown once.", "Un jeton permet à un programme de contribuer en votre nom. Son secret n’est montré qu’une fois.";
    api_docs: "Reference of the API", "Documentation de l’API";
    no_tokens: "You have no tokens.", "Vous n’avez pas de jeton.";
    token_name: "Name of the token", "Nom du jeton";
    token_name_hint: "What it is for, such as “Weekly report”.", "À quoi il sert, par exemple «\u{a0}Rapport hebdomadaire\u{a0}».";
    create_token: "Create a token", "Créer un jeton";
    token_made: "Your new token", "Votre nouveau jeton";
    token_made_text: "Copy it now: it is not shown again.", "Copiez-le maintenant\u{a0}: il ne sera plus montré.";
    token_created(date): "created on {date}", "créé le {date}";
    token_never_used: "never used", "jamais utilisé";
    token_used: "last used", "dernier usage\u{a0}:";
    revoke: "Revoke", "Révoquer";
    /// Continues the button for who does not see the line beside it.
    revoke_of(name): "the token {name}", "le jeton {name}";
}

// The mailbox of a demonstration.
words! {
    mailbox_title: "Mailbox of the demonstration", "Boîte de la démonstration";
    mailbox_text: "A demonstration sends no mail. What it would have sent is kept here, for anyone to read.", "Une démonstration n’envoie pas de courrier. Ce qu’elle aurait envoyé est conservé ici, lisible par tous.";
    mailbox_to: "Letters to", "Lettres à";
    mailbox_show: "Show", "Afficher";
    mailbox_all: "All letters", "Toutes les lettres";
    mailbox_none: "No letters", "Pas de lettres";
    mailbox_none_text: "Sign up or pledge, and a letter appears here.", "Inscrivez-vous ou contribuez, et une lettre apparaîtra ici.";
    letter_to(email): "To {email}", "À {email}";
}
