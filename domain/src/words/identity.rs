//! Who stands behind a campaign: what its creator states, and what the operator says.

// In the studio.
words! {
    section: "Who you are", "Qui vous êtes";
    lede: "Who stands behind the campaign, and answers for its promises. Only you and the operators of this site see it; it is the same for all your campaigns.", "Qui est derrière la campagne et répond de ses promesses. Vous seul et les opérateurs de ce site le voyez\u{a0}; c’est le même pour toutes vos campagnes.";
    check: "Who you are, for the operators", "Qui vous êtes, pour les opérateurs";
    kind: "You are", "Vous êtes";
    person: "A person", "Une personne";
    person_text: "You answer with your own name.", "Vous répondez en votre propre nom.";
    organisation: "An organisation", "Une organisation";
    organisation_text: "A company, an association or a public body, in whose name you act.", "Une entreprise, une association ou une collectivité, au nom de laquelle vous agissez.";
    name: "Legal name", "Nom légal";
    name_hint: "As it stands in official papers.", "Tel qu’il figure dans les documents officiels.";
    country: "Country", "Pays";
    address: "Postal address", "Adresse postale";
    address_hint: "Where a letter reaches you. It is shown to nobody but the operators.", "Là où un courrier vous parvient. Elle n’est montrée qu’aux opérateurs.";
    accepted: "I accept the rules: I tell the truth on my page, I answer my backers, and I deliver what I promise or give the money back.", "J’accepte les règles\u{a0}: je dis la vérité sur ma page, je réponds à mes contributeurs, et je livre ce que je promets ou je rends l’argent.";
    not_accepted: "Please accept the rules: without them there is no campaign.", "Merci d’accepter les règles\u{a0}: sans elles, pas de campagne.";
}

// Where it stands.
words! {
    stated: "Stated, not yet checked", "Déclaré, pas encore vérifié";
    stated_text: "An operator looks at it with the review. If you change it afterwards, it is looked at again.", "Un opérateur l’examine avec la relecture. Si vous le modifiez ensuite, il est examiné à nouveau.";
    verified: "Verified", "Vérifié";
    verified_text: "An operator has checked it. If you change it, it is looked at again.", "Un opérateur l’a vérifié. Si vous le modifiez, il est examiné à nouveau.";
    refused: "Could not be verified", "N’a pas pu être vérifié";
    refused_text: "Please correct it; the operator says:", "Merci de le corriger\u{a0}; l’opérateur précise\u{a0}:";
}

// For operators.
words! {
    unstated: "Nothing is stated yet.", "Rien n’est encore déclaré.";
    judge: "Check who it is", "Vérifier de qui il s’agit";
    judge_text: "Compare it with papers that you were shown, or with a public register. What you choose is shown to the creator.", "Comparez avec des documents qui vous ont été présentés ou avec un registre public. Votre choix est montré au porteur de la campagne.";
    verdict: "What you found", "Votre constat";
    says_verified: "It is right", "C’est exact";
    says_refused: "It could not be verified", "Cela n’a pas pu être vérifié";
    remark: "Remark", "Remarque";
    remark_hint: "What it was compared with, or what is missing. The creator reads it.", "À quoi cela a été comparé, ou ce qui manque. Le porteur de la campagne le lit.";
    say: "Save the finding", "Enregistrer le constat";
}
