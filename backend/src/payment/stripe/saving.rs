//! Saving a card: a customer of its own for each pledge, and a SetupIntent that the
//! browser fills in and its holder confirms.

use domain::payment::Setup;
use subtle::ConstantTimeEq as _;

use super::{
    super::{SavedCard, Trouble},
    Card, Stripe,
    answer::{Customer, SetupIntent},
    is_word,
};

impl Stripe {
    pub(super) async fn begin(&self, beside: Option<&str>) -> Result<Setup, Trouble> {
        let customer = match beside.and_then(Card::parse) {
            Some(card) => card.customer.to_owned(),
            None => {
                let made = self.post("/v1/customers", &[("metadata[for]", "pledge")], None).await?;
                made.expect::<Customer>()?.id
            }
        };
        let fields = [
            ("customer", customer.as_str()),
            ("usage", "off_session"),
            ("payment_method_types[]", "card"),
        ];
        let reply = self.post("/v1/setup_intents", &fields, None).await?;
        Ok(Setup(reply.expect::<SetupIntent>()?.client_secret))
    }

    pub(super) async fn saved(
        &self,
        setup: &Setup,
        beside: Option<&str>,
    ) -> Result<Option<SavedCard>, Trouble> {
        let Some(id) = setup_id(&setup.0) else { return Ok(None) };
        let path = format!("/v1/setup_intents/{id}?expand[]=payment_method");
        let reply = self.wire.get(&path).await?;
        if reply.status == 404 {
            return Ok(None);
        }
        let found = reply.expect::<SetupIntent>()?;
        // Only who typed the card knows the whole of it.
        let is_theirs: bool = found.client_secret.as_bytes().ct_eq(setup.0.as_bytes()).into();
        let is_beside = beside
            .and_then(Card::parse)
            .is_none_or(|card| found.customer.as_deref() == Some(card.customer));
        if !is_theirs || !is_beside || found.status != "succeeded" {
            return Ok(None);
        }
        let (Some(customer), Some(method)) = (found.customer, found.payment_method) else {
            return Ok(None);
        };
        Ok(Some(SavedCard {
            method: format!("{customer}/{}", method.id),
            last_four: method.card.map(|card| card.last4).unwrap_or_default(),
            must_authenticate: false,
        }))
    }
}

/// `seti_…` of `seti_…_secret_…`. It becomes a part of an address, so it is
/// looked at closely.
fn setup_id(secret: &str) -> Option<&str> {
    let (id, rest) = secret.split_once("_secret_")?;
    (id.starts_with("seti_") && is_word(id) && is_word(rest) && secret.len() < 200).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::setup_id;

    #[test]
    fn only_whole_secrets_become_addresses() {
        assert_eq!(setup_id("seti_1aB_secret_x9"), Some("seti_1aB"));
        for other in [
            "",
            "seti_1",
            "seti_../x_secret_y",
            "pi_1_secret_y",
            "seti_1_secret_",
            "seti_1?_secret_y",
        ] {
            assert_eq!(setup_id(other), None, "{other}");
        }
    }
}
