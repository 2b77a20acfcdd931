//! What the public API answers to a program, for the person who wrote it.

// Titles: one for each kind of problem.
words! {
    invalid: "Some fields need another look", "Certains champs sont à revoir";
    malformed: "The request cannot be read", "La requête est illisible";
    not_found: "There is nothing here", "Il n’y a rien ici";
    wrong_method: "This address does not take that method", "Cette adresse n’accepte pas cette méthode";
    unauthenticated: "A token is needed", "Un jeton est nécessaire";
    forbidden: "This is not allowed", "Ceci n’est pas permis";
    refused: "A rule says no", "Une règle s’y oppose";
    too_fast: "Too many requests", "Trop de requêtes";
    too_large: "The body is too large", "Le corps est trop volumineux";
    media_type: "The body has another type", "Le corps est d’un autre type";
    busy: "Too many are waiting", "Trop de demandes en attente";
    unexpected: "Something broke on our side", "Quelque chose s’est cassé de notre côté";
}

// Details: what exactly, and what to do.
words! {
    malformed_json(line, column): "The body is not JSON; see line {line}, column {column}.", "Le corps n’est pas du JSON ; voir la ligne {line}, colonne {column}.";
    malformed_body: "The body did not arrive whole.", "Le corps n’est pas arrivé en entier.";
    malformed_address: "The address is not percent-encoded UTF-8.", "L’adresse n’est pas de l’UTF-8 encodé en pourcents.";
    malformed_key(most): "Idempotency-Key has 1 to {most} visible ASCII characters.", "Idempotency-Key compte de 1 à {most} caractères ASCII visibles.";
    no_token: "Send a personal token: “Authorization: Bearer …”. Your account page makes one.", "Envoyez un jeton personnel : « Authorization: Bearer … ». Votre page de compte en crée un.";
    wrong_token: "This token is unknown or was revoked.", "Ce jeton est inconnu ou a été révoqué.";
    no_such_address: "This address is not part of the API. Its reference lists every one.", "Cette adresse ne fait pas partie de l’API. Sa documentation les énumère.";
    allowed_methods: "The Allow header names the methods it takes.", "L’en-tête Allow nomme les méthodes acceptées.";
    body_limit(most): "A body may have {most} bytes.", "Un corps peut compter {most} octets.";
    needs_json: "Send “Content-Type: application/json”.", "Envoyez « Content-Type: application/json ».";
}

// What can be wrong with a field of a body or a query, beyond what a form can get wrong.
words! {
    not_an_object: "This has to be an object.", "Ceci doit être un objet.";
    not_a_list: "This has to be a list.", "Ceci doit être une liste.";
    not_text: "This has to be text.", "Ceci doit être du texte.";
    not_a_number: "This has to be a whole number.", "Ceci doit être un nombre entier.";
    out_of_range(least, most): "This has to be from {least} to {most}.", "Ceci doit être compris entre {least} et {most}.";
    unknown_field: "There is no such field.", "Ce champ n’existe pas.";
    too_many(most): "There are {most} at most.", "Il y en a {most} au plus.";
    nothing_to_change: "Name at least one thing to change.", "Indiquez au moins une chose à changer.";
    wrong_cursor: "This cursor belongs to another question. Start again without one.", "Ce curseur appartient à une autre question. Recommencez sans curseur.";
}

// The reference of the API. What each operation does is written once, in English, as
// the description that programs read; around it the reader's own language is spoken.
words! {
    docs_title: "Reference of the API", "Documentation de l’API";
    docs_in_english: "The descriptions are in English, as programs read them.", "Les descriptions sont en anglais, telles que les programmes les lisent.";
    docs_for_programs: "The same for programs:", "La même chose pour les programmes :";
    docs_operations: "Operations", "Opérations";
    docs_types: "Types", "Types";
    docs_needs_token: "needs a token", "demande un jeton";
    docs_parameter: "Parameter", "Paramètre";
    docs_where: "Where", "Emplacement";
    docs_type: "Type", "Type";
    docs_meaning: "Meaning", "Sens";
    docs_body: "Body:", "Corps :";
    docs_status: "Status", "Statut";
    docs_answer: "Answer", "Réponse";
    docs_field: "Field", "Champ";
    /// Between two types that a value may have.
    docs_or: " or ", " ou ";
    /// Before the type of each.
    docs_list_of: "list of ", "liste de ";
    docs_object_of: "object of ", "objet de ";
    docs_text: "text", "texte";
    docs_whole_number: "whole number", "nombre entier";
    docs_true_or_false: "true or false", "vrai ou faux";
}
