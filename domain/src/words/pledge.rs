//! Checkout, thanks and manage pages.

words! {
    state_authentication_required: "Waiting for your bank", "En attente de votre banque";
    state_pledged: "Pledged", "Promise";
    state_cancelled: "Cancelled", "Annulée";
    state_dropped: "Not confirmed in time", "Non confirmée à temps";
    line_bonus: "Bonus", "Supplément libre";
    line_shipping: "Shipping", "Livraison";
}
