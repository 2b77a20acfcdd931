//! A page that is there once what it shows has been read.

use std::future::Future;

use leptos::prelude::*;

use crate::{
    codec::Compact,
    error::{self, AppError},
};

/// What a page reads; on the server nothing leaves before it is there.
pub type Read<T> = Resource<Result<T, AppError>, Compact>;

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
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => show(page),
                    Err(error) => error::show(&error),
                }
            })}
        </Transition>
    }
    .into_any()
}
