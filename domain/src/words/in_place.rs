//! What is said while the picture and the rewards of a page are edited where they stand,
//! and of what was typed into a form and not saved.

words! {
    edit: "Edit", "Modifier";
    editing(title): "Edit: {title}", "Modifier\u{a0}: {title}";
    picture: "Picture", "Image";
    picture_of(title): "Picture of {title}", "Image de {title}";
    close: "Close without saving", "Fermer sans enregistrer";
    saved: "Saved. The page shows it now.", "Enregistré. La page le montre maintenant.";
    unsaved: "What you typed here is not saved yet. Save it, or close the form without saving.", "Ce que vous avez saisi ici n’est pas encore enregistré. Enregistrez-le, ou fermez le formulaire sans enregistrer.";
    had_typed: "You had typed something here that was not saved", "Vous aviez saisi ici quelque chose qui n’a pas été enregistré";
    take_back: "Take it back", "Le reprendre";
    throw_away: "Throw it away", "L’abandonner";
    rewards_alone: "You can edit the rewards of this page. Its texts and its picture need another right.", "Vous pouvez modifier les contreparties de cette page. Ses textes et son image demandent un autre droit.";
}
