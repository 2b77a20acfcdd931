//! A page that is there once what it shows has been read.

use std::future::Future;

use leptos::prelude::*;

use crate::{
    codec::Compact,
    error::{self, AppError},
};

/// What a page reads; on the server nothing leaves before it is there.
pub type Read<T> = Resource<Result<T, AppError>, Compact>;

/// How many parts of the page on show are being read anew.
#[derive(Clone, Copy)]
struct Pending(RwSignal<i32>);

/// Puts the count of what is being read in reach of every page.
pub fn provide_pending() {
    provide_context(Pending(RwSignal::new(0)));
}

/// Whether something on the page on show is being read anew.
#[must_use]
pub fn is_pending() -> Signal<bool> {
    match use_context::<Pending>() {
        Some(Pending(count)) => Memo::new(move |_| count.get() > 0).into(),
        None => false.into(),
    }
}

/// Reads again whenever `source` changes.
pub fn reading<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> Read<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Resource::new_with_options(source, fetch, true)
}

/// Waits for the one thing a page reads, then shows it, or what stands in for
/// it. While the next page is read the last one stays.
pub fn load<T>(page: Read<T>, show: impl Fn(T) -> AnyView + Copy + Send + Sync + 'static) -> AnyView
where
    T: serde::Serialize + serde::de::DeserializeOwned + Clone + Send + Sync + 'static,
{
    let inside = once_read(page, move |read| match read {
        Ok(page) => show(page),
        Err(error) => error::show(&error),
    });
    // On the server the setter would be an effect that outlives its page, and panics.
    #[cfg(feature = "ssr")]
    let shown = view! { <Transition>{inside}</Transition> };
    #[cfg(not(feature = "ssr"))]
    let shown = view! { <Transition set_pending=counted()>{inside}</Transition> };
    shown.into_any()
}

/// What is shown of what was read, inside a `Transition`.
pub fn once_read<T>(
    page: Read<T>,
    show: impl Fn(Result<T, AppError>) -> AnyView + Copy + Send + Sync + 'static,
) -> impl Fn() -> Suspend<AnyView> + Copy + Send + Sync + 'static
where
    T: serde::Serialize + serde::de::DeserializeOwned + Clone + Send + Sync + 'static,
{
    move || {
        Suspend::new(async move {
            let read = page.await;
            #[cfg(feature = "ssr")]
            let () = not_in_passing().await;
            show(read)
        })
    }
}

/// Comes to rest at the second asking. Before a page is written, what it waits
/// for is asked once whether it waits for more, and what that builds is thrown
/// away; it was the whole page, and every page was built twice.
#[cfg(feature = "ssr")]
fn not_in_passing() -> impl Future<Output = ()> {
    use std::task::Poll;

    let mut is_asked = false;
    std::future::poll_fn(move |asked| {
        if std::mem::replace(&mut is_asked, true) {
            return Poll::Ready(());
        }
        asked.waker().wake_by_ref();
        Poll::Pending
    })
}

/// Takes part in the count, and no longer once its page is left.
#[cfg(not(feature = "ssr"))]
fn counted() -> SignalSetter<bool> {
    let count = use_context::<Pending>().map(|pending| pending.0);
    let is_counted = StoredValue::new(false);
    let set = move |is_pending: bool| {
        let was = is_counted.try_update_value(|was| std::mem::replace(was, is_pending));
        if let (Some(count), Some(was)) = (count, was)
            && was != is_pending
        {
            let step = if is_pending { 1 } else { -1 };
            count.try_update(|count| *count += step);
        }
    };
    on_cleanup(move || set(false));
    SignalSetter::map(set)
}
