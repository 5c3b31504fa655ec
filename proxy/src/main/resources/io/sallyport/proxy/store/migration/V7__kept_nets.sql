-- What safety nets left behind before a batch ran. A row of its own each, not a column of hold: what a token releases has no hold.
CREATE TABLE kept_net (
    -- Of the hold, or of the request that a token was granted for.
    code varchar(9) NOT NULL,
    net varchar(30) NOT NULL,
    kept_at timestamp(3) with time zone NOT NULL,
    -- JSON, as the net needs it.
    detail text NOT NULL
);

CREATE INDEX kept_net_code ON kept_net (code);
CREATE INDEX kept_net_kept ON kept_net (kept_at);
