-- Lists in the order of urgency without sorting, and the groups of timeliness as sums.

alter table matter add column urgent_on text not null default '9999-12-31';
update matter set urgent_on = red_on where red_on is not null;
drop index matter_by_red;
drop index matter_by_due;
create index matter_by_urgency on matter (jurisdiction, kind, urgent_on, sort, id);
create index matter_by_area on matter (jurisdiction, kind, area);

-- Open matters by deadline, ended ones by whether they kept it: `due_on` is a day, `none`,
-- `kept` or `missed`.
create table tally_due (
    jurisdiction bigint not null,
    kind text not null,
    plan bigint not null,
    standing text not null,
    due_on text not null,
    n bigint not null,
    primary key (jurisdiction, kind, plan, standing, due_on)
);
insert into tally_due (jurisdiction, kind, plan, standing, due_on, n)
select jurisdiction, kind, plan, standing, case when due_on is null then 'none'
    when standing <> 'done' then due_on when done_on <= due_on then 'kept' else 'missed' end,
    count(*) from matter where kind in ('item', 'goal') and plan is not null
    group by 1, 2, 3, 4, 5;
insert into tally (jurisdiction, kind, plan, standing, yellow_on, red_on, n)
select jurisdiction, kind, plan, standing, '9999-12-31', '9999-12-31', count(*) from matter
    where kind = 'goal' and plan is not null group by jurisdiction, kind, plan, standing;
