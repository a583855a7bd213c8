-- The plan mechanism: what lists and charts need of plans and work items beside the shared row.

create table plan (
    jurisdiction bigint not null,
    id bigint not null,
    year bigint not null,
    title text not null,
    unit bigint not null,
    parent bigint,
    primary key (jurisdiction, id)
);
create index plan_by_year on plan (jurisdiction, year, unit);

create table item (
    jurisdiction bigint not null,
    id bigint not null,
    goal bigint not null,
    parent bigint,
    content text not null,
    measures text not null,
    target bigint,
    unit_of_measure text not null,
    done_quantity bigint,
    baseline_start_on text,
    baseline_due_on text,
    first_due_on text,
    reported_on text,
    reminder_level bigint not null,
    extensions bigint not null,
    version bigint not null,
    primary key (jurisdiction, id)
);
create index item_by_goal on item (jurisdiction, goal, id);

create table milestone (
    jurisdiction bigint not null,
    item bigint not null,
    number bigint not null,
    title text not null,
    planned_on text not null,
    quantity bigint,
    done_on text,
    primary key (jurisdiction, item, number)
);

create table assessment (
    jurisdiction bigint not null,
    item bigint not null,
    period text not null,
    own text,
    independent text,
    primary key (jurisdiction, item, period)
);

create table intake (
    jurisdiction bigint not null,
    id bigint not null,
    file text not null,
    hash text not null,
    rows_read bigint not null,
    plan bigint not null,
    goals bigint not null,
    items bigint not null,
    at text not null,
    undone bigint not null,
    primary key (jurisdiction, id)
);
