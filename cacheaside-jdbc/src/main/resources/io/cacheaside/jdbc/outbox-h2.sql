-- The outbox of durable invalidations, for H2 2.2.220 or newer; created on demand.
create table if not exists cacheaside_outbox (
    id            uuid primary key,
    namespace     varchar(100) not null,
    cache         varchar(512),
    cache_key     varchar,
    settle_millis bigint default 0 not null,
    created_at    timestamp with time zone default current_timestamp not null,
    due_at        timestamp with time zone default current_timestamp not null,
    attempts      int default 0 not null,
    set_aside_at  timestamp with time zone,
    last_error    varchar(500)
);
create index if not exists cacheaside_outbox_due on cacheaside_outbox (namespace, set_aside_at, due_at);
