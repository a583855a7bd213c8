-- A million matters in one body: sums that stay short, moves in the order they are due, and lists
-- that are read in order from one index.

-- A standing has one sum in each plan (`turn` and `day` empty), and so has each turning day: a
-- matter is at least amber from the earlier of its two days on (`warn`), and red from its red day
-- on (`late`). How many show a light on a day is a sum up to that day.
alter table tally rename to tally_before;
create table tally (
    jurisdiction bigint not null,
    kind text not null,
    plan bigint not null,
    standing text not null,
    turn text not null,
    day text not null,
    n bigint not null,
    primary key (jurisdiction, kind, plan, standing, turn, day)
);
insert into tally (jurisdiction, kind, plan, standing, turn, day, n)
select jurisdiction, kind, plan, standing, '', '', sum(n) from tally_before
    group by jurisdiction, kind, plan, standing;
insert into tally (jurisdiction, kind, plan, standing, turn, day, n)
select jurisdiction, kind, plan, standing, 'late', red_on, sum(n) from tally_before
    where red_on <> '9999-12-31' group by jurisdiction, kind, plan, standing, red_on;
insert into tally (jurisdiction, kind, plan, standing, turn, day, n)
select jurisdiction, kind, plan, standing, 'warn',
    case when yellow_on < red_on then yellow_on else red_on end, sum(n) from tally_before
    where yellow_on <> '9999-12-31' or red_on <> '9999-12-31' group by 1, 2, 3, 4, 6;
drop table tally_before;

-- The same by the day on which it shows: what was changed on a day shows from that day or from
-- the turning day on, whichever is later. So the lights as they stood on any past day are a sum.
drop index tally_by_day;
alter table tally_day rename to tally_day_before;
create table tally_day (
    jurisdiction bigint not null,
    kind text not null,
    plan bigint not null,
    turn text not null,
    day text not null,
    n bigint not null,
    primary key (jurisdiction, kind, plan, turn, day)
);
insert into tally_day (jurisdiction, kind, plan, turn, day, n)
select jurisdiction, kind, plan, 'late', case when red_on > day then red_on else day end, sum(n)
    from tally_day_before where red_on <> '9999-12-31' group by 1, 2, 3, 5;
insert into tally_day (jurisdiction, kind, plan, turn, day, n)
select jurisdiction, kind, plan, 'warn', case when yellow_on < red_on and yellow_on > day
    then yellow_on when red_on <= yellow_on and red_on > day then red_on else day end, sum(n)
    from tally_day_before where yellow_on <> '9999-12-31' or red_on <> '9999-12-31'
    group by 1, 2, 3, 5;
drop table tally_day_before;

-- Whose move it is: the number of a post or the word of a power; and when at the latest.
alter table todo add column whose text not null default '';
alter table todo add column by_on text not null default '9999-12-31';
update todo set whose = coalesce(cast(post as text), power, ''),
    by_on = coalesce(due_on, '9999-12-31');
drop index todo_by_post;
drop index todo_by_power;
create index todo_in_order on todo (jurisdiction, whose, by_on, since, matter, kind, what);
create table tally_todo (
    jurisdiction bigint not null,
    whose text not null,
    since text not null,
    n bigint not null,
    primary key (jurisdiction, whose, since)
);
insert into tally_todo (jurisdiction, whose, since, n)
select jurisdiction, whose, since, count(*) from todo group by jurisdiction, whose, since;

-- Lists: the order first, then what filters ask, so that rows are fetched for one page only.
drop index matter_in_order;
drop index matter_by_urgency;
drop index matter_by_yellow;
drop index matter_by_unit;
drop index matter_by_parent;
drop index matter_by_sponsor;
drop index matter_by_owner;
create index matter_by_urgency on matter
    (jurisdiction, kind, urgent_on, sort, id, standing, yellow_on, plan, parent);
create index matter_by_standing on matter
    (jurisdiction, kind, standing, urgent_on, sort, id, yellow_on, plan, parent);
create index matter_by_number on matter (jurisdiction, kind, sort, id);
create index matter_of_plan on matter
    (jurisdiction, kind, plan, standing, urgent_on, sort, id, yellow_on, parent);
create index matter_by_parent on matter
    (jurisdiction, kind, parent, sort, id, standing, urgent_on, yellow_on, plan);
create index matter_by_unit on matter
    (jurisdiction, kind, lead_unit, urgent_on, sort, id, standing, yellow_on, plan);
create index matter_by_sponsor on matter
    (jurisdiction, kind, sponsor, urgent_on, sort, id, standing, yellow_on, plan);
create index matter_by_owner on matter
    (jurisdiction, kind, owner, urgent_on, sort, id, standing, yellow_on, plan);
create index matter_undated on matter (jurisdiction, kind, urgent_on, sort, id)
    where due_on is null;

-- The pairs of characters that search finds; its index differs by engine (search.rs).
create table words (
    jurisdiction bigint not null,
    matter bigint not null,
    pairs text not null,
    primary key (jurisdiction, matter)
);

-- Rows that were refilled are other rows under the same journal.
alter table head add column refilled bigint not null default 0;
