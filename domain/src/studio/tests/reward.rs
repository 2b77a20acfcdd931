//! What the form of one reward reads and refuses.

use super::{fields, reward};
use crate::{
    currency::Currency,
    reward::Shipping,
    studio::{RewardForm, problem},
    time::Zone,
};

#[test]
fn a_reward_says_what_is_wrong_with_it_line_by_line() {
    let good = RewardForm::of("x", &reward(), Zone::Paris);
    let with = |edit: fn(&mut RewardForm)| {
        let mut form = good.clone();
        edit(&mut form);
        form.parse(Currency::Eur, Zone::Paris)
    };
    type Edited = fn(&mut RewardForm);
    let refusals: [(&str, Edited); 19] = [
        ("title", |form| form.title = " ".into()),
        ("price", |form| form.price = String::new()),
        ("price", |form| form.price = "0.99".into()),
        ("price", |form| form.price = "8501".into()),
        ("late_price", |form| form.late_price = "free".into()),
        ("description", |form| form.description = "x".repeat(1_001)),
        ("delivery", |form| form.delivery = "2027-13".into()),
        ("quantity", |form| form.quantity = "0".into()),
        ("per_backer", |form| form.per_backer = "two".into()),
        ("units", |form| form.units = "-1".into()),
        ("kind", |form| form.kind = "gift".into()),
        ("shipping", |form| form.shipping = "pigeon".into()),
        ("elsewhere", |form| form.elsewhere = String::new()),
        ("pick_up_place", |form| form.shipping = "pick_up".into()),
        ("options", |form| form.options = "Size: S, s".into()),
        ("stock", |form| form.stock = "XXL: 3".into()),
        ("starts", |form| form.starts_time = String::new()),
        ("ends", |form| form.ends = "2027-01-09".into()),
        ("shipping_costs", |form| {
            (form.shipping, form.shipping_costs) = ("countries".into(), String::new());
        }),
    ];
    for (field, edit) in refusals {
        assert_eq!(fields(with(edit)), [field]);
    }
    let refused = with(|form| form.items = "Clock\n\n0 × Nail".into()).expect_err("refused");
    assert_eq!(refused.of("items"), Some(&problem::line_item(3)));
    let refused = with(|form| form.shipping_costs = "EU 5\nFR 4".into()).expect_err("refused");
    assert_eq!(refused.of("shipping_costs"), Some(&problem::line_cost(2)));
    let refused = with(|form| form.shipping_costs = "EU 5\nue 4".into()).expect_err("refused");
    assert_eq!(refused.of("shipping_costs"), Some(&problem::line_twice(2)));
    let read = with(|form| {
        form.items = "2 × Card\n3x Nail\n10 inch of rope\n7inch single\nClock".into();
        form.shipping = "countries".into();
        form.shipping_costs = "fr 4,50\nAllemagne: €9\nSpain 10.00".into();
    });
    let read = read.expect("a reward");
    let items: Vec<_> = read.items.iter().map(|i| (i.quantity, i.name.as_str())).collect();
    let expected = [(2, "Card"), (3, "Nail"), (10, "inch of rope"), (1, "7inch single")];
    assert_eq!(items[..4], expected);
    let Shipping::Countries { costs } = read.shipping else { panic!("to countries") };
    let costs: Vec<_> = costs.iter().map(|(country, cost)| (country.code(), *cost)).collect();
    assert_eq!(costs, [("DE", 900), ("ES", 1_000), ("FR", 450)]);
}
