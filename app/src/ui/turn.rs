//! Parts of a page that come alive one after another. Taking a whole page over is half a
//! second's work for a phone, and while it lasts nothing that is touched answers: between
//! two parts the browser gets its turn.

use leptos::prelude::*;

/// A part that waits for its turn where a page from the server wakes up. Elsewhere it is
/// there at once, as if nothing were said.
#[must_use]
pub fn in_turn(part: AnyView) -> AnyView {
    #[cfg(feature = "hydrate")]
    return browser::InTurn(part).into_any();
    #[cfg(not(feature = "hydrate"))]
    part
}

#[cfg(feature = "hydrate")]
mod browser {
    use gloo_timers::future::TimeoutFuture;
    use leptos::{
        attr::{Attribute, any_attribute::AnyAttribute},
        prelude::*,
        tachys::{
            hydration::Cursor,
            view::{
                Position, PositionState,
                any_view::{AnyView, AnyViewWithAttrs},
            },
        },
    };

    /// Everything but waking up is the part's own affair.
    pub struct InTurn(pub AnyView);

    impl Render for InTurn {
        type State = <AnyView as Render>::State;

        fn build(self) -> Self::State {
            self.0.build()
        }

        fn rebuild(self, state: &mut Self::State) {
            self.0.rebuild(state);
        }
    }

    impl AddAnyAttr for InTurn {
        type Output<NewAttr: Attribute> = AnyViewWithAttrs;

        fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> Self::Output<NewAttr>
        where
            Self::Output<NewAttr>: RenderHtml,
        {
            self.0.add_any_attr(attr)
        }
    }

    impl RenderHtml for InTurn {
        type AsyncOutput = AnyView;
        type Owned = Self;

        const MIN_LENGTH: usize = AnyView::MIN_LENGTH;

        fn dry_resolve(&mut self) {
            self.0.dry_resolve();
        }

        async fn resolve(self) -> AnyView {
            self.0.resolve().await
        }

        fn to_html_with_buf(
            self,
            buf: &mut String,
            position: &mut Position,
            escape: bool,
            mark_branches: bool,
            extra_attrs: Vec<AnyAttribute>,
        ) {
            self.0.to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
        }

        fn hydrate<const FROM_SERVER: bool>(
            self,
            cursor: &Cursor,
            position: &PositionState,
        ) -> Self::State {
            self.0.hydrate::<FROM_SERVER>(cursor, position)
        }

        async fn hydrate_async(self, cursor: &Cursor, position: &PositionState) -> Self::State {
            TimeoutFuture::new(0).await;
            self.0.hydrate_async(cursor, position).await
        }

        fn into_owned(self) -> Self {
            self
        }
    }
}
