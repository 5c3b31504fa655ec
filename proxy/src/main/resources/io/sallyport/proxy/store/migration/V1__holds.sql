-- H2 (in its PostgreSQL mode) and PostgreSQL read the same files.
CREATE TABLE replica (
    id varchar(32) PRIMARY KEY,
    name varchar(200) NOT NULL,
    started_at timestamp(3) with time zone NOT NULL,
    seen_at timestamp(3) with time zone NOT NULL,
    gone_at timestamp(3) with time zone
);

-- One row a hold. Whoever changes a row names the version that they saw: version is what is compared and set.
CREATE TABLE hold (
    code varchar(9) PRIMARY KEY,
    replica varchar(32) NOT NULL,
    version bigint NOT NULL,
    state varchar(20) NOT NULL,
    request text NOT NULL,
    votes text NOT NULL,
    mentions text NOT NULL,
    opened_at timestamp(3) with time zone NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL,
    -- Its own replica has taken the approval over: nobody else may end it from here on.
    claimed_at timestamp(3) with time zone,
    ended_at timestamp(3) with time zone,
    ended_by varchar(2000),
    detail varchar(4000),
    outcome varchar(4000),
    outcome_state varchar(5)
);

CREATE INDEX hold_state ON hold (state);
CREATE INDEX hold_replica ON hold (replica);
CREATE INDEX hold_ended ON hold (ended_at);
