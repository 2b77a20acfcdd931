//! The form by which an operator says that a backer has the money by other means.

use domain::{
    Locale,
    refund::returns::{LONGEST_NOTE, ReturnRow},
    words::returns as w,
};
use leptos::prelude::*;

use super::act::SettleReturn;
use crate::{
    http::typed,
    ui::{Field, RefusalNotice, Submit, invalid, problem, refused},
};

/// The form for this one.
pub fn form(row: &ReturnRow, act: ServerAction<SettleReturn>, locale: Locale) -> AnyView {
    let refused = refused(act);
    let invalid = invalid(refused);
    let id = row.id.to_string();
    view! {
        <section id="by-hand" class="by-hand" aria-label=w::by_hand(locale)>
            <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
                <input type="hidden" name="form[id]" value=id />
                <p>{w::by_hand_text(locale)}</p>
                <Field
                    name="form[note]"
                    label=w::note(locale)
                    hint=w::note_hint(locale)
                    value=typed("form[note]")
                    problem=problem(invalid, "note")
                    autocomplete="off"
                    maxlength=LONGEST_NOTE
                    required=true
                />
                <RefusalNotice refused=refused />
                <div class="buttons">
                    <Submit
                        label=w::by_hand_submit(locale)
                        pending=act.pending()
                        kind="danger"
                    />
                </div>
            </ActionForm>
        </section>
    }
    .into_any()
}
