-- Key projects: their meetings and what these decided.

create table project (
    jurisdiction bigint not null,
    id bigint not null,
    goal bigint not null,
    leader bigint not null,
    team bigint not null,
    meetings bigint not null,
    unadopted bigint not null,
    primary key (jurisdiction, id)
);

create table meeting (
    jurisdiction bigint not null,
    project bigint not null,
    number bigint not null,
    held_on text not null,
    recorded_on text not null,
    chair bigint not null,
    raised bigint not null,
    solved bigint not null,
    primary key (jurisdiction, project, number)
);
create index meeting_by_day on meeting (jurisdiction, held_on);

create table decision (
    jurisdiction bigint not null,
    project bigint not null,
    meeting bigint not null,
    place bigint not null,
    item bigint,
    due_on text not null,
    primary key (jurisdiction, project, meeting, place)
);
create index decision_by_item on decision (jurisdiction, item);

create index item_by_parent on item (jurisdiction, parent);
