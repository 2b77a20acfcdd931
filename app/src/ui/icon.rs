//! Our own strokes, drawn on a square of 24.

use leptos::prelude::*;

/// The icons there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IconName {
    Alert,
    ArrowLeft,
    ArrowRight,
    Box,
    Card,
    Check,
    Clock,
    Close,
    Info,
    Link,
    Lock,
    Mail,
    Person,
    Pin,
    Search,
}

/// An icon beside words. It is hidden from screen readers: the words say it.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=name.path() />
        </svg>
    }
}

impl IconName {
    const fn path(self) -> &'static str {
        match self {
            Self::Alert => "M12 4 21 20H3zM12 10v4M12 17v.01",
            Self::ArrowLeft => "M20 12H4m6-6-6 6 6 6",
            Self::ArrowRight => "M4 12h16m-6-6 6 6-6 6",
            Self::Box => "M4 8l8-4 8 4v8l-8 4-8-4zm0 0 8 4 8-4m-8 4v8",
            Self::Card => "M3 6h18v12H3zm0 4h18M7 15h3",
            Self::Check => "M4 12.5 9.5 18 20 7",
            Self::Clock => "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18m0 4.5v4.5l3 2",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Info => "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18m0 8v5m0-8v.01",
            Self::Link => {
                "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"
            }
            Self::Lock => "M6 11h12v9H6zm2.5 0V8a3.5 3.5 0 0 1 7 0v3",
            Self::Mail => "M3 6h18v12H3zm0 1 9 6 9-6",
            Self::Person => "M12 12a4 4 0 1 0 0-8a4 4 0 1 0 0 8m-8 8c1-4 4-5.5 8-5.5s7 1.5 8 5.5",
            Self::Pin => {
                "M12 21c4-4.5 6.5-7.5 6.5-11a6.5 6.5 0 0 0-13 0c0 3.5 2.5 6.5 6.5 11m0-13a2 2 0 1 0 0 4a2 2 0 1 0 0-4"
            }
            Self::Search => "M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14m5 12 5 5",
        }
    }
}
