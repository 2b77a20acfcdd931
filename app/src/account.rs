//! stub
pub mod act;
use leptos::prelude::*;
#[component] pub fn SignUp() -> impl IntoView { "x" }
#[component] pub fn SignIn() -> impl IntoView { "x" }
#[component] pub fn Confirm() -> impl IntoView { "x" }
#[component] pub fn Account() -> impl IntoView { "x" }
#[component] pub fn Mailbox() -> impl IntoView { "x" }
#[component] pub fn SignInFirst() -> impl IntoView { "x" }
