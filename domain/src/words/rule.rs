//! The funding rules, as backers read them: when a card is charged, and what
//! happens if that fails.

words! {
    all_or_nothing: "All or nothing", "Tout ou rien";
    keep_what_you_raise: "Keep what you raise", "Tout est gardé";
    pre_orders: "Pre-orders, all or nothing", "Préventes, tout ou rien";
    rounds: "Two rounds", "Deux tours";
    late_pledges: "Late pledges", "Contributions tardives";
}

// Each is one sentence about the card of whoever reads it.
words! {
    charged_if_met(deadline): "Your card is charged on {deadline}, only if the goal is met; should the bank decline it then, you have 7 days to use another one.", "Votre carte est débitée le {deadline}, seulement si l’objectif est atteint\u{a0}; si la banque la refuse alors, vous avez 7 jours pour en utiliser une autre.";
    charged_if_ordered(deadline, units): "Your card is charged on {deadline}, only if {units} are ordered by then; should the bank decline it, you have 7 days to use another one.", "Votre carte est débitée le {deadline}, seulement si {units} sont commandés d’ici là\u{a0}; si la banque la refuse alors, vous avez 7 jours pour en utiliser une autre.";
    charged_if_minimum(deadline): "Your card is charged on {deadline}, only if the minimum is met by then; should the bank decline it, you have 7 days to use another one.", "Votre carte est débitée le {deadline}, seulement si le minimum est atteint d’ici là\u{a0}; si la banque la refuse alors, vous avez 7 jours pour en utiliser une autre.";
    charged_to_decide(deadline): "Your card is charged on {deadline}, only if the goal is met; a week later what was really charged decides, and if it is not enough you get your money back.", "Votre carte est débitée le {deadline}, seulement si l’objectif est atteint\u{a0}; une semaine plus tard, les sommes réellement débitées décident, et si elles ne suffisent pas vous êtes remboursé.";
    charged_at_once: "Your card is charged at once, and the creator keeps what is raised even below the goal; should the bank decline it, your pledge does not count and you have a day to use another card.", "Votre carte est débitée tout de suite, et le porteur de la campagne garde ce qui est réuni, même sous l’objectif\u{a0}; si la banque la refuse, votre contribution ne compte pas et vous avez un jour pour utiliser une autre carte.";
    charged_in_second_round: "The minimum is met, so your card is charged at once and goes towards the optimum; should the bank decline it, your pledge does not count and you have a day to use another card.", "Le minimum est atteint\u{a0}: votre carte est débitée tout de suite et contribue à l’optimum\u{a0}; si la banque la refuse, votre contribution ne compte pas et vous avez un jour pour utiliser une autre carte.";
    charged_late: "The campaign has succeeded, so your card is charged at once; should the bank decline it, your pledge does not count and you have a day to use another card.", "La campagne a réussi\u{a0}: votre carte est débitée tout de suite\u{a0}; si la banque la refuse, votre contribution ne compte pas et vous avez un jour pour utiliser une autre carte.";
}

counted! {
    units: "{n} unit" | "{n} units", "{n} exemplaire" | "{n} exemplaires";
}
