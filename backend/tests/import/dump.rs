//! A whole dump: the real one where it is, and an invented one always.

use backend::campaign::listing::Listed;
use domain::{
    campaign::CampaignState,
    category::Category,
    discovery::{Sort, StateFilter},
    time::DAY,
};

use super::{
    all,
    dumps::{INVENTED, assert_discovered_at_once, real_dump},
    engines::{NOW, engines},
    import_bytes,
};

#[tokio::test]
async fn an_invented_dump_is_imported_whole_and_found_at_once() {
    for engine in engines().await {
        let (report, told) =
            import_bytes(&engine.backend, INVENTED, false).await.expect("a readable file");
        assert_eq!((report.added, report.refused), (60, 0), "{}: {:?}", engine.name, told.refused);
        let campaigns = all(&engine.backend, Sort::Newest, StateFilter::Any).await;
        assert_eq!(campaigns.len(), 60, "{}", engine.name);
        let live = all(&engine.backend, Sort::EndingSoon, StateFilter::Live).await;
        assert_eq!(live.len(), 20, "{}: a third of them still runs", engine.name);
        assert!(live.is_sorted_by_key(|listed| listed.card.deadline), "{}", engine.name);
        let (again, _) =
            import_bytes(&engine.backend, INVENTED, false).await.expect("a readable file");
        assert_eq!((again.updated, again.rows()), (60, 60), "{}", engine.name);
        assert_discovered_at_once(&engine).await;
    }
}

#[tokio::test]
async fn the_real_dump_is_imported_whole_and_only_once() {
    let Some(dump) = real_dump() else { return };
    for engine in engines().await {
        let backend = &engine.backend;
        let (first, told) = import_bytes(backend, &dump, false).await.expect("a readable file");
        assert_eq!(first.good() + first.refused, 2_400, "{}", engine.name);
        assert_eq!((first.added, first.refused), (2_400, 0), "{}: {:?}", engine.name, told.refused);
        let (second, _) = import_bytes(backend, &dump, false).await.expect("a readable file");
        assert_eq!((second.updated, second.rows()), (2_400, 2_400), "{}", engine.name);

        let campaigns = all(backend, Sort::MostBacked, StateFilter::Any).await;
        assert_eq!(campaigns.len(), 2_400, "{}", engine.name);
        for Listed { card, opening, .. } in &campaigns {
            let opening = opening.as_ref().expect("a labelled opening balance");
            assert_eq!(
                (card.funding.pledged(), card.funding.backers),
                (opening.pledged, opening.backers)
            );
            assert_eq!(card.category, Category::Games);
            // Six years on, every one of them has ended.
            let expected = if card.funding.is_met() {
                CampaignState::Successful
            } else {
                CampaignState::Failed
            };
            assert_eq!(card.state, expected, "{}", card.slug);
        }
        assert_eq!(all(backend, Sort::Popular, StateFilter::Live).await.len(), 0);
        assert_discovered_at_once(&engine).await;
    }
}

#[tokio::test]
async fn a_moved_dump_is_live_again() {
    let Some(dump) = real_dump() else { return };
    for engine in engines().await {
        let (report, _) =
            import_bytes(&engine.backend, &dump, true).await.expect("a readable file");
        assert_eq!(report.added, 2_400, "{}", engine.name);
        let live = all(&engine.backend, Sort::Newest, StateFilter::Live).await;
        // The dump has 556 campaigns that ended after its latest launch; whole days of shift
        // leave out those that ended within hours of it.
        assert!((530..=556).contains(&live.len()), "{}: {}", engine.name, live.len());
        let age = NOW.since(live[0].launched_at);
        assert!((0..DAY).contains(&age), "{}: {age}", engine.name);
        let newest_first = live.is_sorted_by(|a, b| a.launched_at >= b.launched_at);
        assert!(newest_first && live.iter().all(|c| c.card.deadline > NOW));
        // The same day later, everything has moved on with it.
        engine.clock.set(NOW.plus(30 * DAY));
        let (again, _) = import_bytes(&engine.backend, &dump, true).await.expect("a readable file");
        assert_eq!(again.updated, 2_400);
        let later = all(&engine.backend, Sort::Newest, StateFilter::Live).await;
        assert_eq!(later.len(), live.len());
        assert_eq!(later[0].launched_at, live[0].launched_at.plus(30 * DAY));
    }
}
