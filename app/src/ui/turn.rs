//! Parts of a page that come alive one after another. Taking a whole page over is half a
//! second's work for a phone, and while it lasts nothing that is touched answers: between
//! two parts the browser gets its turn.

use leptos::prelude::*;

/// A part that waits for its turn where a page from the server wakes up, and is made only
/// then: making it is a good part of the work. Elsewhere it is there at once, as if nothing
/// were said.
#[must_use]
pub fn in_turn(part: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    #[cfg(feature = "hydrate")]
    return browser::InTurn::new(part).into_any();
    #[cfg(not(feature = "hydrate"))]
    part()
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
    pub struct InTurn {
        make: Box<dyn FnOnce() -> AnyView + Send>,
        /// Who it belongs to, also when its turn comes later.
        owner: Option<Owner>,
    }

    impl InTurn {
        pub fn new(make: impl FnOnce() -> AnyView + Send + 'static) -> Self {
            Self { make: Box::new(make), owner: Owner::current() }
        }

        fn part(self) -> AnyView {
            match self.owner {
                Some(owner) => owner.with(self.make),
                None => (self.make)(),
            }
        }
    }

    impl Render for InTurn {
        type State = <AnyView as Render>::State;

        fn build(self) -> Self::State {
            self.part().build()
        }

        fn rebuild(self, state: &mut Self::State) {
            self.part().rebuild(state);
        }
    }

    impl AddAnyAttr for InTurn {
        type Output<NewAttr: Attribute> = AnyViewWithAttrs;

        fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> Self::Output<NewAttr>
        where
            Self::Output<NewAttr>: RenderHtml,
        {
            self.part().add_any_attr(attr)
        }
    }

    impl RenderHtml for InTurn {
        type AsyncOutput = AnyView;
        type Owned = Self;

        const MIN_LENGTH: usize = AnyView::MIN_LENGTH;

        fn dry_resolve(&mut self) {}

        async fn resolve(self) -> AnyView {
            self.part().resolve().await
        }

        fn to_html_with_buf(
            self,
            buf: &mut String,
            position: &mut Position,
            escape: bool,
            mark_branches: bool,
            extra_attrs: Vec<AnyAttribute>,
        ) {
            self.part().to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
        }

        fn hydrate<const FROM_SERVER: bool>(
            self,
            cursor: &Cursor,
            position: &PositionState,
        ) -> Self::State {
            self.part().hydrate::<FROM_SERVER>(cursor, position)
        }

        async fn hydrate_async(self, cursor: &Cursor, position: &PositionState) -> Self::State {
            TimeoutFuture::new(0).await;
            self.part().hydrate_async(cursor, position).await
        }

        fn into_owned(self) -> Self {
            self
        }
    }
}
