//! Updates that nobody's editor makes.
#![expect(
    clippy::drop_non_drop,
    clippy::type_complexity,
    reason = "a table of one-line edits whose answers nobody needs"
)]

use proptest::prelude::*;
use uuid::Uuid;
use yrs::{Any, Array as _, ArrayPrelim, Doc, Map as _, MapPrelim, Text as _, Transact as _};
use yrs::{ReadTxn as _, StateVector, TextPrelim};

use super::{super::Malformed, two};
use crate::{
    id::CampaignId,
    story::{
        Kind, LARGEST_UPDATE,
        document::{Document, Fault},
    },
};

/// An update that was made with the library itself.
fn made(act: impl FnOnce(&Doc)) -> Vec<u8> {
    let doc = Doc::with_client_id(77);
    act(&doc);
    doc.transact().encode_diff_v1(&StateVector::default())
}

/// Takes it as the server does; whatever it holds, the page does not show it.
fn taken(update: &[u8]) -> Result<(), String> {
    super::super::authors(update).map_err(|error| error.to_string())?;
    let mut document = two();
    let page = document.page();
    let changed = match document.apply(update) {
        Ok(changed) => changed,
        Err(Malformed::Broken) => return Err("broken".into()),
        Err(error) => {
            assert_eq!(document.page(), page, "a refusal leaves no trace");
            return Err(error.to_string());
        }
    };
    document.check(&changed).map_err(|fault| format!("{fault:?}"))
}

#[test]
fn what_no_page_holds_is_refused() {
    let block = |doc: &Doc, fill: &dyn Fn(&yrs::MapRef, &mut yrs::TransactionMut<'_>)| {
        let blocks = doc.get_or_insert_map("blocks");
        let mut txn = doc.transact_mut();
        let entry = blocks.insert(&mut txn, "000000000000000a", MapPrelim::default());
        entry.insert(&mut txn, "order", "V");
        entry.insert(&mut txn, "kind", "text");
        entry.insert(&mut txn, "text", TextPrelim::new("fine"));
        fill(&entry, &mut txn);
    };
    assert_eq!(taken(&made(|doc| block(doc, &|_, _| ()))), Ok(()), "the plain one is fine");
    type Fill = Box<dyn Fn(&yrs::MapRef, &mut yrs::TransactionMut<'_>)>;
    let fills: Vec<(&str, Fill)> = vec![
        ("a kind that is none", Box::new(|e, t| drop(e.insert(t, "kind", "script")))),
        ("a key that is none", Box::new(|e, t| drop(e.insert(t, "order", "é")))),
        ("a value too many", Box::new(|e, t| drop(e.insert(t, "more", "x")))),
        ("a number", Box::new(|e, t| drop(e.insert(t, "order", 7)))),
        ("a list", Box::new(|e, t| drop(e.insert(t, "more", ArrayPrelim::from(["x"]))))),
        ("no text", Box::new(|e, t| drop(e.remove(t, "text")))),
        ("a map for a text", Box::new(|e, t| drop(e.insert(t, "text", MapPrelim::default())))),
    ];
    for (what, fill) in fills {
        assert!(taken(&made(|doc| block(doc, &*fill))).is_err(), "{what}");
    }
    let roots: Vec<(&str, fn(&Doc))> = vec![
        ("another root", |doc| doc.get_or_insert_text("evil").push(&mut doc.transact_mut(), "x")),
        ("a list", |doc| {
            drop(doc.get_or_insert_array("blocks").push_back(&mut doc.transact_mut(), "x"));
        }),
        ("an id that is none", |doc| {
            doc.get_or_insert_map("blocks").insert(
                &mut doc.transact_mut(),
                "x",
                MapPrelim::default(),
            );
        }),
        ("a deep value", |doc| {
            let deep = (0..100).fold(Any::from("x"), |deep, _| Any::from(vec![deep]));
            doc.get_or_insert_map("blocks").insert(&mut doc.transact_mut(), "0", deep);
        }),
        ("something that is no text", |doc| {
            doc.get_or_insert_text("title").insert_embed(
                &mut doc.transact_mut(),
                0,
                Any::from("x"),
            );
        }),
        ("a link that runs", |doc| {
            let link = yrs::types::Attrs::from([("link".into(), Any::from("javascript:alert(1)"))]);
            let title = doc.get_or_insert_text("risks");
            title.insert_with_attributes(&mut doc.transact_mut(), 0, "x", link);
        }),
    ];
    for (what, act) in roots {
        assert!(taken(&made(act)).is_err(), "{what}");
    }
}

/// A document of two paragraphs that says whose it is.
fn of(campaign: u128, client: u64) -> Document {
    let mut document = Document::new(client, client);
    document.belong_to(CampaignId::from_uuid(Uuid::from_u128(campaign)));
    document.insert(None, &Kind::Text, &"one".into());
    document
}

#[test]
fn a_document_of_another_campaign_is_not_merged_into_this_one() {
    // Whichever of two client numbers is the greater one: that decides which name wins.
    for (ours, theirs) in [(1, 2), (2, 1)] {
        let (mut document, other) = (of(7, ours), of(8, theirs));
        let changed = document.apply(&other.whole()).expect("an update");
        assert_eq!(document.check(&changed), Err(Fault::Foreign));
        let mut later = of(8, 3);
        let changed = later.apply(&other.whole()).expect("an update");
        assert_eq!(later.check(&changed), Err(Fault::Foreign), "whoever says it");
    }
}

#[test]
fn a_document_takes_its_own_whole_as_often_as_it_is_sent() {
    let mut document = of(7, 1);
    let mut copy = Document::new(2, 2);
    copy.apply(&document.whole()).expect("an update");
    assert_eq!(copy.campaign(), Some(CampaignId::from_uuid(Uuid::from_u128(7))));
    copy.splice(crate::story::Place::Risks, 0, 0, &"Rain.".into());
    for _ in 0..2 {
        let changed = document.apply(&copy.whole()).expect("an update");
        assert_eq!(document.check(&changed), Ok(()));
    }
    assert_eq!(document.page(), copy.page());
}

#[test]
fn what_is_too_large_or_follows_on_nothing_is_refused() {
    assert_eq!(taken(&vec![0; LARGEST_UPDATE + 1]), Err(Malformed::TooLarge.to_string()));
    let mut ada = two();
    ada.splice(crate::story::Place::Risks, 0, 0, &"later".into());
    let whole = ada.take_local().expect("changed");
    let mut later = two();
    later.take_local();
    later.splice(crate::story::Place::Risks, 0, 0, &"later".into());
    let gap = later.take_local().expect("changed");
    let mut empty = Document::new(5, 5);
    assert_eq!(empty.apply(&gap), Err(Malformed::Gap));
    assert_eq!(empty.page(), crate::story::Page::default());
    assert!(empty.apply(&whole).is_ok());
    assert!(empty.apply(&gap).is_ok(), "the same twice changes nothing");
    assert_eq!(empty.page(), ada.page());
}

#[test]
fn lengths_are_not_believed() {
    // Four thousand million clients, items, ranges, letters, deep values.
    let huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
    for head in [&[][..], &[1], &[0], &[1, 1, 7, 0, 4, 1, 5, b't', b'i', b't', b'l', b'e']] {
        let mut update = head.to_vec();
        update.extend(huge);
        assert!(taken(&update).is_err(), "{update:?}");
    }
    let mut deep = vec![1, 1, 7, 0, 0x28, 1, 6];
    deep.extend(b"blocks\x01x");
    deep.push(1);
    deep.extend([117, 1].repeat(100_000));
    assert!(taken(&deep).is_err());
    assert!(two().diff_since(&huge).is_none());
}

#[test]
fn nobody_can_pretend_a_future() {
    // An item of the document's own client, far ahead of what it has written.
    let mut update = vec![1, 1, 1];
    update.extend([0xff, 0xff, 0x03]);
    update.extend([4, 1, 5]);
    update.extend(b"title\x01x\x00");
    assert_eq!(taken(&update), Err(Malformed::Gap.to_string()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]
    #[test]
    fn no_bytes_end_the_process(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = taken(&bytes);
        let _ = two().diff_since(&bytes);
        let _ = two().unstick(&bytes);
    }

    /// An honest update with a few bytes changed, or cut short.
    #[test]
    fn no_damage_ends_the_process(
        changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 0..4),
        kept in any::<u16>(),
    ) {
        let mut honest = two();
        honest.splice(crate::story::Place::Risks, 0, 0, &"rain".into());
        let mut update = honest.take_local().expect("changed");
        for (at, byte) in changes {
            let at = usize::from(at) % update.len();
            update[at] = byte;
        }
        if kept % 2 == 0 {
            update.truncate(usize::from(kept) % update.len());
        }
        let mut document = Document::new(3, 3);
        if let Ok(changed) = document.apply(&update) {
            let _ = document.check(&changed);
            let _ = document.page();
            prop_assert!(Document::new(4, 4).apply(&document.whole()).is_ok());
        }
    }
}

#[test]
fn a_fault_has_its_sentence() {
    for fault in [
        Fault::Strange,
        Fault::Foreign,
        Fault::TooManyBlocks,
        Fault::TooManyQuestions,
        Fault::TextTooLong,
        Fault::PageTooLong,
    ] {
        for locale in [crate::Locale::En, crate::Locale::Fr] {
            assert!(fault.say(locale).ends_with('.'));
        }
    }
}
