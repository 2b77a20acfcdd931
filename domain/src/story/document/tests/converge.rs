//! Whatever several people do, however their lines are cut and whenever they start
//! anew: in the end all have the same page.

use proptest::prelude::*;
use uuid::Uuid;

use crate::{
    id::CampaignId,
    story::{BlockId, Kind, Mark, Page, Part, Place, Runs, Tone, document::Document},
};

const PEOPLE: usize = 3;

/// What one person does, or what happens to them. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Deed {
    Type {
        place: u8,
        at: u8,
        delete: u8,
        text: String,
    },
    Mark {
        place: u8,
        at: u8,
        length: u8,
        mark: u8,
        is_on: bool,
    },
    Insert {
        after: u8,
        kind: u8,
        text: String,
    },
    Remove(u8),
    Move {
        block: u8,
        after: u8,
    },
    Kind {
        block: u8,
        kind: u8,
    },
    Split {
        block: u8,
        at: u8,
    },
    Join(u8),
    Ask,
    Undo,
    Redo,
    Rest,
    /// Sends everything to the server and fetches what it lacks.
    Meet,
    /// The browser is closed; what was stored is opened with another number.
    Restart,
}

fn deed() -> impl Strategy<Value = Deed> {
    let n = any::<u8>;
    let text = || "[a-c 🗽\n]{0,6}";
    prop_oneof![
        6 => (n(), n(), 0_u8..4, text())
            .prop_map(|(place, at, delete, text)| Deed::Type { place, at, delete, text }),
        2 => (n(), n(), n(), n(), any::<bool>())
            .prop_map(|(place, at, length, mark, is_on)| Deed::Mark { place, at, length, mark, is_on }),
        3 => (n(), n(), text()).prop_map(|(after, kind, text)| Deed::Insert { after, kind, text }),
        1 => n().prop_map(Deed::Remove),
        2 => (n(), n()).prop_map(|(block, after)| Deed::Move { block, after }),
        1 => (n(), n()).prop_map(|(block, kind)| Deed::Kind { block, kind }),
        1 => (n(), n()).prop_map(|(block, at)| Deed::Split { block, at }),
        1 => n().prop_map(Deed::Join),
        1 => Just(Deed::Ask),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        2 => Just(Deed::Rest),
        3 => Just(Deed::Meet),
        1 => Just(Deed::Restart),
    ]
}

fn kind(number: u8) -> Kind {
    match number % 5 {
        0 => Kind::Heading { level: 2 },
        1 => Kind::Text,
        2 => Kind::Bullets,
        3 => Kind::CallOut { tone: Tone::Good },
        _ => Kind::Divider,
    }
}

fn pick(document: &Document, number: u8) -> Option<BlockId> {
    let order = document.order();
    (!order.is_empty()).then(|| order[usize::from(number) % order.len()])
}

fn place(document: &Document, number: u8) -> Place {
    match (number % 4, document.questions().first()) {
        (0, _) => Place::Title,
        (1, Some(question)) => Place::Answer(*question),
        _ => pick(document, number).map_or(Place::Risks, Place::Block),
    }
}

struct World {
    people: Vec<Document>,
    /// What each has kept of what it has not sent, as a browser does.
    unsent: Vec<Vec<Vec<u8>>>,
    server: Document,
    next_client: u64,
}

impl World {
    fn new() -> Self {
        let mut server = Document::new(1, 1);
        server.belong_to(CampaignId::from_uuid(Uuid::from_u128(1)));
        server.insert(None, &Kind::Text, &"abc abc".into());
        let mut world =
            Self { people: Vec::new(), unsent: vec![Vec::new(); PEOPLE], server, next_client: 2 };
        for _ in 0..PEOPLE {
            let person = world.open();
            world.people.push(person);
        }
        world
    }

    fn open(&mut self) -> Document {
        let client = self.next_client;
        self.next_client += 1;
        let mut copy = Document::with_undo(client, client << 32);
        copy.apply(&self.server.whole()).expect("the server's document is one");
        copy
    }

    fn act(&mut self, who: usize, deed: &Deed) {
        let one = &mut self.people[who];
        match deed {
            Deed::Type { place: number, at, delete, text } => {
                let place = place(one, *number);
                one.splice(place, u32::from(*at) % 20, u32::from(*delete), &Runs::plain(text));
            }
            Deed::Mark { place: number, at, length, mark, is_on } => {
                let place = place(one, *number);
                let mark = if mark % 2 == 0 { Mark::Bold } else { Mark::Code };
                one.mark(place, u32::from(*at) % 20, u32::from(*length) % 9, &mark, *is_on);
            }
            Deed::Insert { after, kind: number, text } => {
                let after = pick(one, *after);
                one.insert(after, &kind(*number), &Runs::plain(text));
            }
            Deed::Remove(block) => {
                if let Some(id) = pick(one, *block) {
                    one.remove(id);
                }
            }
            Deed::Move { block, after } => {
                if let Some(id) = pick(one, *block) {
                    let after = pick(one, *after).filter(|_| after % 3 > 0);
                    one.move_to(id, after);
                }
            }
            Deed::Kind { block, kind: number } => {
                if let Some(id) = pick(one, *block) {
                    one.set_kind(id, &kind(*number));
                }
            }
            Deed::Split { block, at } => {
                if let Some(id) = pick(one, *block) {
                    one.split(id, u32::from(*at) % 9);
                }
            }
            Deed::Join(block) => {
                if let Some(id) = pick(one, *block) {
                    one.join(id);
                }
            }
            Deed::Ask => {
                one.add_question();
            }
            Deed::Undo => {
                one.undo();
            }
            Deed::Redo => {
                one.redo();
            }
            Deed::Rest => one.rest(),
            Deed::Meet => self.meet(who),
            Deed::Restart => {
                self.keep(who);
                let mut fresh = self.open();
                for update in &self.unsent[who] {
                    fresh.apply(update).expect("what was kept follows on what the server has");
                }
                self.people[who] = fresh;
            }
        }
    }

    fn keep(&mut self, who: usize) {
        self.unsent[who].extend(self.people[who].take_local());
    }

    fn meet(&mut self, who: usize) {
        self.keep(who);
        for update in std::mem::take(&mut self.unsent[who]) {
            let changed = self.server.apply(&update).expect("an own update is one");
            assert_eq!(self.server.check(&changed), Ok(()), "honest changes make a page");
        }
        let known = self.people[who].state_vector();
        let missing = self.server.diff_since(&known).expect("a state vector");
        self.people[who].apply(&missing).expect("what is missing is an update");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn all_have_the_same_page_in_the_end(
        deeds in proptest::collection::vec((0..PEOPLE, deed()), 1..60),
    ) {
        let mut world = World::new();
        for (who, deed) in &deeds {
            world.act(*who, deed);
        }
        for who in (0..PEOPLE).chain(0..PEOPLE) {
            world.meet(who);
        }
        let page = world.server.page();
        for person in &world.people {
            prop_assert_eq!(&person.page(), &page);
        }
        // A server that starts again reads the same page from what was stored.
        let mut again = Document::new(9_999, 1);
        again.apply(&world.server.whole()).expect("a whole document");
        prop_assert_eq!(again.page(), page);
    }

    /// A form that changes the title takes nothing of the rest back, whatever somebody
    /// writes while it is filled in.
    #[test]
    fn a_form_changes_only_what_it_changes(
        before in proptest::collection::vec(deed(), 0..10),
        meanwhile in proptest::collection::vec(deed(), 0..20),
    ) {
        let mut world = World::new();
        for deed in &before {
            world.act(0, deed);
        }
        let mut form = world.open();
        let page = Page { title: "By form".into(), ..form.page() };
        for deed in &meanwhile {
            world.act(0, deed);
        }
        world.meet(0);
        let written = world.people[0].page();
        form.rewrite_parts(&page, &[Part::Title]);
        if let Some(update) = form.take_local() {
            let changed = world.server.apply(&update).expect("an own update is one");
            prop_assert_eq!(world.server.check(&changed), Ok(()));
        }
        world.meet(0);
        let now = world.server.page();
        prop_assert_eq!(&now, &world.people[0].page());
        prop_assert_eq!(Page { title: String::new(), ..now }, Page { title: String::new(), ..written });
    }

    /// What another one wrote, in a block of its own, no undo of ours touches.
    #[test]
    fn no_undo_touches_what_others_wrote(
        deeds in proptest::collection::vec(deed(), 1..30),
        undos in 1..20_usize,
    ) {
        let mut world = World::new();
        let theirs = world.people[1].insert(None, &Kind::Text, &"by another".into());
        world.meet(1);
        world.meet(0);
        world.people[0].rest();
        for deed in &deeds {
            let about = matches!(
                deed,
                Deed::Type { .. } | Deed::Insert { .. } | Deed::Ask | Deed::Rest | Deed::Meet
            );
            // Ours do not write in the other one's block.
            if about {
                let text = world.people[0].text(Place::Block(theirs));
                world.act(0, deed);
                if world.people[0].text(Place::Block(theirs)) != text {
                    world.people[0].rest();
                    world.people[0].undo();
                }
            }
        }
        for _ in 0..undos {
            world.people[0].undo();
        }
        let text = world.people[0].text(Place::Block(theirs));
        prop_assert_eq!(text.map(|text| text.text()), Some("by another".to_owned()));
    }
}

/// Undoing a move of what somebody else moved at the same time leaves nothing of either
/// move: the block keeps a place.
#[test]
fn a_block_that_two_people_moved_keeps_a_place_when_one_takes_it_back() {
    let mut world = World::new();
    for (who, deed) in [
        (1, Deed::Move { block: 0, after: 78 }),
        (1, Deed::Meet),
        (2, Deed::Move { block: 0, after: 9 }),
        (2, Deed::Meet),
        (2, Deed::Undo),
        (2, Deed::Meet),
        (1, Deed::Meet),
    ] {
        world.act(who, &deed);
    }
    let page = world.server.page();
    assert_eq!(page.story.len(), 1);
    assert_eq!((world.people[1].page(), world.people[2].page()), (page.clone(), page));
}
