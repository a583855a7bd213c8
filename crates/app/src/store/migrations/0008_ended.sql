-- What earlier years' plans ended in this year, found without reading those plans whole. Only
-- ended matters are in it, so that matters under way are written as fast as before.

create index matter_by_end on matter (jurisdiction, kind, plan, done_on)
    where done_on is not null;
