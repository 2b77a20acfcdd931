//! The lines of a rehearsal about pledges in instalments.

counted! {
    charged: "{n} instalment charged" | "{n} instalments charged", "{n} mensualité débitée" | "{n} mensualités débitées";
    declined: "{n} instalment declined" | "{n} instalments declined", "{n} mensualité refusée" | "{n} mensualités refusées";
    given_up: "{n} instalment comes to nothing" | "{n} instalments come to nothing", "{n} mensualité est perdue" | "{n} mensualités sont perdues";
}

words! {
    charged_text: "Month by month, the second and those that follow, on the day of the first.", "Chaque mois, la deuxième et les suivantes, au jour de la première.";
    declined_text: "Each is tried three times, two days apart. Then it is up to its backer, who gets a letter each time.", "Chacune est tentée trois fois, à deux jours d’intervalle. Ensuite, c’est au contributeur d’agir\u{a0}; il reçoit une lettre à chaque fois.";
    given_up_text: "Two weeks after the last instalment nobody waits any longer. What was paid stays yours.", "Deux semaines après la dernière mensualité, plus personne n’attend. Ce qui a été payé reste à vous.";
    paid_again: "You are paid what came since", "Vous recevez ce qui est arrivé depuis";
    paid_again_text: "Every week in which something came in, with a statement.", "Chaque semaine où quelque chose est arrivé, avec un relevé.";
}
