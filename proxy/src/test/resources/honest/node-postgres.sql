SELECT NOW()

SELECT $1::text as message
-- with: Hello; DROP TABLE x

CREATE TABLE items (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data jsonb NOT NULL, deleted boolean DEFAULT false, "update" timestamptz)

INSERT INTO items (data) VALUES ($1), ($2) RETURNING *
-- with: {"delete from items": 1} | {"a": [1, 2]}

SELECT id, data->>'a' AS delete, deleted AS "drop table" FROM items WHERE id = ANY($1::int[])
-- with: {1,2}

SELECT count(*)::int AS truncate FROM items WHERE deleted IS NOT TRUE

UPDATE items SET data = data || $1::jsonb, "update" = now() WHERE id = $2 RETURNING id
-- with: {"b": 2} | 1

UPDATE items SET deleted = true WHERE id = $1
-- with: 2

DELETE FROM items WHERE id = $1 AND deleted
-- with: 2

BEGIN

SELECT * FROM items WHERE id = $1 FOR UPDATE SKIP LOCKED
-- with: 1

ROLLBACK

LISTEN items_changed

NOTIFY items_changed, 'delete from items'

UNLISTEN *

SET statement_timeout = 30000

SET search_path TO public

select column_name, data_type from information_schema.columns where table_schema = 'public' and table_name = 'items'
