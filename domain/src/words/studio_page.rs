//! The studio's pages and the operator's reviews. What fields, steps and history say
//! is in `studio.rs`.

// The way in.
words! {
    studio: "Studio", "Atelier";
    start: "Start a campaign", "Lancer une campagne";
    start_another: "Start another campaign", "Commencer une autre campagne";
    start_title: "Start a campaign", "Commencer une campagne";
    start_lede: "Five answers and you have a draft. Nobody sees it before you want it, and everything can still be changed.", "Cinq réponses et vous avez un brouillon. Personne ne le voit avant que vous le vouliez, et tout peut encore changer.";
    start_submit: "Make the draft", "Créer le brouillon";
    start_sign_in: "First, who are you?", "D’abord, qui êtes-vous\u{a0}?";
    start_sign_in_text: "A campaign belongs to an account. Sign in, and you come back here.", "Une campagne appartient à un compte. Connectez-vous, et vous reviendrez ici.";
    asks: "What is asked of you", "Ce qui vous est demandé";
    ask_end: "An end", "Une fin";
    ask_end_text: "One thing that can be finished, one sum or number, and one date by which you know.", "Une chose qui peut être achevée, une somme ou un nombre, et une date à laquelle vous saurez.";
    ask_promise: "A promise that you keep", "Une promesse tenue";
    ask_promise_text: "Backers pledge for what you write. You deliver it, or you give the money back.", "Les contributeurs s’engagent sur ce que vous écrivez. Vous le livrez, ou vous rendez l’argent.";
    ask_review: "A look by us", "Notre relecture";
    ask_review_text: "Somebody of this site reads your campaign before the launch, and says yes or what is missing.", "Quelqu’un de ce site lit votre campagne avant le lancement, et dit oui ou ce qui manque.";
    ask_fee: "A fee, only of what comes in", "Une commission, sur ce qui est collecté";
    ask_fee_text: "A draft costs nothing, and neither does a campaign that fails. The public accounts show every fee.", "Un brouillon ne coûte rien, une campagne qui échoue non plus. Les comptes publics montrent chaque commission.";
    ask_lock: "Terms that stay", "Des conditions qui tiennent";
    ask_lock_text: "From the launch on, goal, dates and rule are fixed, since backers rely on them. Each field says so.", "Dès le lancement, objectif, dates et règle sont figés\u{a0}: les contributeurs comptent dessus. Chaque champ le dit.";
}

// What each funding rule means for backers.
words! {
    rule: "When do backers pay?", "Quand les contributeurs paient-ils\u{a0}?";
    rule_all_or_nothing: "Backers pay at the deadline, and only if the goal is met; otherwise nobody pays anything.", "Les contributeurs paient à l’échéance, et seulement si l’objectif est atteint\u{a0}; sinon personne ne paie rien.";
    rule_keep: "Backers pay at once, and you keep what comes together, also below the goal.", "Les contributeurs paient tout de suite, et vous gardez ce qui est réuni, même sous l’objectif.";
    rule_pre_orders: "Units are counted instead of money: backers pay at the deadline, and only if enough are ordered.", "On compte des exemplaires et non l’argent\u{a0}: les contributeurs paient à l’échéance, et seulement si assez sont commandés.";
    rule_rounds: "Backers pay when the first round ends with the minimum met; in a second round of 40 days, towards the optimum, they pay at once.", "Les contributeurs paient à la fin du premier tour si le minimum est atteint\u{a0}; dans un second tour de 40 jours, vers l’optimum, ils paient tout de suite.";
}

// One's own campaigns.
words! {
    none_title: "No campaign yet", "Pas encore de campagne";
    none_text: "What you start appears here, with what it needs next.", "Ce que vous commencez apparaît ici, avec ce qu’il faut faire ensuite.";
    deleted: "The draft is deleted.", "Le brouillon est supprimé.";
}

// One campaign.
words! {
    sections: "Parts of the campaign", "Parties de la campagne";
    overview: "Overview", "Vue d’ensemble";
    preview: "Preview", "Aperçu";
    complete: "complete", "complet";
    incomplete: "something is missing", "incomplet";
    started: "Your draft is here.", "Votre brouillon est là.";
    started_text: "Go through the list in any order. You can leave and come back: what you save stays.", "Parcourez la liste dans l’ordre que vous voulez. Vous pouvez partir et revenir\u{a0}: ce qui est enregistré reste.";
    done: "It is done.", "C’est fait.";
    saved: "Saved.", "Enregistré.";
    save: "Save", "Enregistrer";
    only_creator: "You read this as an operator. Only its creator can change it.", "Vous lisez ceci en tant qu’opérateur. Seul le porteur de la campagne peut le modifier.";
    remarks: "Remarks of the review", "Remarques de la relecture";
    ends: "Ends", "Fin";
    checklist: "Before the review", "Avant la relecture";
    checklist_count(done, total): "{done} of {total} done", "{done} sur {total}";
    next: "What comes next", "La suite";
    other_steps: "Other steps", "Autres étapes";
    history: "History", "Historique";
    by_the_clock: "by the clock", "à l’heure prévue";
    lost_text: "What you typed was too long to come back with this page. Go back one page in your browser: it is still there.", "Votre saisie était trop longue pour revenir avec cette page. Revenez une page en arrière dans votre navigateur\u{a0}: elle y est encore.";
}

// What can be done with it.
words! {
    submit: "Send it for review", "Envoyer en relecture";
    submit_text: "Somebody of this site reads it and answers by letter. Nothing can be changed meanwhile; you can withdraw it at any time.", "Quelqu’un de ce site la lit et répond par courrier. Rien ne peut changer d’ici là\u{a0}; vous pouvez la retirer à tout moment.";
    submit_later: "Once everything on the list above is done, send the campaign for review.", "Une fois tout ce qui figure sur la liste ci-dessus fait, envoyez la campagne en relecture.";
    waiting_text: "Your campaign is being read. You get a letter with the answer.", "Votre campagne est en cours de relecture. Vous recevrez la réponse par courrier.";
    withdraw: "Withdraw it", "La retirer";
    withdraw_text: "It becomes a draft again, and you can change everything. Afterwards it has to be reviewed anew.", "Elle redevient un brouillon et vous pouvez tout changer. Elle devra ensuite être relue à nouveau.";
    withdraw_submit: "Yes, withdraw it", "Oui, la retirer";
    delete: "Delete the draft", "Supprimer le brouillon";
    delete_text: "The draft is gone then, with everything written in it. This cannot be undone.", "Le brouillon disparaît avec tout ce qui y est écrit. C’est définitif.";
    delete_submit: "Yes, delete it", "Oui, le supprimer";
    approved: "Your campaign is approved.", "Votre campagne est approuvée.";
    approved_text: "Launch it when you are ready, or let it launch at a time of your choice.", "Lancez-la quand vous êtes prêt, ou laissez-la se lancer à l’heure de votre choix.";
    launch: "Launch now", "Lancer maintenant";
    launch_text: "From then on everybody sees it and can pledge. Goal, dates, currency and rule are fixed from that moment.", "Tout le monde la voit alors et peut contribuer. Objectif, dates, devise et règle sont figés dès cet instant.";
    nudge: "Move the end by some days", "Déplacer la fin de quelques jours";
    nudge_hint(least, most): "A whole number from {least} to {most}: 2 ends it two days later, -2 two days earlier. Once it is launched, the end is fixed.", "Un nombre entier de {least} à {most}\u{a0}: 2 la termine deux jours plus tard, -2 deux jours plus tôt. Une fois la campagne lancée, la fin est figée.";
    schedule: "Launch at a set time", "Lancer à une heure choisie";
    schedule_text(zone): "It launches by itself then, by the clock of {zone}. Until then you can call that off.", "Elle se lance alors d’elle-même, à l’heure de {zone}. D’ici là, vous pouvez y renoncer.";
    schedule_submit: "Plan the launch", "Programmer le lancement";
    launch_date: "Date of the launch", "Date du lancement";
    launch_time: "Time of the launch", "Heure du lancement";
    planned: "The launch is planned.", "Le lancement est programmé.";
    planned_text: "It launches by itself on", "Elle se lance d’elle-même le";
    abort: "Call the planned launch off", "Renoncer au lancement programmé";
    cancel: "Cancel the campaign", "Annuler la campagne";
    cancel_text: "The campaign ends at once. Nobody is charged, and whoever was gets the money back. Every backer gets a letter. This cannot be undone.", "La campagne s’arrête immédiatement. Personne n’est débité, et qui l’a été est remboursé. Chaque contributeur reçoit un courrier. C’est définitif.";
    cancel_sure: "I want to end this campaign for all its backers", "Je veux mettre fin à cette campagne pour tous ses contributeurs";
    cancel_submit: "Yes, cancel the campaign", "Oui, annuler la campagne";
    open_late: "Open late pledges", "Ouvrir les contributions tardives";
    open_late_text: "Rewards with a late price can be had again, and their cards are charged at once. Closed later, they stay closed.", "Les contreparties qui ont un prix tardif sont à nouveau disponibles, et la carte est débitée aussitôt. Une fois closes, elles le restent.";
    open_late_submit: "Yes, open them", "Oui, les ouvrir";
    close_late: "Close late pledges", "Clore les contributions tardives";
    close_late_text: "Nobody can pledge any more from then on. This cannot be undone.", "Plus personne ne peut contribuer ensuite. C’est définitif.";
    close_late_submit: "Yes, close them", "Oui, les clore";
    reason: "Reason", "Raison";
    reason_given(reason): "Reason: {reason}", "Raison\u{a0}: {reason}";
    reason_hint: "Everybody reads it on the campaign’s page.", "Tout le monde la lit sur la page de la campagne.";
}

// What operators do.
words! {
    reviews: "Reviews", "Relectures";
    reviews_lede: "Campaigns that wait for a yes or for remarks, the oldest first.", "Campagnes en attente d’un oui ou de remarques, les plus anciennes d’abord.";
    no_reviews: "Nothing waits", "Rien n’attend";
    no_reviews_text: "Campaigns appear here when their creators send them for review.", "Les campagnes apparaissent ici quand leurs porteurs les envoient en relecture.";
    review_done: "Your answer is on its way.", "Votre réponse est en route.";
    review_done_text: "Its creator gets a letter.", "Le porteur de la campagne reçoit un courrier.";
    approve: "Approve", "Approuver";
    approve_text: "Read the story and the rewards in the preview. A campaign that is approved can be launched by its creator at any time, as it is.", "Lisez la présentation et les contreparties dans l’aperçu. Une campagne approuvée peut être lancée à tout moment par son porteur, en l’état.";
    approve_remark: "Remark to its creator", "Remarque au porteur de la campagne";
    approve_remark_hint: "It comes with the letter.", "Elle accompagne le courrier.";
    return_it: "Return it with remarks", "La renvoyer avec des remarques";
    return_remark: "What has to change", "Ce qui doit changer";
    return_remark_hint: "Only its creator reads this, in the letter and in the studio.", "Seul le porteur de la campagne le lit, dans le courrier et dans l’atelier.";
    return_submit: "Return it", "La renvoyer";
    suspend: "Suspend the campaign", "Suspendre la campagne";
    suspend_text: "It takes no pledges, nobody is charged and nobody is paid until it goes on.", "Elle ne reçoit plus de contributions, personne n’est débité ni payé jusqu’à sa reprise.";
    suspend_submit: "Yes, suspend it", "Oui, la suspendre";
    resume: "Let it go on", "La laisser reprendre";
    resume_text: "It goes on where it was stopped.", "Elle reprend là où elle s’est arrêtée.";
    resume_submit: "Yes, let it go on", "Oui, reprendre";
}

// The basics.
words! {
    basics_lede: "What it is, in few words. This stands in every list and on every card.", "Ce que c’est, en peu de mots. Cela figure dans chaque liste et sur chaque carte.";
    choose: "Please choose", "Veuillez choisir";
    title: "Title", "Titre";
    title_hint: "A name that one remembers.", "Un nom que l’on retient.";
    subtitle: "Subtitle", "Sous-titre";
    subtitle_hint: "One sentence: what comes into being, and for whom.", "Une phrase\u{a0}: ce qui va naître, et pour qui.";
    public_at_once: "Saved changes are public at once and stand under “What changed”.", "Les modifications enregistrées sont aussitôt publiques et figurent sous «\u{a0}Ce qui a changé\u{a0}».";
    category: "Category", "Catégorie";
    subcategory: "Finer category", "Sous-catégorie";
    subcategory_hint: "A word of your own.", "Un mot à vous.";
    location: "Town", "Ville";
    location_hint: "Where it is made.", "Là où cela se fait.";
    country: "Country", "Pays";
    country_hint: "Where you are.", "Là où vous êtes.";
    language: "Language of the campaign", "Langue de la campagne";
    language_hint: "The one you write it in.", "Celle dans laquelle vous l’écrivez.";
    address: "Address", "Adresse";
    address_hint: "The last part of the page’s address. It stays as it is from the launch on.", "La dernière partie de l’adresse de la page. Elle ne change plus dès le lancement.";
}

// The funding.
words! {
    funding_lede: "What has to come together, and when cards are charged.", "Ce qui doit être réuni, et quand les cartes sont débitées.";
    currency: "Currency", "Devise";
    currency_hint: "All of the campaign is in it.", "Toute la campagne est dans cette devise.";
    goal: "Goal", "Objectif";
    goal_hint: "What you need to keep your promise, fees included. With pre-orders, what they should bring.", "Ce qu’il vous faut pour tenir votre promesse, commissions comprises. En prévente, ce qu’elle devrait rapporter.";
    units: "Units to be ordered", "Exemplaires à commander";
    units_hint: "This many decide; the goal in money is only shown.", "C’est ce nombre qui décide\u{a0}; l’objectif en argent est seulement affiché.";
    optimum: "Optimum", "Optimum";
    optimum_hint: "What the second round goes on towards; more than the goal, which is the minimum.", "Ce vers quoi va le second tour\u{a0}; plus que l’objectif, qui est le minimum.";
    verdict: "What decides a success?", "Qu’est-ce qui décide du succès\u{a0}?";
    verdict_pledged: "What is promised at the deadline", "Ce qui est promis à l’échéance";
    verdict_pledged_text: "Known at once. Some cards may fail afterwards; you get what was charged.", "Connu tout de suite. Des cartes peuvent échouer ensuite\u{a0}; vous recevez ce qui a été débité.";
    verdict_collected: "What was really charged a week later", "Ce qui est réellement débité une semaine plus tard";
    verdict_collected_text: "If failed cards leave too little, everybody gets the money back. Not with two rounds, nor where cards are charged at once.", "Si les cartes refusées laissent trop peu, tout le monde est remboursé. Pas avec deux tours, ni quand les cartes sont débitées tout de suite.";
    options: "Options", "Options";
    overtime: "Overtime", "Prolongation";
    overtime_hint: "A first pledge in the last 10 minutes moves the end, so that 10 minutes are left.", "Une première contribution dans les 10 dernières minutes repousse la fin, pour qu’il en reste 10.";
    late: "Late pledges", "Contributions tardives";
    instalments_from: "Instalments from", "Paiement en plusieurs fois dès";
    instalments_most: "Most instalments", "Mensualités au plus";
    instalments_hint: "Pledges of at least so much may be paid month by month, in 2 to 10 instalments. Leave both empty to offer none.", "Une contribution d’au moins ce montant peut être payée mois par mois, en 2 à 10 mensualités. Laissez les deux vides pour ne pas le proposer.";
    late_hint: "After a success, rewards with a late price can still be had until you close that.", "Après un succès, les contreparties qui ont un prix tardif restent disponibles jusqu’à ce que vous y mettiez fin.";
    stretch_hint: "What else becomes possible when more comes together. They decide nothing about money.", "Ce qui devient possible si davantage est réuni. Ils ne décident rien sur l’argent.";
    stretch_number(number): "Stretch goal {number}", "Objectif supplémentaire {number}";
    stretch_title: "Title", "Titre";
    stretch_text: "What happens then", "Ce qui se passe alors";
    measure: "Counted by", "Mesuré en";
    measure_amount: "Money", "Argent";
    measure_units: "Units", "Exemplaires";
    target: "From", "À partir de";
}

// The schedule.
words! {
    schedule_lede: "When it starts and when it ends, by your clock.", "Quand elle commence et quand elle finit, à votre heure.";
    zone: "Your clock", "Votre heure";
    zone_hint: "The city whose time you mean.", "La ville dont vous donnez l’heure.";
    ends_how: "When does it end?", "Quand finit-elle\u{a0}?";
    ends_days: "Some days after the launch", "Un certain nombre de jours après le lancement";
    ends_days_text: "To the minute, whenever you launch it.", "À la minute près, quel que soit le lancement.";
    ends_date: "On a date", "À une date";
    ends_date_text: "An evening is good: the last hours are the busiest.", "Un soir convient bien\u{a0}: les dernières heures sont les plus animées.";
    days: "Days", "Jours";
    days_hint: "1 to 60, or 365 where you keep what you raise. About 30 work best.", "De 1 à 60, ou 365 si tout est gardé. Une trentaine est le mieux.";
    end_date: "Date of the end", "Date de la fin";
    end_time: "Time of the end", "Heure de la fin";
    launch_how: "When does it start?", "Quand commence-t-elle\u{a0}?";
    launch_by_hand: "When I launch it", "Quand je la lance";
    launch_by_hand_text: "With a button, any time after the review.", "Avec un bouton, à tout moment après la relecture.";
    launch_at: "By itself, at a time that I set", "D’elle-même, à l’heure que je fixe";
    launch_at_text: "If it is approved by then.", "Si elle est approuvée d’ici là.";
}

// The story.
words! {
    story_lede: "Why this, why you, what it costs and what could go wrong.", "Pourquoi ceci, pourquoi vous, ce que cela coûte et ce qui pourrait mal tourner.";
    story: "Story", "Présentation";
    story_hint: "In Markdown. Pictures by link and HTML are left out.", "En Markdown. Les images par lien et le HTML sont écartés.";
    story_unsaved: "This text is not saved yet.", "Ce texte n’est pas encore enregistré.";
    story_help: "How to write Markdown", "Comment écrire en Markdown";
    help_heading: "a heading", "un titre";
    help_bold: "bold", "en gras";
    help_emphasis: "emphasis", "en italique";
    help_list: "an entry of a list", "un élément de liste";
    help_quote: "a quotation", "une citation";
    help_link: "a link", "un lien";
    story_preview: "As backers read it", "Comme le lisent les contributeurs";
    story_preview_text: "This is what is saved.", "Voici ce qui est enregistré.";
    story_preview_again: "Show what is written now", "Montrer ce qui est écrit maintenant";
}

// The preview.
words! {
    preview_lede: "The campaign as backers will see it. Until the launch only you and the operators of this site can open its page.", "La campagne comme la verront les contributeurs. Jusqu’au lancement, seuls vous et les exploitants de ce site pouvez ouvrir sa page.";
    preview_open: "Open the campaign’s page", "Ouvrir la page de la campagne";
    preview_no_story: "There is no story yet.", "Il n’y a pas encore de présentation.";
}

// Rewards.
words! {
    rewards_lede: "What backers get, in the order in which they see it.", "Ce que reçoivent les contributeurs, dans l’ordre où ils le voient.";
    no_rewards: "There are no rewards yet.", "Il n’y a pas encore de contreparties.";
    new_reward: "A new reward", "Nouvelle contrepartie";
    add_reward: "Add a reward", "Ajouter une contrepartie";
    add_add_on: "Add an add-on", "Ajouter une option";
    claimed_of(claimed, quantity): "{claimed} of {quantity} taken", "{claimed} prises sur {quantity}";
    duplicate: "Duplicate", "Dupliquer";
    delete_reward: "Delete", "Supprimer";
    move_up: "Move up", "Monter";
    move_down: "Move down", "Descendre";
    to_rewards: "Back to the rewards", "Retour aux contreparties";
    is_backed: "Somebody has pledged for this reward. What was promised stays as it is; there may be more of it.", "Quelqu’un a choisi cette contrepartie. Ce qui a été promis reste tel quel\u{a0}; il peut y en avoir davantage.";
    kind: "What is it?", "De quoi s’agit-il\u{a0}?";
    one_reward: "A reward", "Une contrepartie";
    one_add_on: "An add-on", "Une option";
    kind_reward_text: "One per pledge.", "Une par contribution.";
    kind_add_on_text: "To be added to any reward, several times as well.", "À ajouter à toute contrepartie, plusieurs fois aussi.";
    reward_title: "Title", "Titre";
    price(currency): "Price in {currency}", "Prix en {currency}";
    late_price(currency): "Late price in {currency}", "Prix tardif en {currency}";
    late_price_hint: "After a success. Without one it cannot be had then.", "Après un succès. Sans ce prix, elle n’est plus disponible alors.";
    description: "Description", "Description";
    description_hint: "What it is, in a few sentences.", "Ce que c’est, en quelques phrases.";
    items_hint: "One thing per line, such as 2 × Postcard.", "Un objet par ligne, par exemple 2 × Carte postale.";
    delivery_hint: "The month in which it arrives, such as 2027-06.", "Le mois où elle arrive, par exemple 2027-06.";
    quantity: "How many there are", "Combien il y en a";
    per_backer: "Most per backer", "Maximum par contributeur";
    quantity_hint: "Empty means no limit.", "Vide\u{a0}: sans limite.";
    counts_as: "Counts as units", "Compte pour";
    counts_as_hint: "Towards goals in units; 1 if you leave it empty.", "Pour les objectifs en exemplaires\u{a0}; 1 si vous laissez vide.";
    shipping: "How does it reach its backer?", "Comment arrive-t-elle\u{a0}?";
    ships_pick_up: "It is picked up", "Elle est à retirer sur place";
    ships_countries: "To some countries", "Dans certains pays";
    pick_up_place: "Where it is picked up", "Lieu de retrait";
    costs: "Shipping costs", "Frais d’envoi";
    costs_hint: "One per line: a country and its cost, such as FR 4.50. Where it ships anywhere: a part of the world, such as EU 6, or nothing.", "Un par ligne\u{a0}: un pays et son coût, par exemple FR 4,50. Pour un envoi partout\u{a0}: une partie du monde, par exemple UE 6, ou rien.";
    elsewhere: "Cost to anywhere else", "Coût partout ailleurs";
    elsewhere_hint: "0 if shipping is free.", "0 si l’envoi est gratuit.";
}

counted! {
    reviews_count: "Reviews: {n} waits" | "Reviews: {n} wait", "Relectures\u{a0}: {n} en attente" | "Relectures\u{a0}: {n} en attente";
    claimed: "{n} taken" | "{n} taken", "{n} prise" | "{n} prises";
    times: "{n} submission" | "{n} submissions", "{n} envoi" | "{n} envois";
}
