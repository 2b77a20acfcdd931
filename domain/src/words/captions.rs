//! Captions of films that were uploaded, and why a file is none.

// In the editor.
words! {
    choose: "Choose a file of captions", "Choisir un fichier de sous-titres";
    choose_hint(most): "WebVTT (.vtt), up to {most} KB: what is said and heard, for whoever does not hear it.", "WebVTT (.vtt), jusqu’à {most}\u{a0}Ko\u{a0}: ce qui est dit et entendu, pour qui ne l’entend pas.";
    language: "Language of the captions", "Langue des sous-titres";
    kept(language): "Captions: {language}", "Sous-titres\u{a0}: {language}";
    remove: "Remove the captions", "Retirer les sous-titres";
    uploading: "The captions are on their way.", "Les sous-titres sont en route.";
    uploaded: "The captions are here.", "Les sous-titres sont là.";
    unsent: "The captions did not arrive. Please try again.", "Les sous-titres ne sont pas arrivés. Merci de réessayer.";
}

// Why a file is refused.
words! {
    missing: "Please choose a file of captions first.", "Merci de choisir d’abord un fichier de sous-titres.";
    too_large(most): "The file is larger than {most} KB, which is more than a long film says.", "Le fichier dépasse {most}\u{a0}Ko, plus que n’en dit un long film.";
    unknown: "This file holds no captions that browsers show. WebVTT does: it begins with WEBVTT. Many programs save subtitles as WebVTT, also those in SubRip (.srt).", "Ce fichier ne contient pas de sous-titres que les navigateurs affichent. WebVTT convient\u{a0}: il commence par WEBVTT. Beaucoup de programmes enregistrent en WebVTT, aussi depuis SubRip (.srt).";
    untimed: "A line of the file does not say from when to when, as in 00:01.000 --> 00:04.500.", "Une ligne du fichier ne dit pas de quand à quand, comme dans 00:01.000 --> 00:04.500.";
    silent: "The file says nothing: no line has a time.", "Le fichier ne dit rien\u{a0}: aucune ligne n’a d’heure.";
    too_many(most): "This film has been given captions {most} times, which is as often as one may.", "Ce film a reçu des sous-titres {most} fois, autant qu’il est permis.";
}
