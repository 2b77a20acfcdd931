-- See the Postgres file of the same name. Here the full-text table has it all.
select 1;
