//! The texts on an open page, once another version of them is published: what changed
//! is swapped, and everything else stays the element it was, so that the browser
//! keeps in place what is being read.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlTemplateElement, Node};

/// Makes the texts on the page those that are published.
pub fn swap_texts(title: &str, subtitle: &str, story: &str) {
    let page = document();
    for (place, text) in [(".campaign-head h1", title), (".campaign-head .standfirst", subtitle)] {
        let place = page.query_selector(place).ok().flatten();
        // The text itself stays the one that the page has drawn.
        if let Some(node) = place.and_then(|place| place.first_child()) {
            node.set_node_value(Some(text));
        }
    }
    swap_story(story);
}

fn swap_story(html: &str) {
    let page = document();
    let story = page.query_selector(".campaign-story > .story").ok().flatten();
    let Some(story) = story else { return };
    let fresh = page.create_element("template").ok();
    let Some(fresh) = fresh.and_then(|fresh| fresh.dyn_into::<HtmlTemplateElement>().ok()) else {
        return;
    };
    fresh.set_inner_html(html);
    let (old, new) = (blocks(&story), blocks(&fresh.content()));
    let above = old.iter().zip(&new).take_while(is_same).count();
    let most = old.len().min(new.len()) - above;
    let below = old.iter().rev().zip(new.iter().rev()).take(most).take_while(is_same).count();
    let next = old.get(old.len() - below);
    for block in &new[above..new.len() - below] {
        let _ = story.insert_before(block, next);
    }
    for block in &old[above..old.len() - below] {
        let _ = story.remove_child(block);
    }
}

fn is_same((one, other): &(&Node, &Node)) -> bool {
    one.is_equal_node(Some(other))
}

fn blocks(parent: &Node) -> Vec<Node> {
    let all = parent.child_nodes();
    (0..all.length()).filter_map(|at| all.item(at)).collect()
}
