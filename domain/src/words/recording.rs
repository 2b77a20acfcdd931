//! Films and sound that were uploaded, and why a file is none.

// In the editor.
words! {
    recording: "Film or sound (upload)", "Film ou son (envoyé)";
    choose_file: "Choose a film or a recording", "Choisir un film ou un enregistrement";
    choose_file_hint(most): "MP4, WebM, MP3, OGG or M4A, up to {most} MB. Nothing of it is loaded before somebody plays it.", "MP4, WebM, MP3, OGG ou M4A, jusqu’à {most}\u{a0}Mo. Rien n’en est chargé avant que quelqu’un le lise.";
    choose_poster: "Choose a picture to show before it plays", "Choisir une image à montrer avant la lecture";
    uploading: "The file is on its way.", "Le fichier est en route.";
    uploaded: "The file is here.", "Le fichier est là.";
    unsent: "The file did not arrive. Please try again.", "Le fichier n’est pas arrivé. Merci de réessayer.";
}

// On the page.
words! {
    film: "Film", "Film";
    sound: "Sound", "Son";
    open_file: "Open the file", "Ouvrir le fichier";
}

// Why a file is refused.
words! {
    missing: "Please choose a file first.", "Merci de choisir d’abord un fichier.";
    too_large(most): "The file is larger than {most} MB. A shorter or smaller copy will do; longer films can be shown by link.", "Le fichier dépasse {most}\u{a0}Mo. Une copie plus courte ou plus petite suffit\u{a0}; un film plus long peut être montré par un lien.";
    unknown: "This file is no film and no sound that can be played here. MP4, WebM, MP3, OGG and M4A are.", "Ce fichier n’est ni un film ni un son lisible ici. Les formats acceptés sont MP4, WebM, MP3, OGG et M4A.";
    broken: "The file is damaged or did not come whole: it cannot be read to its end.", "Le fichier est endommagé ou n’est pas arrivé entier\u{a0}: il n’est pas lisible jusqu’au bout.";
    too_many(most, megabytes): "This campaign keeps as many films and recordings as one may: {most}, or {megabytes} MB. What is no longer shown anywhere is removed after a week.", "Cette campagne conserve autant de films et d’enregistrements qu’il est permis\u{a0}: {most}, ou {megabytes}\u{a0}Mo. Ceux qui ne sont plus affichés nulle part sont supprimés après une semaine.";
}
