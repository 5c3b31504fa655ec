-- What lets a program act for a person at the API. The secret itself is nowhere: a hash of 192 random bits needs no salt.
CREATE TABLE access_token (
    id varchar(12) PRIMARY KEY,
    hash varchar(64) NOT NULL UNIQUE,
    role_name varchar(255) NOT NULL,
    -- Of the role at the server: another one that takes its name is somebody else. Absent where nobody asks the server.
    role_oid bigint,
    -- Subject of the client certificate that its owner showed: without it they would be another person.
    certificate text,
    -- JSON, of the moment when it was made. Absent where the server is asked at every use.
    member_of text,
    label varchar(100) NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL,
    used_at timestamp(3) with time zone,
    revoked_at timestamp(3) with time zone
);

CREATE INDEX access_token_role ON access_token (role_name);
CREATE INDEX access_token_expires ON access_token (expires_at);
