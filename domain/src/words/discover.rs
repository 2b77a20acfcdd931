//! The discover page: filters as a sentence, results as a grid.

words! {
    title: "Discover campaigns", "Découvrir les campagnes";
    /// The head of a page of the list, composed by [`crate::discovery::Query::title`].
    title_of(parts): "{parts} · Discover", "{parts} · Découvrir";
    description: "Every campaign, by category, state and currency.", "Toutes les campagnes, par catégorie, par état et par devise.";
    state_live: "Live", "En cours";
    state_deciding: "Being decided", "Résultat en attente";
    state_successful: "Successful", "Réussies";
    state_failed: "Unsuccessful", "Non financées";
    state_cancelled: "Cancelled", "Annulées";
    state_suspended: "Suspended", "Suspendues";
    state_any: "All", "Toutes";
    sort_popular: "popular now", "populaires en ce moment";
    sort_newest: "newest first", "les plus récentes";
    sort_ending_soon: "ending soon", "bientôt terminées";
    sort_most_funded: "most funded", "les mieux financées";
    sort_most_backed: "most backed", "les plus soutenues";
}

// The sentence, between the choices: "[Live campaigns] in [Games], [ending
// soon], in [any currency]".
words! {
    sentence_live: "Live campaigns", "Campagnes en cours";
    sentence_deciding: "Campaigns being decided", "Campagnes en attente de résultat";
    sentence_successful: "Successful campaigns", "Campagnes réussies";
    sentence_failed: "Unsuccessful campaigns", "Campagnes non financées";
    sentence_cancelled: "Cancelled campaigns", "Campagnes annulées";
    sentence_suspended: "Suspended campaigns", "Campagnes suspendues";
    sentence_any: "All campaigns", "Toutes les campagnes";
    /// Between the state and the category.
    sentence_in: "in", "dans";
    /// Before the currency.
    sentence_currency: "in", "en";
    any_category: "every category", "toutes les catégories";
    any_currency: "any currency", "toutes devises";
    filter_label: "Filter campaigns", "Filtrer les campagnes";
    filter_state: "State", "État";
    filter_category: "Category", "Catégorie";
    filter_currency: "Currency", "Devise";
    filter_sort: "Order", "Ordre";
    filter_search: "Words to look for", "Mots à chercher";
    filter_search_placeholder: "A word, a name, a place", "Un mot, un nom, un lieu";
    show: "Show", "Afficher";
    chips: "Filters in use", "Filtres en cours";
    /// What a screen reader hears on a chip.
    remove(filter): "Remove the filter {filter}", "Retirer le filtre {filter}";
    clear: "Clear all filters", "Retirer tous les filtres";
    quoted(text): "“{text}”", "«\u{a0}{text}\u{a0}»";
    none_title: "Nothing matches yet", "Rien ne correspond pour l’instant";
    none_text: "No campaign fits all of these filters at once. Taking one away may help.", "Aucune campagne ne remplit tous ces critères à la fois. En retirer un peut aider.";
    none_widen: "Show ended campaigns too", "Afficher aussi les campagnes terminées";
    results: "Results", "Résultats";
    beyond: "There is no such page", "Cette page n’existe pas";
    beyond_text: "The list ends earlier.", "La liste s’arrête avant.";
    first_page: "Go to the first page", "Aller à la première page";
}

counted! {
    found: "{n} campaign" | "{n} campaigns", "{n} campagne" | "{n} campagnes";
}
