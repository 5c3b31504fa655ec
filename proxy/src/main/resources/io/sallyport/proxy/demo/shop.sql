-- 200,000 users. The first 12,000 were created before 2024; every third of all users is a test account.
CREATE TABLE users (
    id          bigint PRIMARY KEY,
    email       text NOT NULL UNIQUE,
    environment text NOT NULL CHECK (environment IN ('production', 'test')),
    created_at  timestamp NOT NULL
);

INSERT INTO users
SELECT id,
       'user' || id || '@shop.example',
       CASE WHEN id % 3 = 0 THEN 'test' ELSE 'production' END,
       CASE WHEN id <= 12000
            THEN timestamp '2023-01-01' + (id % 364) * interval '1 day'
            ELSE timestamp '2024-01-01' + (id % 700) * interval '1 day' END
FROM generate_series(1, 200000) AS id;

-- Orders go with their user: whoever deletes the user deletes what they bought.
CREATE TABLE orders (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    amount     numeric(10, 2) NOT NULL,
    status     text NOT NULL DEFAULT 'open',
    ordered_at timestamp NOT NULL DEFAULT localtimestamp
);

INSERT INTO orders (user_id, amount, status)
SELECT id, (id % 9000 + 100) / 100.0, 'paid' FROM users WHERE environment = 'production' AND id % 2 = 0;

CREATE INDEX orders_user_id ON orders (user_id);

ALTER TABLE users OWNER TO shop_owner;
ALTER TABLE orders OWNER TO shop_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON users, orders TO app;
ANALYZE users, orders;

-- Where rows are kept that somebody has agreed to delete.
CREATE SCHEMA sallyport_kept AUTHORIZATION sallyport_service;
GRANT USAGE ON SCHEMA sallyport_kept TO PUBLIC;
