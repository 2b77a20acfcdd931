//! A page that is there once what it shows has been read.

use leptos::prelude::*;

use crate::error::{self, AppError};

/// Waits for the one thing a page reads, then shows it, or what stands in for
/// it. While the next page is read the last one stays.
pub fn load<T>(
    page: Resource<Result<T, AppError>>,
    show: impl Fn(T) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
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
