//! Pictures of campaigns and rewards, and why a file is none.

// Why a file is refused.
words! {
    missing: "Please choose a file first.", "Merci de choisir d’abord un fichier.";
    too_large(most): "The file is larger than {most} MB. A smaller copy of the picture will do: it is shown 1,440 dots wide at most.", "Le fichier dépasse {most}\u{a0}Mo. Une copie plus petite suffit\u{a0}: l’image est affichée sur 1\u{202f}440 points de large au plus.";
    not_a_picture: "This file is not a picture that can be shown here. JPEG, PNG, WebP, AVIF and GIF are.", "Ce fichier n’est pas une image affichable ici. Les formats acceptés sont JPEG, PNG, WebP, AVIF et GIF.";
    svg: "SVG drawings can carry programs, so they are not taken. Please save yours as PNG.", "Les dessins SVG peuvent contenir des programmes et ne sont donc pas acceptés. Merci de l’enregistrer en PNG.";
    heic: "Browsers do not show HEIC pictures. Please save yours as JPEG.", "Les navigateurs n’affichent pas les images HEIC. Merci de l’enregistrer en JPEG.";
    broken: "The file is damaged: it cannot be read to its end. Please save the picture again.", "Le fichier est endommagé\u{a0}: il n’est pas lisible jusqu’au bout. Merci d’enregistrer l’image à nouveau.";
    too_many_dots(millions, side): "The picture has too many dots. It may have {millions} million, and {side} on a side.", "L’image compte trop de points. Elle peut en avoir {millions}\u{a0}millions, et {side} par côté.";
    too_small(least): "The picture is too small: each side has to have {least} dots at least.", "L’image est trop petite\u{a0}: chaque côté doit compter au moins {least} points.";
    too_oblong(times): "The picture is too narrow: one side may be {times} times the other.", "L’image est trop étroite\u{a0}: un côté peut mesurer {times} fois l’autre.";
    too_many(most, megabytes): "This campaign keeps as many pictures as one may: {most}, or {megabytes} MB. What is no longer shown anywhere is removed after a week.", "Cette campagne conserve autant d’images qu’il est permis\u{a0}: {most}, ou {megabytes}\u{a0}Mo. Celles qui ne sont plus affichées nulle part sont supprimées après une semaine.";
}

// Films.
words! {
    no_film: "This is not the address of a film. Films of YouTube, Vimeo and PeerTube can be shown; their addresses begin with https://.", "Ce n’est pas l’adresse d’un film. Ceux de YouTube, Vimeo et PeerTube peuvent être affichés\u{a0}; leur adresse commence par https://.";
}

// The frame of a film, before somebody asks for it.
words! {
    play_film(provider): "Play the film from {provider}", "Lire le film depuis {provider}";
    film_loads(provider, host): "Nothing of it is loaded yet. Then its player comes from {host}, and {provider} sees your address and what you watch.", "Rien n’en est encore chargé. Ensuite, le lecteur vient de {host}, et {provider} voit votre adresse et ce que vous regardez.";
    film_of(provider): "Film from {provider}", "Film de {provider}";
    film_named(provider, caption): "Film from {provider}: {caption}", "Film de {provider}\u{a0}: {caption}";
}

// The form of a picture.
words! {
    campaign_picture: "Picture of the campaign", "Image de la campagne";
    campaign_picture_text: "It stands at the top of the page, on cards and where the campaign is shared. It is shown in the proportions 16 to 10.", "Elle figure en haut de la page, sur les vignettes et là où la campagne est partagée. Elle est affichée au format 16\u{a0}× 10.";
    reward_picture: "Picture of the reward", "Image de la contrepartie";
    reward_picture_text: "It is shown with the reward, and at the checkout.", "Elle est affichée avec la contrepartie, et au moment de contribuer.";
    drawn: "So far a drawing stands in.", "Pour l’instant, un dessin la remplace.";
    file: "File", "Fichier";
    file_hint(most): "JPEG, PNG, WebP, AVIF or GIF, up to {most} MB. Place and time of a photograph are removed.", "JPEG, PNG, WebP, AVIF ou GIF, jusqu’à {most}\u{a0}Mo. Le lieu et l’heure d’une photographie sont retirés.";
    alt: "What is to be seen on it", "Ce que l’on y voit";
    alt_hint: "One sentence for people who cannot see the picture.", "Une phrase pour les personnes qui ne peuvent pas voir l’image.";
    upload: "Upload the picture", "Envoyer l’image";
    drop_here: "Drop a picture here, paste one, or choose a file.", "Déposez une image ici, collez-en une ou choisissez un fichier.";
    chosen(name): "Chosen: {name}", "Choisi\u{a0}: {name}";
    remove: "Remove the picture", "Retirer l’image";
    sending(percent): "Sending: {percent} %", "Envoi\u{a0}: {percent}\u{a0}%";
    preparing: "Preparing the picture…", "Préparation de l’image…";
    unsent: "The picture did not arrive. Please try again.", "L’image n’est pas arrivée. Merci de réessayer.";
}
