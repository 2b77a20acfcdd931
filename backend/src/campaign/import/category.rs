//! Which of our shelves a category of a dump stands on.

use domain::{category::Category, slug::folded_words};

/// The shelf, and the finer word beside it. `None` for the shelf when neither
/// the category nor the one above it says anything.
pub fn of(name: &str, parent: &str) -> (Option<Category>, String) {
    let (name, parent) = (name.trim(), parent.trim());
    if let Some(shelf) = shelf(name) {
        return (Some(shelf), String::new());
    }
    let subcategory = if name.eq_ignore_ascii_case(parent) { "" } else { name };
    let category =
        shelf(parent).or_else(|| finer(name)).or_else(|| by_word(name)).or_else(|| by_word(parent));
    (category, subcategory.to_owned())
}

/// The fifteen themselves, with the names they have elsewhere.
fn shelf(name: &str) -> Option<Category> {
    let words = folded_words(name);
    Some(match words.as_str() {
        "film video" | "film and video" => Category::Film,
        "theatre" => Category::Theater,
        _ => words.parse().ok()?,
    })
}

/// The subcategories of the public dumps, under the shelf they have there. The
/// few names that stand on several shelves are on the one with most campaigns.
#[rustfmt::skip]
fn finer(name: &str) -> Option<Category> {
    Some(match folded_words(name).as_str() {
        "ceramics" | "conceptual art" | "digital art" | "illustration" | "installations" | "mixed media" | "painting"
        | "performance art" | "public art" | "sculpture" | "social practice" | "textiles" | "video art" => Category::Art,
        "anthologies" | "comic books" | "graphic novels" | "webcomics" => Category::Comics,
        "candles" | "crochet" | "diy" | "embroidery" | "glass" | "knitting" | "macrame" | "pottery" | "printing"
        | "quilts" | "stationery" | "taxidermy" | "weaving" | "woodworking" => Category::Crafts,
        "performances" | "residencies" | "workshops" => Category::Dance,
        "architecture" | "civic design" | "graphic design" | "interactive design" | "product design" | "toys"
        | "typography" => Category::Design,
        "accessories" | "apparel" | "childrenswear" | "couture" | "footwear" | "jewelry" | "pet fashion"
        | "ready to wear" => Category::Fashion,
        "action" | "animation" | "comedy" | "documentary" | "drama" | "family" | "fantasy" | "festivals" | "horror"
        | "movie theaters" | "music videos" | "narrative film" | "romance" | "science fiction" | "shorts"
        | "television" | "thrillers" | "webseries" => Category::Film,
        "bacon" | "community gardens" | "cookbooks" | "drinks" | "events" | "farmer s markets" | "farmers markets"
        | "farms" | "food trucks" | "restaurants" | "small batch" | "vegan" => Category::Food,
        "gaming hardware" | "live games" | "mobile games" | "playing cards" | "puzzles" | "tabletop games"
        | "video games" => Category::Games,
        "audio" | "photo" | "print" | "video" => Category::Journalism,
        "blues" | "chiptune" | "classical music" | "country folk" | "electronic music" | "faith" | "hip hop"
        | "indie rock" | "jazz" | "kids" | "latin" | "metal" | "pop" | "punk" | "r b" | "rock" | "world music"
        => Category::Music,
        "animals" | "fine art" | "nature" | "people" | "photobooks" | "places" => Category::Photography,
        "academic" | "art books" | "calendars" | "children s books" | "fiction" | "letterpress" | "literary journals"
        | "literary spaces" | "nonfiction" | "periodicals" | "poetry" | "radio podcasts" | "translations"
        | "young adult" | "zines" => Category::Publishing,
        "3d printing" | "apps" | "camera equipment" | "diy electronics" | "fabrication tools" | "flight" | "gadgets"
        | "hardware" | "makerspaces" | "robots" | "software" | "sound" | "space exploration" | "wearables" | "web"
        => Category::Technology,
        "experimental" | "immersive" | "musical" | "plays" | "spaces" => Category::Theater,
        _ => return None,
    })
}

/// A guess from one word of the name, for categories that no table knows.
fn by_word(name: &str) -> Option<Category> {
    const WORDS: &[(&str, Category)] = &[
        ("game", Category::Games),
        ("comic", Category::Comics),
        ("photo", Category::Photography),
        ("film", Category::Film),
        ("movie", Category::Film),
        ("music", Category::Music),
        ("theat", Category::Theater),
        ("danc", Category::Dance),
        ("fashion", Category::Fashion),
        ("food", Category::Food),
        ("journalis", Category::Journalism),
        ("book", Category::Publishing),
        ("publish", Category::Publishing),
        ("tech", Category::Technology),
        ("electronic", Category::Technology),
        ("design", Category::Design),
        ("craft", Category::Crafts),
        ("art", Category::Art),
    ];
    let folded = folded_words(name);
    let begins = |start: &str| folded.split(' ').any(|word| word.starts_with(start));
    WORDS.iter().find(|(start, _)| begins(start)).map(|(_, category)| *category)
}

#[cfg(test)]
mod tests {
    use domain::category::Category;

    use super::of;

    #[test]
    fn categories_of_dumps_find_their_shelf() {
        for (name, parent, category, subcategory) in [
            ("Tabletop Games", "", Some(Category::Games), "Tabletop Games"),
            ("Games", "", Some(Category::Games), ""),
            ("Film & Video", "", Some(Category::Film), ""),
            ("Children's Books", "", Some(Category::Publishing), "Children's Books"),
            ("Spaces", "Dance", Some(Category::Dance), "Spaces"),
            ("Escape games", "", Some(Category::Games), "Escape games"),
            ("Théâtre de rue", "", Some(Category::Theater), "Théâtre de rue"),
            ("Sealing wax", "", None, "Sealing wax"),
            ("", "", None, ""),
        ] {
            assert_eq!(of(name, parent), (category, subcategory.to_owned()), "{name}");
        }
    }
}
