//! Dates and durations.

use crate::Locale;

/// Month names, January first.
#[must_use]
pub const fn months(locale: Locale) -> &'static [&'static str; 12] {
    match locale {
        Locale::En => &[
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        Locale::Fr => &[
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
    }
}

counted! {
    days: "{n} day" | "{n} days", "{n} jour" | "{n} jours";
    hours: "{n} hour" | "{n} hours", "{n} heure" | "{n} heures";
    minutes: "{n} minute" | "{n} minutes", "{n} minute" | "{n} minutes";
    days_left: "{n} day left" | "{n} days left", "{n} jour restant" | "{n} jours restants";
    hours_left: "{n} hour left" | "{n} hours left", "{n} heure restante" | "{n} heures restantes";
    minutes_left: "{n} minute left" | "{n} minutes left", "{n} minute restante" | "{n} minutes restantes";
    days_ago: "{n} day ago" | "{n} days ago", "il y a {n} jour" | "il y a {n} jours";
    hours_ago: "{n} hour ago" | "{n} hours ago", "il y a {n} heure" | "il y a {n} heures";
    minutes_ago: "{n} minute ago" | "{n} minutes ago", "il y a {n} minute" | "il y a {n} minutes";
}

words! {
    just_now: "just now", "à l’instant";
    date_and_time(date, clock): "{date} at {clock} UTC", "{date} à {clock} UTC";
    date_and_time_in(date, clock, city): "{date} at {clock} ({city} time)", "{date} à {clock} (heure de {city})";
    less_than_a_minute: "less than a minute", "moins d’une minute";
}
