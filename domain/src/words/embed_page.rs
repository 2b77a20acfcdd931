//! The page for bloggers: how a card looks, and what to paste.

words! {
    heading(title): "Embed {title}", "Intégrer «\u{a0}{title}\u{a0}»";
    text: "Show this campaign on your own page. The card moves with each pledge, takes readers to the checkout, and neither sets cookies nor follows anybody.", "Montrez cette campagne sur votre propre page. La carte bouge à chaque contribution, mène vos lecteurs au paiement, ne pose aucun cookie et ne suit personne.";
    back: "Back to the campaign", "Retour à la campagne";
    look: "How it looks", "L’apparence";
    layout: "Layout", "Disposition";
    layout_card: "Card with picture", "Carte avec image";
    layout_compact: "Compact card", "Carte compacte";
    layout_bar: "One line", "Une ligne";
    layout_button: "A button", "Un bouton";
    theme: "Colours", "Couleurs";
    theme_auto: "As the reader’s device has it", "Selon l’appareil du lecteur";
    theme_light: "Light", "Claires";
    theme_dark: "Dark", "Sombres";
    size: "Text", "Texte";
    size_small: "Small", "Petit";
    size_medium: "Medium", "Moyen";
    size_large: "Large", "Grand";
    language: "Language", "Langue";
    language_own: "The campaign’s own", "Celle de la campagne";
    accent: "Colour of bar and button", "Couleur de la barre et du bouton";
    accent_own: "A colour of my own", "Une couleur à moi";
    show: "Show it", "Afficher";
    preview: "Preview", "Aperçu";
    preview_light: "On a light page", "Sur une page claire";
    preview_dark: "On a dark page", "Sur une page sombre";
    preview_pattern: "On a pattern", "Sur un motif";
    paste: "What to paste", "À copier";
    copy: "Copy", "Copier";
    link: "WordPress, Ghost and others that take a link", "WordPress, Ghost et tous ceux qui acceptent un lien";
    link_hint: "Paste it on a line of its own; the card appears in its place.", "Collez-le seul sur une ligne\u{a0}; la carte prend sa place.";
    frame: "A frame, for any page", "Un cadre, pour toute page";
    frame_hint: "One request and no script on your page.", "Une seule requête, et aucun script sur votre page.";
    element: "A custom element, for your own design", "Un élément HTML, pour votre propre style";
    element_hint: "Cards share one connection, and tell your page of changes with the event funding-change. With a Content-Security-Policy, allow this site in script-src, connect-src, img-src and form-action. With target=\"_self\" what is followed opens in the same tab. This version never changes; /embed.js is always the newest.", "Les cartes partagent une connexion et préviennent votre page par l’événement funding-change. Avec une Content-Security-Policy, autorisez ce site dans script-src, connect-src, img-src et form-action. Avec target=\"_self\", ce que l’on suit s’ouvre dans le même onglet. Cette version ne change jamais\u{a0}; /embed.js est toujours la plus récente.";
    style: "Its style", "Son style";
    style_hint: "Your style sheet gives it colours by custom properties, and reaches its parts with ::part(…). The parts are card, picture, title, by, bar, fill, sum, facts, form and button; the properties are --accent, --on-accent, --paper, --ink, --soft, --line, --edge and --stone.", "Votre feuille de style lui donne des couleurs par des propriétés personnalisées et atteint ses parties par ::part(…). Les parties sont card, picture, title, by, bar, fill, sum, facts, form et button\u{a0}; les propriétés sont --accent, --on-accent, --paper, --ink, --soft, --line, --edge et --stone.";
    badge: "A badge, for README files, mails and forums", "Un badge, pour les README, courriels et forums";
    badge_hint: "A picture that is drawn anew every half minute at most.", "Une image redessinée au plus toutes les demi-minutes.";
    markdown: "Markdown", "Markdown";
    html: "HTML", "HTML";
    amp: "AMP", "AMP";
    amp_hint: "For pages that have to be valid AMP. Their head needs the script of amp-iframe once, as below.", "Pour les pages qui doivent être du AMP valide. Leur en-tête demande une fois le script d’amp-iframe, comme ci-dessous.";
    amp_script: "AMP, in the head", "AMP, dans l’en-tête";
    amp_script_hint: "Once on each page, however many frames it has.", "Une fois par page, quel que soit le nombre de cadres.";
}
