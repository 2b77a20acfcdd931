//! Paying in instalments: the choice, the plan, and what became of each.

words! {
    legend: "How to pay", "Comment payer";
    at_once: "All together", "En une fois";
    plan: "What is charged when", "Ce qui est débité, et quand";
    plan_rule: "No interest, no fee. The plan holds as shown here; such a pledge can be cancelled while the campaign allows it, not changed.", "Sans intérêts ni frais. L’échéancier vaut tel qu’affiché\u{a0}; une telle contribution peut être annulée tant que la campagne le permet, pas modifiée.";
    offered_from(least): "From {least} you may pay in monthly instalments.", "À partir de {least}, vous pouvez payer en plusieurs mensualités.";
    state_waiting: "To come", "À venir";
    state_errored: "Declined", "Refusée";
    state_action_required: "To be confirmed", "À confirmer";
    state_paid: "Paid", "Payée";
    state_void: "Not charged any more", "Ne sera plus débitée";
    failed_title: "An instalment could not be charged", "Une mensualité n’a pas pu être débitée";
    failed_until(number, amount, date): "Instalment {number}, {amount}: we try again on {date}. You can also use another card now.", "Mensualité {number}, {amount}\u{a0}: nouvel essai le {date}. Vous pouvez aussi utiliser une autre carte dès maintenant.";
    failed_manual(number, amount): "Instalment {number}, {amount}: we do not try again by ourselves. Please pay it here with another card.", "Mensualité {number}, {amount}\u{a0}: nous n’essayons plus de nous-mêmes. Merci de la payer ici avec une autre carte.";
    collected_text(paid, total): "{paid} of {total} are paid; the rest follows as planned.", "{paid} sur {total} sont payés\u{a0}; le reste suit comme prévu.";
    next_cancel: "Until then you can cancel your pledge here. What is charged when stands below.", "D’ici là, vous pouvez annuler votre contribution ici. Les débits prévus figurent ci-dessous.";
    problem_none: "This campaign takes no instalments.", "Cette campagne ne propose pas de paiement en plusieurs fois.";
    problem_count(least, most): "Between {least} and {most} instalments.", "Entre {least} et {most} mensualités.";
    problem_plan: "Please look at what is charged when, and confirm it again.", "Merci de vérifier les dates et les montants, puis de confirmer à nouveau.";
    problem_fixed: "A pledge in instalments cannot be changed; it can be cancelled and placed anew.", "Une contribution en plusieurs mensualités ne peut pas être modifiée\u{a0}; elle peut être annulée puis refaite.";
}

counted! {
    instalments: "{n} instalment" | "{n} monthly instalments", "{n} mensualité" | "{n} mensualités";
}
