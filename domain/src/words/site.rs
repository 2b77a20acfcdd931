//! The frame around every page, the home page, and what is said when a page
//! cannot be shown.

words! {
    name: "Pedestal", "Pedestal";
    skip: "Skip to content", "Aller au contenu";
    navigation: "Main navigation", "Navigation principale";
    discover: "Discover", "Découvrir";
    ending_soon: "Ending soon", "Bientôt terminées";
    search_label: "Search campaigns", "Rechercher une campagne";
    search: "Search", "Rechercher";
    language: "Language", "Langue";
    account_label: "Your account", "Votre compte";
    my_pledges: "My pledges", "Mes contributions";
    saved: "Saved", "Suivies";
    account: "Account", "Mon compte";
    page_title(page): "{page} · Pedestal", "{page} · Pedestal";
    loading: "Loading the page", "Chargement de la page";
    demo_notice: "This is a demonstration: its campaigns are invented or historic, the cards are play cards, and nothing is charged.", "Ceci est une démonstration : les campagnes sont inventées ou historiques, les cartes sont fictives et rien n’est débité.";
    demo_campaign: "This campaign is a demonstration: it is invented or historic, only play cards are taken, and nothing is charged.", "Cette campagne est une démonstration : elle est inventée ou historique, seules des cartes fictives sont acceptées et rien n’est débité.";
    demo_label: "Demonstration", "Démonstration";
}

// The foot of every page.
words! {
    footer: "About this site", "À propos de ce site";
    footer_story: "In 1885 a newspaper asked its readers to pay for a pedestal. More than 120,000 of them did, most with less than a dollar.", "En 1885, un journal demanda à ses lecteurs de payer un piédestal. Plus de 120\u{202f}000 le firent, la plupart avec moins d’un dollar.";
    footer_campaigns: "Campaigns", "Campagnes";
    footer_yours: "Yours", "Vous";
    footer_builders: "For builders", "Pour les développeurs";
    footer_api: "The API", "L’API";
    footer_feed: "Feed of new campaigns", "Fil des nouvelles campagnes";
    footer_successful: "Successful", "Réussies";
    footer_live: "Live now", "En cours";
    footer_rule: "Before you pledge, each campaign says when your card is charged.", "Avant que vous ne contribuiez, chaque campagne dit quand votre carte est débitée.";
}

// The home page.
words! {
    home_title: "Good ideas, paid\u{a0}for stone by stone", "De bonnes idées, financées pierre par pierre";
    home_lede: "Choose a campaign and pledge what you like. Each says when your card is charged.", "Choisissez une campagne et contribuez du montant qui vous convient. Chacune dit quand votre carte est débitée.";
    home_description: "Back campaigns and watch their pedestals rise. Each says when your card is charged.", "Soutenez des campagnes et voyez monter leur piédestal. Chacune dit quand votre carte est débitée.";
    home_featured: "Featured", "À la une";
    home_moving: "Moving right now", "En ce moment";
    home_ending: "Ending soon", "Bientôt terminées";
    home_popular: "Popular now", "Populaires en ce moment";
    home_newest: "Just launched", "Tout juste lancées";
    home_categories: "By category", "Par catégorie";
    home_historic: "From the first billion", "Du premier milliard";
    home_historic_lede: "Five campaigns from the first billion dollars that were pledged this way, with the figures they ended with.", "Cinq campagnes du premier milliard de dollars réuni de cette façon, avec leurs chiffres d’arrivée.";
    home_all: "See all", "Tout voir";
    home_all_of(shelf): "See all: {shelf}", "Tout voir : {shelf}";
    home_empty: "The ground is level", "Le terrain est prêt";
    home_empty_text: "This platform has just been set up. Campaigns appear here as soon as the first one is launched.", "Cette plateforme vient d’être installée. Les campagnes apparaîtront ici dès le lancement de la première.";
    home_pledge_for: "for", "pour";
    home_elsewhere: "Somewhere", "Quelque part";
}

// What is said when a page cannot be shown.
words! {
    not_found_title: "This page is not here", "Cette page n’est pas ici";
    not_found_text: "The address may be mistyped, or the page was taken down. Nothing of yours was lost.", "L’adresse est peut-être mal écrite, ou la page a été retirée. Rien de ce qui est à vous n’est perdu.";
    not_found_discover: "Discover campaigns", "Découvrir les campagnes";
    to_home: "Go to the home page", "Aller à l’accueil";
    error_title: "This page cannot be shown", "Cette page ne peut pas être affichée";
    error_again: "Try again", "Réessayer";
    forbidden_title: "This page is not open to you", "Cette page ne vous est pas ouverte";
    busy_title: "Very many people are here", "Il y a foule";
    sign_in_title: "Please sign in first", "Merci de vous connecter d’abord";
}

// Parts that several pages share.
words! {
    pager: "Pages", "Pages";
    previous_page: "Previous", "Précédente";
    next_page: "Next", "Suivante";
    page_of(page, pages): "Page {page} of {pages}", "Page {page} sur {pages}";
    optional: "optional", "facultatif";
    close: "Close", "Fermer";
}

counted! {
    campaigns_live: "{n} campaign live" | "{n} campaigns live", "{n} campagne en cours" | "{n} campagnes en cours";
    backers_so_far: "{n} backer so far" | "{n} backers so far", "{n} contributeur à ce jour" | "{n} contributeurs à ce jour";
}
