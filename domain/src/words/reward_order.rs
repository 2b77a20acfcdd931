//! What is said while rewards are put into another order.

words! {
    undo: "Undo", "Annuler";
    undone: "The last move is taken back.", "Le dernier déplacement est annulé.";
}
