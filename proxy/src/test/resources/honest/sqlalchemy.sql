select pg_catalog.version()

select current_schema()

show standard_conforming_strings

SELECT t.oid, typarray FROM pg_type t JOIN pg_namespace ns ON typnamespace = ns.oid WHERE typname = 'hstore'

BEGIN

SELECT pg_catalog.pg_class.relname FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace WHERE pg_catalog.pg_class.relname = 'users' AND pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'

CREATE TYPE mood AS ENUM ('glad', 'sad')

CREATE TABLE users (
	id SERIAL NOT NULL, 
	name VARCHAR(50), 
	mood mood, 
	settings JSONB DEFAULT '{}'::jsonb, 
	tags VARCHAR[], 
	PRIMARY KEY (id)
)

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)

INSERT INTO alembic_version (version_num) VALUES ('1975ea83b712') RETURNING alembic_version.version_num

UPDATE alembic_version SET version_num='27c6a30d7c24' WHERE alembic_version.version_num = '1975ea83b712'

CREATE INDEX ix_users_name ON users (name)

COMMENT ON TABLE users IS 'people; drop table users'

COMMIT

INSERT INTO users (name, mood, tags) VALUES ('ed', 'glad', ARRAY['a','b']) RETURNING users.id

INSERT INTO users (name, mood) SELECT p0::VARCHAR, p1::mood FROM (VALUES ('wendy', 'sad', 0), ('fred', 'glad', 1)) AS imp_sen(p0, p1, sen_counter) ORDER BY sen_counter RETURNING users.id, users.id AS id__1

SELECT users.id, users.name, users.mood, users.settings, users.tags 
FROM users 
WHERE users.id = 1 
 LIMIT 1

SELECT anon_1.users_id FROM (SELECT users.id AS users_id FROM users WHERE users.name IN ('ed', 'wendy') ORDER BY users.id LIMIT 10 OFFSET 0) AS anon_1 LEFT OUTER JOIN LATERAL (SELECT count(*) AS n FROM users AS u2 WHERE u2.id > anon_1.users_id) AS anon_2 ON true

SELECT users.settings -> 'a' AS a, users.settings #>> '{b,c}' AS c, users.settings @> '{"delete": true}' AS d FROM users WHERE users.settings ? 'a' OR users.tags @> ARRAY['a']::VARCHAR[]

UPDATE users SET name=('edward') WHERE users.id = 1

UPDATE users SET mood='sad' FROM (VALUES (1, 'ed')) AS v (id, name) WHERE users.id = v.id

DELETE FROM users WHERE users.id = 3

WITH RECURSIVE t(n) AS (SELECT 1 AS n UNION ALL SELECT t.n + 1 AS anon_1 FROM t WHERE t.n < 5) SELECT sum(t.n) AS total FROM t

SELECT pg_catalog.pg_attribute.attname AS name, pg_catalog.format_type(pg_catalog.pg_attribute.atttypid, pg_catalog.pg_attribute.atttypmod) AS format_type, (SELECT pg_catalog.pg_get_expr(pg_catalog.pg_attrdef.adbin, pg_catalog.pg_attrdef.adrelid) AS pg_get_expr_1 FROM pg_catalog.pg_attrdef WHERE pg_catalog.pg_attrdef.adrelid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_attrdef.adnum = pg_catalog.pg_attribute.attnum AND pg_catalog.pg_attribute.atthasdef) AS "default", pg_catalog.pg_attribute.attnotnull AS not_null FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_attribute ON pg_catalog.pg_class.oid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_attribute.attnum > 0 AND NOT pg_catalog.pg_attribute.attisdropped WHERE pg_catalog.pg_class.relname IN ('users')

