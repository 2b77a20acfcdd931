//! An answer that leads elsewhere is followed only where it was asked for: it may come
//! late, when whoever sent the form has long gone on to another page.

#[cfg(feature = "hydrate")]
pub use browser::Following;
/// The server asks nothing of itself.
#[cfg(not(feature = "hydrate"))]
pub use leptos::server_fn::client::browser::BrowserClient as Following;

/// Takes the router's place in leading on. To be called before there is a router, which
/// would follow every answer: whoever is first stays.
pub fn follow_answers() {
    #[cfg(feature = "hydrate")]
    browser::follow_answers();
}

/// What of an address says which page is on show. The rest of a query says how it is
/// shown: the choices of a pledge change the address of the form that they stand in.
#[cfg(any(feature = "hydrate", test))]
fn page_of(path: &str, reward: Option<&str>) -> String {
    match reward {
        Some(reward) if path.starts_with("/studio/") => format!("{path}?reward={reward}"),
        _ => path.to_owned(),
    }
}

/// Answers that lead elsewhere and were not followed yet: where to, and from which page
/// they were asked for.
#[cfg(any(feature = "hydrate", test))]
#[derive(Default)]
struct Owed(Vec<(String, Option<String>)>);

#[cfg(any(feature = "hydrate", test))]
impl Owed {
    fn note(&mut self, to: String, from: Option<String>) {
        self.0.retain(|(known, _)| *known != to);
        self.0.push((to, from));
    }

    /// The page on which an answer that leads there was asked for; nothing where that was
    /// not noted.
    fn take(&mut self, to: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| known == to)?;
        self.0.swap_remove(at).1
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, sync::OnceLock};

    use futures::{Sink, Stream};
    use leptos::{
        prelude::*,
        server_fn::{
            Bytes,
            client::{Client, browser::BrowserClient},
            error::FromServerFnError,
            redirect::set_redirect_hook,
            request::browser::BrowserRequest,
            response::{ClientRes, browser::BrowserResponse},
        },
    };
    use leptos_router::{
        NavigateOptions,
        hooks::{use_location, use_navigate},
    };

    use super::{Owed, page_of};

    /// Owns the router; it lives as long as the page that the browser loaded.
    static ROUTER: OnceLock<Owner> = OnceLock::new();

    thread_local! {
        static OWED: RefCell<Owed> = RefCell::default();
    }

    /// Asks the server as server functions do, and notes from which page.
    pub struct Following;

    impl<E, I, O> Client<E, I, O> for Following
    where
        E: FromServerFnError,
        I: FromServerFnError,
        O: FromServerFnError,
    {
        type Request = BrowserRequest;
        type Response = BrowserResponse;

        fn send(
            request: BrowserRequest,
        ) -> impl Future<Output = Result<BrowserResponse, E>> + Send {
            let from = here();
            let answer = <BrowserClient as Client<E, I, O>>::send(request);
            async move {
                let answer = answer.await?;
                if ClientRes::<E>::has_redirect(&answer) {
                    let to = ClientRes::<E>::location(&answer);
                    OWED.with_borrow_mut(|owed| owed.note(to, from));
                }
                Ok(answer)
            }
        }

        fn open_websocket(
            path: &str,
        ) -> impl Future<
            Output = Result<
                (
                    impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static,
                    impl Sink<Bytes> + Send + 'static,
                ),
                E,
            >,
        > + Send {
            <BrowserClient as Client<E, I, O>>::open_websocket(path)
        }

        fn spawn(future: impl Future<Output = ()> + Send + 'static) {
            <BrowserClient as Client<E, I, O>>::spawn(future);
        }
    }

    pub fn follow_answers() {
        if let Some(owner) = Owner::current() {
            _ = ROUTER.set(owner);
        }
        _ = set_redirect_hook(|to: &str| {
            // At once: the form that takes its answer next has its page read anew, and
            // where the page has another address now, that is the one to read.
            let from = OWED.with_borrow_mut(|owed| owed.take(to));
            if from.is_none() || from == here() {
                go(to);
            }
        });
    }

    /// The page that is on show or on its way; nothing while there is no router.
    fn here() -> Option<String> {
        let location = ROUTER.get()?.with(use_location);
        let reward = location.query.with_untracked(|query| query.get("reward"));
        Some(page_of(&location.pathname.get_untracked(), reward.as_deref()))
    }

    fn go(to: &str) {
        if let Some(router) = ROUTER.get() {
            router.with(|| use_navigate()(to, NavigateOptions::default()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Owed, page_of};

    #[test]
    fn only_a_reward_in_the_studio_is_a_page_of_its_own() {
        assert_eq!(page_of("/studio/lamp/story", None), "/studio/lamp/story");
        assert_ne!(
            page_of("/studio/lamp/rewards", Some("new")),
            page_of("/studio/lamp/rewards", Some("1"))
        );
        assert_eq!(
            page_of("/campaigns/lamp/pledge", Some("1")),
            page_of("/campaigns/lamp/pledge", Some("2"))
        );
    }

    #[test]
    fn each_answer_knows_the_page_it_was_asked_for_on() {
        let mut owed = Owed::default();
        owed.note("/b".into(), Some("/basics".into()));
        owed.note("/s".into(), Some("/story".into()));
        assert_eq!(owed.take("/b").as_deref(), Some("/basics"));
        assert_eq!(owed.take("/b"), None, "it is followed once");
        owed.note("/s".into(), Some("/funding".into()));
        assert_eq!(owed.take("/s").as_deref(), Some("/funding"));
        assert_eq!(owed.take("/s"), None);
    }
}
