//! Finding the columns by their names, in whatever order they come.

use csv::ByteRecord;

use super::Failure;

macro_rules! columns {
    ($($field:ident: [$($alias:literal),+] $(= $required:literal)?;)+) => {
        /// Where each known column is. Others are ignored.
        #[derive(Debug, Default)]
        pub struct Columns { $(pub $field: Option<usize>,)+ }

        impl Columns {
            /// Finds the columns in the first row.
            ///
            /// # Errors
            /// The names of every required column that is missing.
            pub fn find(header: &ByteRecord) -> Result<Self, Failure> {
                let names: Vec<String> = header.iter().map(plain).collect();
                let place = |aliases: &[&str]| {
                    aliases.iter().find_map(|alias| names.iter().position(|name| name == alias))
                };
                let columns = Self { $($field: place(&[$($alias),+]),)+ };
                let mut missing = Vec::new();
                $($(if columns.$field.is_none() {
                    missing.push($required);
                })?)+
                if missing.is_empty() { Ok(columns) } else { Err(Failure::MissingColumns(missing)) }
            }
        }
    };
}

// The first name is that of the flat dumps, `launched` that of the ones on Kaggle; `category`, `location` and `creator`
// hold a JSON object in the dumps that are not flattened.
columns! {
    id: ["id"] = "ID";
    name: ["name", "title"] = "Name";
    goal: ["goal"] = "Goal";
    pledged: ["pledged"] = "Pledged";
    backers: ["backers_count", "backers"] = "Backers_count";
    currency: ["currency"] = "Currency";
    launched_at: ["launched_at", "launched"] = "Launched_at";
    deadline: ["deadline"] = "Deadline";
    blurb: ["blurb", "subtitle"];
    slug: ["slug"];
    country: ["country"];
    created_at: ["created_at"];
    state: ["state", "status"];
    state_changed_at: ["state_changed_at"];
    category: ["category_name", "category"];
    parent: ["category_parent_name", "main_category"];
    location: ["location_name", "location"];
    location_state: ["location_state"];
    location_country: ["location_country"];
    creator: ["creator_name", "creator"];
}

/// `Backers count` and `BACKERS-COUNT` are the same name.
fn plain(name: &[u8]) -> String {
    String::from_utf8_lossy(name).trim().to_lowercase().replace([' ', '-', '.'], "_")
}
