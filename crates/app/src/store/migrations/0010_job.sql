-- Bulk jobs: one act on many matters, carried out in portions. What a job does is in the journal,
-- entry by entry; these tables keep what is left of it, so that a restart goes on where it was.
create table job (
    jurisdiction bigint not null,
    id bigint not null,
    person bigint not null,
    post bigint not null,
    act text not null,
    kind text not null,
    reason text not null,
    given text not null,
    stage text not null,
    at text not null,
    total bigint not null,
    done bigint not null,
    refused bigint not null,
    ended_at text,
    undo_person bigint,
    undo_post bigint,
    undo_reason text,
    undo_at text,
    back bigint not null,
    kept bigint not null,
    primary key (jurisdiction, id)
);
create index job_under_way on job (stage, jurisdiction, id);
create index job_of_person on job (jurisdiction, person, id);

-- Each matter of a job: `left`, then `done` or `refused` with the reason; of a job that is taken
-- back `back`, or `kept` with the reason why it could not be.
create table job_matter (
    jurisdiction bigint not null,
    job bigint not null,
    seat bigint not null,
    matter bigint not null,
    given text not null,
    stage text not null,
    why text,
    facts text,
    before text,
    primary key (jurisdiction, job, seat)
);
create index job_matter_by_stage on job_matter (jurisdiction, job, stage, seat);

-- A person's own views of a list: a name and the query of an address.
create table saved_view (
    jurisdiction bigint not null,
    person bigint not null,
    id bigint not null,
    page text not null,
    name text not null,
    query text not null,
    primary key (jurisdiction, person, id)
);
