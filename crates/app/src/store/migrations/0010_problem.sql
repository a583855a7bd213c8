-- Problems and the lists they come from, flat, beside the row that all kinds share.

create table problem (
    jurisdiction bigint not null,
    id bigint not null,
    ledger bigint not null,
    source text not null,
    yardstick text,
    aspect text,
    horizon text not null,
    scope text not null,
    complaint bigint not null,
    urgent bigint not null,
    found_on text not null,
    registered_on text,
    first_due_on text,
    owed_on text,
    waived_until text,
    published_until text,
    look_back_on text,
    measures bigint not null,
    measures_done bigint not null,
    reminder_level bigint not null,
    reminders bigint not null,
    extensions bigint not null,
    relapses bigint not null,
    objections bigint not null,
    version bigint not null,
    primary key (jurisdiction, id)
);
create index problem_by_look_back on problem (jurisdiction, look_back_on, id)
    where look_back_on is not null;

-- Other numbers that belong to a problem: duplicates, recurrences, what siblings found.
create table problem_link (
    jurisdiction bigint not null,
    problem bigint not null,
    seat bigint not null,
    other bigint not null,
    kind text not null,
    number text not null,
    primary key (jurisdiction, problem, seat)
);
create index problem_link_other on problem_link (jurisdiction, other, problem);

-- The lists units filed in a batch, each with what became of it.
create table problem_list (
    jurisdiction bigint not null,
    ledger bigint not null,
    unit bigint not null,
    number bigint not null,
    problems bigint not null,
    filed_on text not null,
    decided_on text,
    approved bigint,
    primary key (jurisdiction, ledger, unit, number)
);
create index problem_list_by_unit on problem_list (jurisdiction, unit, ledger);
