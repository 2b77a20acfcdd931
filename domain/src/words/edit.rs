//! The page as its own editor, and its history.

// The bar, and what it says of the connection.
words! {
    page_title(title): "Edit: {title}", "Modifier\u{a0}: {title}";
    edit_page: "Edit this page", "Modifier cette page";
    edit_page_text: "Write on the page itself, also together with others. Everything saves itself.", "Écrivez sur la page même, aussi à plusieurs. Tout s’enregistre tout seul.";
    bar: "Editing", "Modification";
    saved: "Saved", "Enregistré";
    saving: "Saving…", "Enregistrement…";
    connecting: "Connecting…", "Connexion…";
    offline(changes): "Offline, {changes} changes kept", "Hors ligne, {changes} modifications gardées";
    offline_lost(changes): "Offline: this browser cannot keep your {changes} changes. Leave this tab open.", "Hors ligne\u{a0}: ce navigateur ne peut pas garder vos {changes} modifications. Laissez cet onglet ouvert.";
    read_only: "Read only", "Lecture seule";
    text_is_kept: "Nothing of yours is lost: the text as you wrote it can be copied.", "Rien de vous n’est perdu\u{a0}: le texte tel que vous l’avez écrit peut être copié.";
    copy_text: "Copy the text", "Copier le texte";
    copied: "The text is copied.", "Le texte est copié.";
    greyed_out: "What is grey cannot be changed now.", "Ce qui est gris ne peut pas être modifié maintenant.";
    undo: "Undo", "Annuler";
    redo: "Redo", "Rétablir";
    history: "History", "Historique";
    people: "Who else is here", "Qui d’autre est ici";
    joined(name): "{name} is here now.", "{name} est là.";
    left(name): "{name} has left.", "{name} est parti.";
    needs_script: "Writing on the page needs a browser with scripts", "Écrire sur la page demande un navigateur avec scripts";
    use_form: "Write the story in a form instead", "Écrire plutôt la présentation dans un formulaire";
    edit_picture: "Change the picture", "Changer l’image";
    edit_rewards: "Edit a reward", "Modifier une contrepartie";
    add_reward: "Add a reward", "Ajouter une contrepartie";
}

// Publishing.
words! {
    publish: "Publish…", "Publier…";
    publish_now: "Publish now", "Publier maintenant";
    publish_text: "Everybody who has the page open sees it at once. The version before stays in the history.", "Toutes les personnes qui ont la page ouverte le voient aussitôt. La version précédente reste dans l’historique.";
    published: "It is published.", "C’est publié.";
    comparing: "Comparing…", "Comparaison…";
    changes(list): "Changes: {list}.", "Modifications\u{a0}: {list}.";
    nothing_changed: "Nothing differs.", "Rien ne diffère.";
    title_changed: "the title", "le titre";
    subtitle_changed: "the subtitle", "le sous-titre";
    risks_changed: "the risks", "les risques";
    faq_changed: "the questions", "les questions";
    blocks_added(count): "blocks added: {count}", "blocs ajoutés\u{a0}: {count}";
    blocks_changed(count): "blocks changed: {count}", "blocs modifiés\u{a0}: {count}";
    blocks_removed(count): "blocks removed: {count}", "blocs supprimés\u{a0}: {count}";
    blocks_moved: "another order", "un autre ordre";
}

// Blocks.
words! {
    menu: "Blocks", "Blocs";
    add_block: "Add a block", "Ajouter un bloc";
    add_hint: "In a text, / opens this list. Alt with an arrow key moves a block.", "Dans un texte, / ouvre cette liste. Alt avec une flèche déplace un bloc.";
    handle(kind): "{kind}: move, turn into something else, remove", "{kind}\u{a0}: déplacer, transformer, supprimer";
    up: "Move up", "Monter";
    down: "Move down", "Descendre";
    remove: "Remove", "Supprimer";
    removed: "The block is removed. Undo brings it back.", "Le bloc est supprimé. Annuler le ramène.";
    moved(place, count): "Block {place} of {count}", "Bloc {place} sur {count}";
    turn(kind): "Turn into: {kind}", "Transformer en\u{a0}: {kind}";
    text: "Text", "Texte";
    heading: "Heading", "Titre";
    subheading: "Subheading", "Sous-titre";
    bullets: "List", "Liste";
    numbers: "Numbered list", "Liste numérotée";
    quote: "Quote", "Citation";
    note: "Note", "Remarque";
    good: "Good news", "Bonne nouvelle";
    warning: "Warning", "Avertissement";
    image: "Picture", "Image";
    gallery: "Gallery", "Galerie";
    video: "Film", "Film";
    table: "Table", "Tableau";
    reward: "Reward", "Contrepartie";
    divider: "Divider", "Séparateur";
    caption: "Caption", "Légende";
    question: "Question", "Question";
    answer: "Answer", "Réponse";
    add_question: "Add a question", "Ajouter une question";
    remove_question: "Remove the question", "Supprimer la question";
    alt: "What the picture shows", "Ce que montre l’image";
    alt_hint: "For whoever does not see it.", "Pour qui ne la voit pas.";
    choose_picture: "Choose a picture", "Choisir une image";
    uploading: "The picture is on its way.", "L’image est en route.";
    uploaded: "The picture is here.", "L’image est là.";
    upload_failed: "The picture could not be uploaded. It may be too large, or no picture that browsers know.", "L’image n’a pas pu être envoyée. Elle est peut-être trop grande, ou d’un format inconnu des navigateurs.";
    video_address: "Address of the film", "Adresse du film";
    video_hint: "Films of YouTube and Vimeo play on the page, others become a link. Nothing of them is loaded before somebody asks for it.", "Les films de YouTube et de Vimeo sont lus sur la page, les autres deviennent un lien. Rien n’en est chargé avant que quelqu’un le demande.";
    which_reward: "Which reward", "Quelle contrepartie";
    choose: "Please choose", "Veuillez choisir";
}

// The toolbar over a selection.
words! {
    tools: "The selected text", "Le texte sélectionné";
    bold: "Bold (Ctrl+B)", "Gras (Ctrl+B)";
    italic: "Italic (Ctrl+I)", "Italique (Ctrl+I)";
    code: "Code (Ctrl+E)", "Code (Ctrl+E)";
    link: "Link (Ctrl+K)", "Lien (Ctrl+K)";
    link_address: "Address to link to", "Adresse du lien";
    link_set: "Set the link", "Poser le lien";
}

// The history.
words! {
    history_of(title): "History of “{title}”", "Historique de «\u{a0}{title}\u{a0}»";
    history_text: "Every publication of the texts is a version. The picture, the rewards and the facts are public as soon as they are saved: what changed of them after version 3 stands here as 3.1, 3.2 and so on. Any two lines can be compared.", "Chaque publication des textes est une version. L’image, les contreparties et les informations sont publiques dès leur enregistrement\u{a0}: leurs modifications après la version 3 figurent ici sous 3.1, 3.2, etc. Deux lignes quelconques peuvent être comparées.";
    back_to_editor: "Back to the page", "Retour à la page";
    no_versions: "Nothing is published yet", "Rien n’est encore publié";
    no_versions_text: "The first version is made at the launch.", "La première version est créée au lancement.";
    version(number): "Version {number}", "Version {number}";
    version_head: "Version", "Version";
    published_head: "Published", "Publiée";
    changed_head: "What changed", "Ce qui a changé";
    by_launch: "the launch", "le lancement";
    from: "From", "De";
    to: "To", "À";
    compare_from(number): "Compare from version {number}", "Comparer depuis la version {number}";
    compare_to(number): "Compare to version {number}", "Comparer jusqu’à la version {number}";
    compare: "Compare", "Comparer";
    side_by_side: "Both versions side by side", "Les deux versions côte à côte";
    moved_block(kind): "{kind}, moved", "{kind}, déplacé";
    restore: "Go back to this version", "Revenir à cette version";
    restore_text: "Its texts are written into the draft. The picture, the rewards and the facts stay as they are now: they are saved on their own.", "Ses textes sont repris dans le brouillon. L’image, les contreparties et les informations restent telles qu’elles sont\u{a0}: elles s’enregistrent à part.";
}
