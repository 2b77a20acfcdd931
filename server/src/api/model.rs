//! The types of the API's answers and bodies. Their comments are its reference.

pub mod campaign;
pub mod pledge;
pub mod reward;
pub mod words;

use serde::Serialize;
use utoipa::ToSchema;

use words::CurrencyWord;

/// A sum of money, exact.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Money {
    /// Decimal string in the currency's own scale: two decimals, none for the yen.
    #[schema(pattern = r"^[0-9]+(\.[0-9]{2})?$", examples("1234.50"))]
    pub amount: String,
    /// ISO 4217 code.
    #[schema(value_type = CurrencyWord)]
    pub currency: &'static str,
}

impl From<domain::Money> for Money {
    fn from(money: domain::Money) -> Self {
        Self { amount: money.decimal(), currency: money.currency.code() }
    }
}
