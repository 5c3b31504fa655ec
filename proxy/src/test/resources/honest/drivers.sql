SET extra_float_digits = 3

SET application_name = 'PostgreSQL JDBC Driver'

SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE

SHOW TRANSACTION ISOLATION LEVEL

SET DateStyle = 'ISO, MDY'

SET client_encoding TO 'UTF8'

SET lock_timeout = '5s'

SET idle_in_transaction_session_timeout = 0

SELECT ns.nspname, t.oid, t.typname, t.typtype, t.typnotnull, t.elemtypoid FROM (SELECT typ.oid, typ.typnamespace, typ.typname, typ.typtype, typ.typrelid, typ.typnotnull, typ.relkind, elemtyp.oid AS elemtypoid FROM (SELECT typ.oid, typnamespace, typname, typrelid, typnotnull, relkind, typelem AS elemoid, CASE WHEN proc.proname='array_recv' THEN 'a' ELSE typ.typtype END AS typtype FROM pg_type AS typ LEFT JOIN pg_class AS cls ON (cls.oid = typ.typrelid) LEFT JOIN pg_proc AS proc ON proc.oid = typ.typreceive LEFT JOIN pg_range ON (pg_range.rngtypid = typ.oid)) AS typ LEFT JOIN pg_type AS elemtyp ON elemtyp.oid = elemoid) AS t JOIN pg_namespace AS ns ON (ns.oid = typnamespace) WHERE typtype IN ('b', 'r', 'm', 'e', 'd')

SELECT version()

SELECT current_database(), current_schema(), current_user, session_user, inet_server_addr(), pg_backend_pid(), pg_is_in_recovery()

SELECT pg_catalog.set_config('search_path', '', false)

SELECT set_config('search_path', 'public', false), set_config('statement_timeout', '0', false)

DISCARD ALL

RESET ALL

DEALLOCATE ALL

CLOSE ALL

SELECT 1 


/* ping */ SELECT 1

-- a comment alone

BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE

COMMIT

BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE

ROLLBACK

START TRANSACTION

END


SELECT txid_current(), pg_current_wal_lsn() IS NULL

SELECT nextval(pg_get_serial_sequence('pg_catalog.pg_class', 'oid')) WHERE false

VALUES (1, 'delete'), (2, 'drop')

TABLE pg_catalog.pg_range LIMIT 1

SELECT E'it''s \\ \'quoted\'; delete from x' AS "delete from x", U&'\0041' AS u, $$drop table x; --$$ AS d, $q$ it's $q$ AS q

SELECT 'a' AS delete, 'b' AS update, 'c' AS drop, 'd' AS truncate, 'e' AS "select", 1 AS "x;drop table y"

PREPARE p (int) AS SELECT $1 + 1

EXECUTE p (2)

DEALLOCATE p

EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) SELECT count(*) FROM pg_class

CREATE TEMPORARY TABLE scratch (id int, "order" text) ON COMMIT PRESERVE ROWS

INSERT INTO scratch SELECT g, 'row ' || g FROM generate_series(1, 100) g

UPDATE scratch SET "order" = upper("order") WHERE id BETWEEN 1 AND 10

DELETE FROM scratch WHERE id > 90

MERGE INTO scratch s USING (VALUES (1, 'one'), (200, 'new')) v (id, o) ON s.id = v.id WHEN MATCHED THEN UPDATE SET "order" = v.o WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.o)

ANALYZE scratch

VACUUM ANALYZE pg_catalog.pg_range

