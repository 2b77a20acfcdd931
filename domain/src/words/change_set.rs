//! Changes of a live campaign's page, looked at before they are published.

words! {
    title_of(title): "Changes: {title}", "Modifications\u{a0}: {title}";
    text: "The page as visitors would read it. What differs from what they read now is marked.", "La page telle que les visiteurs la liraient. Ce qui diffère de ce qu’ils lisent maintenant est signalé.";
    look: "Preview, plan, ask for a yes…", "Aperçu, programmation, validation…";
    preview: "The page with its changes", "La page avec ses modifications";
    mark_new: "New", "Nouveau";
    mark_changed: "Changed", "Modifié";
    mark_gone: "Removed", "Supprimé";
    nothing: "Nothing waits to be published", "Rien n’attend d’être publié";
    nothing_text: "What is written on the page is what visitors read.", "Ce qui est écrit sur la page est ce que lisent les visiteurs.";
    not_live: "Only the page of a live campaign is published in parts", "Seule la page d’une campagne en cours se publie par étapes";
}

// What can be done.
words! {
    publish_title: "Publish it now", "Publier maintenant";
    schedule: "Publish it at a time", "Publier à une date";
    schedule_text(zone): "By the clock of {zone}. What is published then is the page as it is now; what is written afterwards waits for the next time.", "À l’heure de {zone}. Ce qui est publié alors est la page telle qu’elle est maintenant\u{a0}; ce qui est écrit ensuite attend la prochaine fois.";
    date: "Date", "Date";
    time: "Time", "Heure";
    schedule_submit: "Publish it then", "Publier à cette date";
    ask: "Ask somebody else to approve it", "Demander la validation d’une autre personne";
    ask_text: "Whoever else may edit this page can say yes or no. With a yes it is published, at the time you give or else at once.", "Toute autre personne pouvant modifier cette page peut accepter ou refuser. Une fois acceptée, elle est publiée à la date indiquée ou, sans date, aussitôt.";
    ask_submit: "Ask for approval", "Demander la validation";
    approve: "Approve", "Valider";
    approve_publishes: "With your yes it is published at once.", "Si vous acceptez, elle est publiée aussitôt.";
    send_back: "Return with a remark", "Renvoyer avec une remarque";
    remark: "What should be different", "Ce qui devrait changer";
    abort: "Take it back", "Retirer";
}

// Where a change set stands.
words! {
    asked(name): "{name} asks for approval", "{name} demande une validation";
    asked_text: "Somebody else who may edit this page has to say yes.", "Une autre personne pouvant modifier cette page doit accepter.";
    asked_timed(at): "With a yes it is published on {at}.", "Si elle est acceptée, elle est publiée le {at}.";
    scheduled(at): "It is published on {at}", "Publication le {at}";
    scheduled_text(name): "Planned by {name}.", "Programmée par {name}.";
    approved_by(name): "Approved by {name}.", "Validée par {name}.";
    returned(name): "{name} has returned the changes", "{name} a renvoyé les modifications";
    returned_text: "Nothing was published, and nothing of what is written is lost.", "Rien n’a été publié, et rien de ce qui est écrit n’est perdu.";
    refused: "The changes could not be published", "Les modifications n’ont pas pu être publiées";
    refused_text: "Nothing of them was published, and nothing of what is written is lost.", "Rien n’en a été publié, et rien de ce qui est écrit n’est perdu.";
    see: "Look at it", "Voir";
    done: "Done.", "C’est fait.";
    gone: "These changes do not wait any more: somebody has seen to them, or taken them back. Look again.", "Ces modifications n’attendent plus\u{a0}: quelqu’un s’en est occupé ou les a retirées. Regardez à nouveau.";
    lost_right: "Whoever wanted them published may no longer edit this page.", "La personne qui voulait les publier ne peut plus modifier cette page.";
    own: "Whoever asks cannot say yes as well.", "La personne qui demande ne peut pas aussi accepter.";
}
