-- Which item waits for which: to find what waits for an item.

create table waits_for (
    jurisdiction bigint not null,
    item bigint not null,
    seat bigint not null,
    other bigint not null,
    kind text not null,
    lag bigint not null,
    primary key (jurisdiction, item, seat)
);
create index waits_for_other on waits_for (jurisdiction, other, item);
