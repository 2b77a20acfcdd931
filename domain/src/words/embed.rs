//! What a campaign says on somebody else's page.

words! {
    frame_title(title): "{title}, on Pedestal", "{title}, sur Pedestal";
    on_site: "on Pedestal", "sur Pedestal";
    goal(goal): "of {goal}", "sur {goal}";
    state: "State", "État";
    choose: "What would you like to give?", "Que souhaitez-vous donner\u{a0}?";
    no_reward: "An amount of my choice", "Un montant de mon choix";
    reward_line(price, title): "{price} · {title}", "{price} · {title}";
    amount(currency): "Amount ({currency})", "Montant ({currency})";
    /// What a picture of a campaign's progress says to who cannot see it.
    badge(title, percent, goal, backers): "{title}: {percent} of {goal} from {backers}", "{title}\u{a0}: {percent} de {goal}, {backers}";
    not_found: "This campaign is not here any more.", "Cette campagne n’est plus ici.";
    /// Where its creator has switched cards off.
    off: "This campaign is not shown on other pages.", "Cette campagne n’est pas montrée sur d’autres pages.";
    /// The same on a badge.
    off_short: "Not shown on other pages", "Pas montrée ailleurs";
    quote(creator): "A campaign by {creator}", "Une campagne de {creator}";
}
