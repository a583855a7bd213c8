-- The house: jurisdictions, their journals, and the rows every mechanism shares.
-- Columns are text and bigint only, so that the same words serve both engines.

create table jurisdiction (
    id bigint not null primary key,
    code text not null unique,
    name text not null,
    demo bigint not null
);

-- One row per journal. Whoever updates it first holds the pen of that jurisdiction.
create table head (
    jurisdiction bigint not null primary key,
    size bigint not null,
    turn bigint not null,
    next_id bigint not null,
    log text not null,
    checkpoint text not null
);

-- The journal. Payload and salt may be erased; what remains still proves the rest.
create table entry (
    jurisdiction bigint not null,
    number bigint not null,
    turn bigint not null,
    at text not null,
    day text not null,
    person bigint not null,
    post bigint not null,
    kind text not null,
    matter bigint not null,
    act text not null,
    commitment text not null,
    salt text,
    payload text,
    primary key (jurisdiction, number)
);
create index entry_by_matter on entry (jurisdiction, kind, matter, number);
create index entry_by_person on entry (jurisdiction, person, number);

-- Full tiles of the Merkle log: 256 hashes each, base64.
create table tile (
    jurisdiction bigint not null,
    level bigint not null,
    number bigint not null,
    hashes text not null,
    primary key (jurisdiction, level, number)
);

-- What all kinds of matter share, flat: lists, to-dos, search, overview and scope read it.
create table matter (
    jurisdiction bigint not null,
    kind text not null,
    id bigint not null,
    number text not null,
    sort text not null,
    title text not null,
    plan bigint,
    parent bigint,
    area text,
    lead_unit bigint,
    sponsor bigint,
    owner bigint,
    watcher bigint,
    stage text not null,
    standing text not null,
    start_on text,
    due_on text,
    forecast_on text,
    latest_start_on text,
    done_on text,
    percent bigint,
    yellow_on text,
    red_on text,
    touched bigint not null,
    primary key (jurisdiction, kind, id)
);
create index matter_in_order on matter (jurisdiction, kind, plan, sort, id);
create index matter_by_red on matter (jurisdiction, kind, standing, red_on, id);
create index matter_by_yellow on matter (jurisdiction, kind, standing, yellow_on, id);
create index matter_by_unit on matter (jurisdiction, lead_unit, kind, standing, red_on);
create index matter_by_parent on matter (jurisdiction, kind, parent, sort);
create index matter_by_due on matter (jurisdiction, kind, standing, due_on, id);
create index matter_by_sponsor on matter (jurisdiction, sponsor, kind, standing);
create index matter_by_owner on matter (jurisdiction, owner, kind, standing);

-- Who has a part in a matter: the relation powers come from and lists are scoped by.
create table party (
    jurisdiction bigint not null,
    kind text not null,
    matter bigint not null,
    part text not null,
    unit bigint,
    post bigint,
    seat bigint not null,
    primary key (jurisdiction, kind, matter, part, seat)
);
create index party_by_unit on party (jurisdiction, unit, kind, matter);
create index party_by_post on party (jurisdiction, post, kind, matter);

-- Whose move it is: a post's, or that of whoever has a power.
create table todo (
    jurisdiction bigint not null,
    kind text not null,
    matter bigint not null,
    what text not null,
    seat bigint not null,
    post bigint,
    power text,
    since text not null,
    due_on text,
    primary key (jurisdiction, kind, matter, what, seat)
);
create index todo_by_post on todo (jurisdiction, post, due_on);
create index todo_by_power on todo (jurisdiction, power, due_on);

-- How many matters share a standing and its turning days: sums instead of scans.
create table tally (
    jurisdiction bigint not null,
    kind text not null,
    plan bigint not null,
    standing text not null,
    yellow_on text not null,
    red_on text not null,
    n bigint not null,
    primary key (jurisdiction, kind, plan, standing, yellow_on, red_on)
);

-- What each day changed in those sums: the lights as they stood on any past day.
create table tally_day (
    jurisdiction bigint not null,
    kind text not null,
    plan bigint not null,
    standing text not null,
    yellow_on text not null,
    red_on text not null,
    day text not null,
    n bigint not null,
    primary key (jurisdiction, kind, plan, standing, yellow_on, red_on, day)
);
create index tally_by_day on tally_day (jurisdiction, kind, plan, day);

-- Credentials and sessions are not facts of the journal: they may be reset, never replayed.
create table account (
    jurisdiction bigint not null,
    person bigint not null,
    login text not null unique,
    password text not null,
    failures bigint not null,
    locked_until text,
    primary key (jurisdiction, person)
);
create table session (
    id text not null primary key,
    record text not null,
    expires bigint not null
);
create index session_by_expiry on session (expires);
create table token (
    hash text not null primary key,
    jurisdiction bigint not null,
    person bigint not null,
    post bigint not null,
    made_at text not null
);

-- Text that was typed and not yet sent, kept for the person who typed it.
create table draft (
    jurisdiction bigint not null,
    person bigint not null,
    form text not null,
    body text not null,
    saved_at text not null,
    primary key (jurisdiction, person, form)
);
