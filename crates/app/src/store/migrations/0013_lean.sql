-- Columns that nothing reads. They changed with nearly every turn, and made it write one row, or
-- two, that were else as before.

alter table matter drop column touched;
alter table item drop column first_due_on;
alter table item drop column reported_on;
alter table item drop column reminder_level;
alter table item drop column extensions;
alter table item drop column version;

-- The year in which a matter ended is part of its place in the groups of timeliness: what earlier
-- years left and this one ended is a sum, and no longer counted row by row.
delete from tally_due where kind = 'item' and standing = 'done';
insert into tally_due (jurisdiction, kind, plan, standing, due_on, n)
select jurisdiction, kind, plan, standing, case when due_on is null then 'none'
    when done_on <= due_on then 'kept' else 'missed' end || '-' || substr(done_on, 1, 4),
    count(*) from matter where kind = 'item' and standing = 'done' and plan is not null
    group by 1, 2, 3, 4, 5;
