//! What comes of a campaign's being shown elsewhere, for who shows it and for who runs it.

words! {
    stale_cart: "This link is too old, or was changed on the way, so nothing is chosen yet. Choose again below.", "Ce lien est trop ancien ou a été modifié en route\u{a0}; rien n’est donc encore choisi. Choisissez à nouveau ci-dessous.";
    count: "Count what comes of it", "Compter ce que cela apporte";
    count_text: "With a name of its own, your card is counted: how often it is seen, followed, and leads to a pledge. Nothing is kept of who looked. You need no account; with one, you find the figures among your embeds.", "Avec un nom à elle, votre carte est comptée\u{a0}: combien de fois elle est vue, suivie, et mène à une contribution. Rien n’est gardé de qui regarde. Aucun compte n’est nécessaire\u{a0}; avec un compte, vous trouvez les chiffres parmi vos intégrations.";
    make: "Give it a name", "Lui donner un nom";
    counted(name): "Counted as {name}. The name stands in everything below.", "Comptée sous le nom {name}. Ce nom figure dans tout ce qui suit.";
    see: "See your embeds", "Voir vos intégrations";
    own: "Your embeds", "Vos intégrations";
    own_lede: "Where you show campaigns, and what comes of it.", "Là où vous montrez des campagnes, et ce que cela apporte.";
    none: "No embeds yet", "Aucune intégration pour l’instant";
    none_text: "On a campaign’s embed page, ask for a name for your card: what comes of it is then shown here.", "Sur la page d’intégration d’une campagne, demandez un nom pour votre carte\u{a0}: ce qu’elle apporte s’affichera ici.";
    none_studio: "Nobody has asked for figures yet: cards without a name are not counted.", "Personne n’a encore demandé de chiffres\u{a0}: les cartes sans nom ne sont pas comptées.";
    outcome: "What comes of it", "Ce que cela apporte";
    name: "Name", "Nom";
    campaign: "Campaign", "Campagne";
    since: "Since", "Depuis";
    views: "Seen", "Vues";
    clicks: "Followed", "Suivies";
    pledges: "Pledges", "Contributions";
    how: "Seen: cards sent whole, not those that a browser kept. Followed: ways taken to the campaign or its checkout. Pledges: those that came this way and stand. Badges are not counted. The figures may be a few seconds late.", "Vues\u{a0}: cartes envoyées en entier, sans celles que le navigateur avait gardées. Suivies\u{a0}: passages vers la campagne ou le paiement. Contributions\u{a0}: celles venues par là et toujours valables. Les badges ne sont pas comptés. Les chiffres peuvent avoir quelques secondes de retard.";
}
