//! How many statements the pledge writer makes. Alone in its process, since it
//! counts every one.

#[path = "stage/held.rs"]
mod held;
#[path = "stage/stage.rs"]
mod stage;

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use domain::slug::Slug;
use held::{hold, place, until_waiting};
use stage::Stage;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

/// Counts what the database's driver logs, and notes the sum with each batch.
#[derive(Clone, Default)]
struct Counter {
    statements: Arc<AtomicU64>,
    /// Commands and statements.
    batches: Arc<Mutex<Vec<(u64, u64)>>>,
}

impl Counter {
    fn begin_anew(&self) {
        self.statements.store(0, Ordering::SeqCst);
        self.batches.lock().expect("not poisoned").clear();
    }

    fn last(&self) -> (u64, u64) {
        *self.batches.lock().expect("not poisoned").last().expect("a batch was written")
    }
}

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        matches!(metadata.target(), "sqlx::query" | "backend::pledge::writer")
    }

    fn event(&self, event: &Event<'_>) {
        let mut said = Said::default();
        event.record(&mut said);
        if event.metadata().target() == "sqlx::query" {
            if !said.is_lookup {
                self.statements.fetch_add(1, Ordering::SeqCst);
            }
            return;
        }
        if let Some(commands) = said.commands {
            let statements = self.statements.swap(0, Ordering::SeqCst);
            self.batches.lock().expect("not poisoned").push((commands, statements));
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What is read of an event.
#[derive(Default)]
struct Said {
    /// How many commands a batch had.
    commands: Option<u64>,
    /// The driver asks each new connection once for the number of a type.
    is_lookup: bool,
}

impl Visit for Said {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "commands" {
            self.commands = Some(value);
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            self.is_lookup = value.starts_with("SELECT pg_type.oid");
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

#[tokio::test]
async fn a_batch_makes_as_many_statements_however_large_it_is() {
    let counter = Counter::default();
    tracing::subscriber::set_global_default(counter.clone()).expect("nobody else counts");
    for stage in Stage::both().await {
        // Far from its goal, so that nothing follows from reaching it.
        let slug = stage.campaign(|new| new.goal = 100_000_000).await;
        let one = batch_of(&stage, &slug, &counter, "first", 1).await;
        assert!(one > 5, "statements are counted: {one}");
        for size in [2, 7, 200] {
            let many = batch_of(&stage, &slug, &counter, &format!("of-{size}"), size).await;
            assert_eq!(many, one, "{size} pledges");
        }
        stage.assert_books().await;
    }
}

/// Writes so many pledges in one transaction; returns its statements.
async fn batch_of(stage: &Stage, slug: &Slug, counter: &Counter, name: &str, size: usize) -> u64 {
    let held = hold(stage, slug).await;
    let placing: Vec<_> =
        (0..size).map(|number| place(stage, slug, &format!("{name}-{number}"))).collect();
    until_waiting(stage, size).await;
    // What was read before they were asked for is not the writer's.
    counter.begin_anew();
    held.let_go().await;
    for one in placing {
        one.await.expect("answered").expect("placed");
    }
    let (commands, statements) = counter.last();
    assert_eq!(usize::try_from(commands), Ok(size), "all in one");
    statements
}
