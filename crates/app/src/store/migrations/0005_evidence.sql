-- Evidence by matter, with the hash of its file where there is one: who may open a file, and
-- where the same file serves twice.

create table evidence (
    jurisdiction bigint not null,
    kind text not null,
    matter bigint not null,
    place bigint not null,
    name text not null,
    reference text not null,
    hash text,
    true_for text not null,
    received_on text not null,
    primary key (jurisdiction, kind, matter, place)
);
create index evidence_by_hash on evidence (jurisdiction, hash);
