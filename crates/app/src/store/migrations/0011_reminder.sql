-- Reminders of every kind of matter: one row for each post a reminder went to, and the rung of
-- the ladder that comes next in each open matter, with the first day on which it may be sent.

create table reminder (
    jurisdiction bigint not null,
    kind text not null,
    matter bigint not null,
    number bigint not null,
    seat bigint not null,
    post bigint,
    level text not null,
    text text not null,
    sent_on text not null,
    answer_due text not null,
    signed_on text,
    answered_on text,
    revoked_on text,
    primary key (jurisdiction, kind, matter, number, seat)
);
create index reminder_by_post on reminder (jurisdiction, post, answered_on, answer_due);
create index reminder_open on reminder (jurisdiction, answered_on, seat, answer_due);

create table climb (
    jurisdiction bigint not null,
    kind text not null,
    matter bigint not null,
    level text not null,
    next_on text not null,
    given bigint not null,
    primary key (jurisdiction, kind, matter)
);
create index climb_by_day on climb (jurisdiction, next_on, kind, matter);
