//! The two folders of migrations make the same schema.

#[path = "support/both.rs"]
mod both;
#[path = "schema/words.rs"]
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use backend::{Backend, Db};
use sqlx::{PgPool, SqlitePool};

/// What one engine has for full-text search; each engine searches its own way.
const SEARCH: &str = "search";

/// One engine's schema, in words that both engines share.
#[derive(Debug, Default, PartialEq, Eq)]
struct Schema {
    /// Table and column, with its type and whether it takes null.
    columns: BTreeMap<(String, String), (String, bool)>,
    /// Columns of a table that are unique together, and whether of every row.
    unique: BTreeSet<(String, Vec<String>, bool)>,
    /// Columns of a table that an index sorts by, in their order.
    indexes: BTreeSet<(String, Vec<String>)>,
    /// The names of primary keys, unique keys, foreign keys and checks.
    constraints: BTreeSet<String>,
    /// What each check asks.
    checks: BTreeMap<String, String>,
    /// Which column of which table each foreign key points at, and what follows a deletion.
    foreign_keys: BTreeSet<String>,
    /// Each named index as a whole: its columns, their order, its predicate.
    statements: BTreeMap<String, String>,
}

#[tokio::test]
async fn both_engines_have_the_same_schema() {
    let schemas = Mutex::new(Vec::new());
    both::each(async |backend: Backend| {
        let schema = match &backend.db {
            Db::Sqlite { read, .. } => sqlite(read).await,
            Db::Postgres { pool, .. } => postgres(pool).await,
        };
        schemas.lock().expect("not poisoned").push(schema);
    })
    .await;
    let schemas = schemas.into_inner().expect("not poisoned");
    assert!(schemas[0].columns.len() > 100, "SQLite's schema was read: {:?}", schemas[0]);
    assert!(
        schemas[0].unique.len() > 10
            && schemas[0].indexes.len() > 10
            && schemas[0].constraints.len() > 30
            && schemas[0].checks.len() > 15
            && schemas[0].foreign_keys.len() > 8
            && schemas[0].statements.len() > 10
    );
    if let [sqlite, postgres] = schemas.as_slice() {
        assert_eq!(sqlite.columns, postgres.columns);
        assert_eq!(sqlite.unique, postgres.unique);
        assert_eq!(sqlite.indexes, postgres.indexes);
        assert_eq!(sqlite.constraints, postgres.constraints);
        assert_eq!(sqlite.checks, postgres.checks);
        assert_eq!(sqlite.foreign_keys, postgres.foreign_keys);
        assert_eq!(sqlite.statements, postgres.statements);
    }
}

async fn sqlite(pool: &SqlitePool) -> Schema {
    let mut schema = Schema::default();
    let tables: Vec<(String, String)> = sqlx::query_as(
        "select name, sql
           from sqlite_schema
          where type = 'table'
            and name not like 'sqlite\\_%' escape '\\'
            and name not like '\\_sqlx%' escape '\\'",
    )
    .fetch_all(pool)
    .await
    .expect("read");
    for (table, source) in tables.into_iter().filter(|(table, _)| !table.contains(SEARCH)) {
        let words: Vec<&str> = source.split_whitespace().collect();
        let named =
            words.windows(2).filter(|pair| pair[0] == "constraint").map(|pair| pair[1].to_owned());
        schema.constraints.extend(named);
        schema.checks.extend(words::checks(&source));
        let keys: Vec<String> = sqlx::query_scalar(
            "select $1 || ': FOREIGN KEY (' || \"from\" || ') REFERENCES ' || \"table\" || '('
                    || \"to\" || ')'
                    || case on_delete when 'NO ACTION' then '' else ' ON DELETE ' || on_delete end
               from pragma_foreign_key_list($1)",
        )
        .bind(&table)
        .fetch_all(pool)
        .await
        .expect("read");
        schema.foreign_keys.extend(keys);
        let columns: Vec<(String, String, bool, bool)> =
            sqlx::query_as("select name, type, \"notnull\", pk > 0 from pragma_table_info($1)")
                .bind(&table)
                .fetch_all(pool)
                .await
                .expect("read");
        for (name, kind, is_not_null, is_key) in columns {
            let kind = if kind == "INTEGER" { "bigint".into() } else { kind.to_lowercase() };
            // A key is never null, whether or not SQLite was told so.
            schema.columns.insert((table.clone(), name), (kind, !is_not_null && !is_key));
        }
        let key: Vec<String> =
            sqlx::query_scalar("select name from pragma_table_info($1) where pk > 0 order by pk")
                .bind(&table)
                .fetch_all(pool)
                .await
                .expect("read");
        schema.unique.insert((table.clone(), key, true));
        let indexes: Vec<(String, bool, bool)> =
            sqlx::query_as("select name, \"unique\", partial from pragma_index_list($1)")
                .bind(&table)
                .fetch_all(pool)
                .await
                .expect("read");
        for (index, is_unique, is_partial) in indexes {
            let columns: Vec<String> = sqlx::query_scalar(
                "select coalesce(name, 'expression') from pragma_index_info($1) order by seqno",
            )
            .bind(&index)
            .fetch_all(pool)
            .await
            .expect("read");
            if is_unique {
                schema.unique.insert((table.clone(), columns, !is_partial));
            } else {
                schema.indexes.insert((table.clone(), columns));
            }
        }
    }
    let statements: Vec<(String, String)> = sqlx::query_as(
        "select name, sql from sqlite_schema where type = 'index' and sql is not null",
    )
    .fetch_all(pool)
    .await
    .expect("read");
    schema.statements =
        statements.into_iter().map(|(name, sql)| (name, words::plain(&sql))).collect();
    schema
}

async fn postgres(pool: &PgPool) -> Schema {
    let columns: Vec<(String, String, String, bool)> = sqlx::query_as(
        "select table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
           from information_schema.columns
          where table_schema = 'public'
            and table_name not like '\\_sqlx%'
            and column_name <> 'search_vector'",
    )
    .fetch_all(pool)
    .await
    .expect("read");
    let columns = columns.into_iter().map(|(table, name, kind, is_nullable)| {
        // SQLite keeps an identifier as its bytes.
        let is_blob = matches!(kind.as_str(), "uuid" | "bytea");
        let kind = if is_blob { "blob".into() } else { kind };
        ((table, name), (kind, is_nullable))
    });
    let indexes: Vec<(String, Vec<String>, bool, bool)> = sqlx::query_as(
        "select source.relname::text,
                array(select coalesce(attribute.attname::text, 'expression')
                        from unnest(index.indkey::smallint[]) with ordinality as part (number, place)
                        left join pg_attribute as attribute
                          on attribute.attrelid = index.indrelid
                         and attribute.attnum = part.number
                         and part.number > 0
                       order by part.place),
                index.indisunique,
                index.indpred is not null
           from pg_index as index
           join pg_class as source on source.oid = index.indrelid
           join pg_class as own on own.oid = index.indexrelid
           join pg_namespace as space on space.oid = source.relnamespace
          where space.nspname = 'public'
            and source.relname not like '\\_sqlx%'
            and own.relname not like '%search%'",
    )
    .fetch_all(pool)
    .await
    .expect("read");
    let (unique, plain): (Vec<_>, Vec<_>) =
        indexes.into_iter().partition(|(_, _, is_unique, _)| *is_unique);
    let constraints: Vec<String> = sqlx::query_scalar(
        "select conname::text
           from pg_constraint
          where connamespace = 'public'::regnamespace
            and contype in ('p', 'u', 'f', 'c')
            and conname not like '\\_sqlx%'",
    )
    .fetch_all(pool)
    .await
    .expect("read");
    let checks: Vec<(String, String)> = sqlx::query_as(
        "select conname::text, pg_get_expr(conbin, conrelid)
           from pg_constraint
          where connamespace = 'public'::regnamespace and contype = 'c'",
    )
    .fetch_all(pool)
    .await
    .expect("read");
    let foreign_keys: Vec<String> = sqlx::query_scalar(
        "select conrelid::regclass::text || ': ' || pg_get_constraintdef(oid)
           from pg_constraint
          where connamespace = 'public'::regnamespace and contype = 'f'",
    )
    .fetch_all(pool)
    .await
    .expect("read");
    let statements: Vec<(String, String)> = sqlx::query_as(
        "select indexname::text, indexdef
           from pg_indexes
          where schemaname = 'public'
            and tablename not like '\\_sqlx%'
            and indexname not like '%search%'
            and not exists (select 1 from pg_constraint where conname = indexname)",
    )
    .fetch_all(pool)
    .await
    .expect("read");
    let worded = |rows: Vec<(String, String)>| {
        rows.into_iter().map(|(name, text)| (name, words::plain(&text))).collect()
    };
    Schema {
        checks: worded(checks),
        foreign_keys: foreign_keys.into_iter().collect(),
        statements: worded(statements),
        columns: columns.collect(),
        unique: unique
            .into_iter()
            .map(|(table, columns, _, partial)| (table, columns, !partial))
            .collect(),
        indexes: plain.into_iter().map(|(table, columns, ..)| (table, columns)).collect(),
        constraints: constraints.into_iter().collect(),
    }
}
