//! Where a campaign may be shown: what its creator reads in the studio, and what
//! others read where it may not.

words! {
    section: "Embeds", "Intégrations";
    lede: "Other pages can show this campaign: with a card that moves, or with a badge. Here you say whether and where, and see what comes of it.", "D’autres pages peuvent montrer cette campagne, par une carte qui vit ou par un badge. Dites ici si elles le peuvent, lesquelles, et voyez ce que cela apporte.";
    shown: "Cards on other pages", "Cartes sur d’autres pages";
    on: "They may be shown", "Elles peuvent être montrées";
    on_text: "On any page, or only on those of your list.", "Sur toute page, ou seulement sur celles de votre liste.";
    off: "They may not be shown", "Elles ne peuvent pas être montrées";
    off_text: "Every card then says so and links to your campaign, at once also where it is open.", "Chaque carte le dit alors et mène à votre campagne, aussitôt, même là où elle est ouverte.";
    hosts: "Only on these sites", "Seulement sur ces sites";
    hosts_hint: "One a line, such as blog.example.org, or *.example.org for all below it. Leave it empty for any. Badges are pictures, which stand wherever somebody puts them.", "Un par ligne, par exemple blog.example.org, ou *.example.org pour tous ceux en dessous. Laissez vide pour tous. Les badges sont des images\u{a0}: ils s’affichent partout où on les met.";
    not_a_host(word): "“{word}” is not the name of a site, such as blog.example.org.", "«\u{a0}{word}\u{a0}» n’est pas le nom d’un site, comme blog.example.org.";
    save: "Save", "Enregistrer";
    make: "Choose a card and copy it", "Choisir une carte et la copier";
}
