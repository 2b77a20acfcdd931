//! Random tokens, and the keys that are derived from this installation's secret.

mod sql;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::Rng as _;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::{
    db::Db,
    error::{Error, Result},
};

/// A secret drawn once per installation and kept in its database, so that every
/// node of it derives the same keys.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The installation's secret, drawn on the first call ever.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn load(db: &Db) -> Result<Self> {
        let mut tx = db.begin().await?;
        let value = sql::keep(&mut tx.conn(), &random_token()).await?;
        tx.commit().await?;
        let bytes = URL_SAFE_NO_PAD
            .decode(value)
            .map_err(|e| Error::internal(e, "the stored secret is damaged"))?;
        let bytes = <[u8; 32]>::try_from(bytes.as_slice())
            .map_err(|e| Error::internal(e, "the stored secret is damaged"))?;
        Ok(Self(bytes))
    }

    /// A key for one thing, such as `pledge:{id}`: whoever holds it may act on
    /// that thing without an account.
    #[must_use]
    pub fn key(&self, of: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(of.as_bytes());
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }

    /// Whether a claimed key is the right one, in constant time.
    #[must_use]
    pub fn opens(&self, of: &str, claimed: &str) -> bool {
        self.key(of).as_bytes().ct_eq(claimed.as_bytes()).into()
    }
}

/// 256 random bits for a cookie, a link or an API token.
#[must_use]
pub fn random_token() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a token. Tokens are random, so a plain hash cannot be
/// guessed back.
#[must_use]
pub fn hashed(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}
