//! The page as a document that several people write: what visitors read around it, and
//! why a change of it is not taken.

words! {
    risks: "Risks and challenges", "Risques et difficultés";
    questions: "Questions and answers", "Questions et réponses";
    film_at(host): "Film at {host}", "Film sur {host}";
    reward_gone: "This reward is no longer offered", "Cette contrepartie n’est plus proposée";
    refused_strange: "This change holds something that no page can hold. The page was opened anew.", "Cette modification contient quelque chose qu’aucune page ne peut contenir. La page a été rouverte.";
    refused_foreign: "This change belongs to another campaign’s page. It was not taken.", "Cette modification appartient à la page d’une autre campagne. Elle n’a pas été prise.";
    refused_blocks(most): "A story has at most {most} blocks.", "Une présentation a au plus {most} blocs.";
    refused_questions(most): "A page has at most {most} questions.", "Une page a au plus {most} questions.";
    refused_text: "This text is too long for one block.", "Ce texte est trop long pour un seul bloc.";
    refused_page: "The page is too long.", "La page est trop longue.";
    refused_large: "This change is too large to be taken at once.", "Cette modification est trop grande pour être prise en une fois.";
    refused_history: "This page has been changed so often that its document is full. Write to us.", "Cette page a été modifiée si souvent que son document est plein. Écrivez-nous.";
    refused_rights: "You may no longer edit this page.", "Vous ne pouvez plus modifier cette page.";
    refused_full: "As many people as can be are writing this page already.", "Le nombre maximal de personnes écrit déjà cette page.";
    refused_often: "Too many changes at once.", "Trop de modifications à la fois.";
    no_title: "A page needs a title before it is published.", "Une page a besoin d’un titre avant d’être publiée.";
    title_long(most): "The title has at most {most} characters.", "Le titre a au plus {most} caractères.";
    subtitle_long(most): "The subtitle has at most {most} characters.", "Le sous-titre a au plus {most} caractères.";
    no_story: "A page needs a story before it is published.", "Une page a besoin d’une présentation avant d’être publiée.";
    changed_since: "The page has changed since you looked. Look again, then publish.", "La page a changé depuis que vous l’avez regardée. Regardez encore, puis publiez.";
    form_while_unpublished: "Changes that are not published yet wait in the page’s editor. Publish them there first.", "Des modifications pas encore publiées attendent dans l’éditeur de la page. Publiez-les d’abord là.";
    form_cannot_hold: "This story holds pictures, films, call-outs or rewards, which this form would drop. Change it in the page’s own editor.", "Cette présentation contient des images, des films, des encadrés ou des contreparties que ce formulaire ferait disparaître. Modifiez-la dans l’éditeur de la page.";
    nothing_new: "There is nothing new to publish.", "Il n’y a rien de nouveau à publier.";
    not_launched: "A campaign that is not launched is not published: what is written shows at its launch.", "Une campagne qui n’est pas lancée ne se publie pas\u{a0}: ce qui est écrit s’affiche à son lancement.";
}
