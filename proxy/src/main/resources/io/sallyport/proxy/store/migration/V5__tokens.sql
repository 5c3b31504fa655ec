-- What can be granted. wish is what is asked, by whom and where, as long as it is open: one row each.
CREATE TABLE token_request (
    code varchar(9) PRIMARY KEY,
    wish varchar(64) UNIQUE,
    version bigint NOT NULL,
    state varchar(20) NOT NULL,
    requester varchar(256) NOT NULL,
    content text NOT NULL,
    votes text NOT NULL,
    lasts_millis bigint,
    rows_at_most bigint,
    created_at timestamp(3) with time zone NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL
);

CREATE INDEX token_request_open ON token_request (requester, state);
CREATE INDEX token_request_expires ON token_request (expires_at);

-- The secret is nowhere: hash is its SHA-256.
CREATE TABLE token (
    hash varchar(64) PRIMARY KEY,
    request varchar(9) NOT NULL REFERENCES token_request (code) ON DELETE CASCADE,
    granted_by varchar(4000) NOT NULL,
    granted_at timestamp(3) with time zone NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL
);

CREATE INDEX token_of_request ON token (request);

-- One row for each time that a statement may run. used_by is what is compared and set: one attempt, which may take it back.
CREATE TABLE token_statement (
    hash varchar(64) NOT NULL REFERENCES token (hash) ON DELETE CASCADE,
    number integer NOT NULL,
    print varchar(64) NOT NULL,
    used_by varchar(64),
    used_in varchar(64),
    used_at timestamp(3) with time zone,
    PRIMARY KEY (hash, number)
);

CREATE INDEX token_statement_used ON token_statement (used_by);
