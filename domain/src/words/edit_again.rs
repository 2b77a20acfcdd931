//! What an editor says when the right to write comes back.

words! {
    may_write: "You can write again.", "Vous pouvez de nouveau écrire.";
}
