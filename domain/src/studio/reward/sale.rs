//! From when and until when a reward can be had, as its creator writes it.

use super::RewardForm;
use crate::{
    invalid::{Invalid, Problem},
    reward::Offer,
    studio::schedule::{date_and_time, instant},
    time::{Timestamp, Zone},
    words::reward_option as w,
};

impl RewardForm {
    /// The window; `None` when something is wrong with it.
    pub(super) fn parse_window(&self, zone: Zone, invalid: &mut Invalid) -> Option<Offer> {
        let at = |date: &str, time: &str| match (date.trim(), time.trim()) {
            ("", "") => Ok(None),
            (date, time) => instant(zone, date, time).map(Some),
        };
        let starts_at = invalid.keep("starts", at(&self.starts, &self.starts_time));
        let ends_at = invalid.keep("ends", at(&self.ends, &self.ends_time));
        let (starts_at, ends_at) = (starts_at?, ends_at?);
        if let (Some(start), Some(end)) = (starts_at, ends_at)
            && end <= start
        {
            invalid.add("ends", Problem::told(|locale| w::ends_too_early(locale).to_owned()));
        }
        Some(Offer { starts_at, ends_at, ..Offer::default() })
    }
}

/// A date and a time of day there, or nothing of either.
pub(super) fn shown(zone: Zone, at: Option<Timestamp>) -> (String, String) {
    at.map(|at| date_and_time(zone, at)).unwrap_or_default()
}
