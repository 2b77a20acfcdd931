//! What an editor says of pictures and films in a story.

// What is wrong with the address of a film.
words! {
    no_address: "This is no address that can be opened. It begins with https://, like https://vimeo.com/76979871. Nothing is changed until it does.", "Ce n’est pas une adresse que l’on peut ouvrir. Elle commence par https://, comme https://vimeo.com/76979871. Rien n’est modifié d’ici là.";
    address_long(most): "An address has at most {most} characters.", "Une adresse a au plus {most} caractères.";
}

// A file that was refused.
words! {
    remove_empty: "Remove the empty block", "Supprimer le bloc vide";
    gallery_full(most): "A gallery has at most {most} pictures.", "Une galerie a au plus {most} images.";
}

// What pictures show.
words! {
    shot(number, count): "Picture {number} of {count}", "Image {number} sur {count}";
    shot_alt(number): "What picture {number} shows", "Ce que montre l’image {number}";
    decorative: "Decorative: it shows nothing that the text does not say", "Décorative\u{a0}: elle ne montre rien que le texte ne dise";
    earlier(number): "Move picture {number} earlier", "Placer l’image {number} plus tôt";
    later(number): "Move picture {number} later", "Placer l’image {number} plus tard";
    take_away(number): "Remove picture {number}", "Retirer l’image {number}";
    shot_moved(place, count): "Picture {place} of {count}.", "Image {place} sur {count}.";
    shot_removed: "The picture is removed. Undo brings it back.", "L’image est retirée. Annuler la ramène.";
    describe_first: "Describe the first of them", "Décrire la première";
}

counted! {
    undescribed: "{n} picture says nothing to whoever does not see it: nobody has described it, nor called it decorative." | "{n} pictures say nothing to whoever does not see them: nobody has described them, nor called them decorative.", "{n} image ne dit rien à qui ne la voit pas\u{a0}: personne ne l’a décrite, ni dite décorative." | "{n} images ne disent rien à qui ne les voit pas\u{a0}: personne ne les a décrites, ni dites décoratives.";
}
