-- The moves of one kind that wait for somebody, in the order they are due, and how many there are.

create index todo_by_kind on todo (jurisdiction, whose, what, by_on, since, matter, kind);
