//! Sign-up, sign-in and account pages.

words! {
    sign_in: "Sign in", "Se connecter";
}
