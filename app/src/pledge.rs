//! stub
pub mod act;
use leptos::prelude::*;
#[component] pub fn Checkout() -> impl IntoView { "x" }
#[component] pub fn Manage() -> impl IntoView { "x" }
#[component] pub fn MyPledges() -> impl IntoView { "x" }
