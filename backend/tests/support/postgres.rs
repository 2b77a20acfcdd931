//! Where the tests' Postgres is, and a loud word where there is none.

/// The address in `TEST_POSTGRES_URL`. `None` without it, unless
/// `REQUIRE_POSTGRES` is set, as `cargo xtask test` does: half of what is
/// promised would go untested then, and nobody would notice.
#[allow(clippy::print_stderr, reason = "who runs the tests has to see it")]
pub fn address() -> Option<String> {
    let address = std::env::var("TEST_POSTGRES_URL").ok();
    if address.is_none() {
        assert!(
            std::env::var_os("REQUIRE_POSTGRES").is_none(),
            "REQUIRE_POSTGRES is set and TEST_POSTGRES_URL is not: no test ran on Postgres"
        );
        eprintln!("NOT TESTED on Postgres: TEST_POSTGRES_URL is not set");
    }
    address
}
