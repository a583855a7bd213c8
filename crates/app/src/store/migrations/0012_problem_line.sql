-- What the lists of the problem ledger are read from. `rank` is the order: open before suspended
-- before closed, then by the day that counts, so that what is overdue or due this week is a range
-- of an index. Each saved view has an index that begins with what it asks and goes on in that
-- order. `box` is the one of the five a problem is in, 0 for none.

create table problem_line (
    jurisdiction bigint not null,
    id bigint not null,
    rank text not null,
    sort text not null,
    stage text not null,
    box bigint not null,
    standing text not null,
    counts_on text,
    timely_on text not null,
    listed_on text,
    done_on text,
    source text not null,
    category text not null,
    horizon text not null,
    scope text not null,
    unit bigint not null,
    sponsor bigint,
    owner bigint,
    watcher bigint,
    ledger bigint not null,
    reminders bigint not null,
    relapses bigint not null,
    look_back_on text,
    looked bigint not null,
    primary key (jurisdiction, id)
);
create index problem_line_in_order on problem_line
    (jurisdiction, rank, sort, id, box, timely_on, listed_on, done_on, look_back_on, stage);
create index problem_line_by_number on problem_line (jurisdiction, sort, id, rank);
create index problem_line_by_box on problem_line (jurisdiction, box, rank, sort, id);
create index problem_line_by_source on problem_line (jurisdiction, source, rank, sort, id);
create index problem_line_by_category on problem_line (jurisdiction, category, rank, sort, id);
create index problem_line_by_unit on problem_line (jurisdiction, unit, rank, sort, id);
create index problem_line_by_sponsor on problem_line (jurisdiction, sponsor, rank, sort, id);
create index problem_line_by_watcher on problem_line (jurisdiction, watcher, rank, sort, id);
create index problem_line_by_ledger on problem_line (jurisdiction, ledger, rank, sort, id);
create index problem_line_by_scope on problem_line (jurisdiction, scope, rank, sort, id);
create index problem_line_look_back on problem_line (jurisdiction, look_back_on, id)
    where look_back_on is not null;
