-- The outbox of durable invalidations, for PostgreSQL 9.5 or newer. The application's user needs
-- SELECT, INSERT, UPDATE and DELETE on it.
create table if not exists cacheaside_outbox (
    id            uuid primary key,
    namespace     varchar(100) not null,
    cache         varchar(512),
    cache_key     text,
    settle_millis bigint default 0 not null,
    created_at    timestamp with time zone default clock_timestamp() not null,
    due_at        timestamp with time zone default clock_timestamp() not null,
    attempts      int default 0 not null,
    set_aside_at  timestamp with time zone,
    last_error    varchar(500)
);
create index if not exists cacheaside_outbox_due on cacheaside_outbox (namespace, due_at) where set_aside_at is null;
