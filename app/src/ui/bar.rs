//! How far a campaign has come, as a bar of twenty courses.

use domain::campaign::{CampaignState, Funding};
use leptos::prelude::*;

/// The pedestal in one line. What exceeds the goal is copper over verdigris, so
/// 138 % shows 38 % of copper. It is hidden from screen readers: wherever it
/// stands, the percentage stands beside it in words.
#[component]
pub fn Bar(
    /// The figures, possibly live.
    #[prop(into)]
    funding: Signal<Funding>,
    /// An ended campaign that did not reach its goal is grey.
    #[prop(into)]
    state: Signal<CampaignState>,
) -> impl IntoView {
    let set = move || width(funding.get().basis_points());
    let over = move || width(funding.get().basis_points().saturating_sub(10_000));
    view! {
        <svg class="bar" data-state=move || state.get().key() aria-hidden="true">
            <rect class="bar-set" width=set height="100%" />
            <rect class="bar-over" width=over height="100%" />
        </svg>
    }
}

/// Hundredths of a percent as a width between nothing and everything.
fn width(basis_points: i64) -> String {
    let shown = basis_points.clamp(0, 10_000);
    format!("{}.{:02}%", shown / 100, shown % 100)
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn a_bar_is_never_wider_than_itself() {
        assert_eq!(width(7_342), "73.42%");
        assert_eq!(width(-5), "0.00%");
        assert_eq!(width(i64::MAX), "100.00%");
    }
}
