SET client_min_messages TO 'warning'

SET standard_conforming_strings = on

SET intervalstyle = iso_8601

SET SESSION timezone TO 'UTC'

SELECT t.oid, t.typname, t.typelem, t.typdelim, t.typinput, r.rngsubtype, t.typtype, t.typbasetype FROM pg_type as t LEFT JOIN pg_range as r ON oid = rngtypid WHERE t.typname IN ('int2', 'int4', 'int8', 'oid', 'float4', 'float8', 'text', 'varchar', 'bool') OR t.typtype IN ('r', 'e', 'd') OR t.typinput = 'array_in(cstring,oid,integer)'::regprocedure OR t.typelem != 0

SHOW max_identifier_length

SHOW search_path

SELECT current_schema

SELECT pg_try_advisory_lock(4276412093785219)

CREATE TABLE "schema_migrations" ("version" character varying NOT NULL PRIMARY KEY)

CREATE TABLE "ar_internal_metadata" ("key" character varying NOT NULL PRIMARY KEY, "value" character varying, "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL)

SELECT "ar_internal_metadata".* FROM "ar_internal_metadata" WHERE "ar_internal_metadata"."key" = 'environment' ORDER BY "ar_internal_metadata"."key" ASC LIMIT 1

INSERT INTO "ar_internal_metadata" ("key", "value", "created_at", "updated_at") VALUES ('environment', 'production', '2026-01-05 10:00:00.123', '2026-01-05 10:00:00.123') RETURNING "key"

BEGIN

CREATE TABLE "articles" ("id" bigserial primary key, "title" character varying, "body" text, "author_id" bigint, "lock_version" integer DEFAULT 0, "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL)

CREATE INDEX "index_articles_on_author_id" ON "articles" ("author_id")

CREATE TABLE "taggings" ("article_id" bigint NOT NULL, "tag" character varying NOT NULL)

ALTER TABLE "articles" ADD "published" boolean DEFAULT FALSE NOT NULL

INSERT INTO "schema_migrations" ("version") VALUES ('20260105100000') RETURNING "version"

COMMIT

SELECT pg_advisory_unlock(4276412093785219)

SELECT a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid), a.attnotnull, a.atttypid, a.atttypmod, c.collname, col_description(a.attrelid, a.attnum) AS comment, attidentity AS identity, attgenerated as attgenerated FROM pg_attribute a LEFT JOIN pg_attrdef d ON a.attrelid = d.adrelid AND a.attnum = d.adnum LEFT JOIN pg_type t ON a.atttypid = t.oid LEFT JOIN pg_collation c ON a.attcollation = c.oid AND a.attcollation <> t.typcollation WHERE a.attrelid = '"articles"'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum

INSERT INTO "articles" ("title", "body", "author_id", "lock_version", "created_at", "updated_at") VALUES ($1, $2, $3, $4, $5, $6) RETURNING "id"
-- with: On DROP TABLE | it''s; delete from articles | 7 | 0 | 2026-01-05 10:00:00 | 2026-01-05 10:00:00

SELECT "articles".* FROM "articles" WHERE "articles"."id" = $1 LIMIT $2
-- with: 1 | 1

SELECT 1 AS one FROM "articles" WHERE "articles"."title" = $1 LIMIT $2
-- with: On DROP TABLE | 1

UPDATE "articles" SET "title" = $1, "updated_at" = $2, "lock_version" = $3 WHERE "articles"."id" = $4 AND "articles"."lock_version" = $5
-- with: Update | 2026-01-06 10:00:00 | 1 | 1 | 0

UPDATE "articles" SET "author_id" = COALESCE("articles"."author_id", 0) + 1 WHERE "articles"."id" = $1
-- with: 1

INSERT INTO "taggings" ("article_id","tag") VALUES (1, 'sql'), (1, 'rails') ON CONFLICT DO NOTHING RETURNING "tag"

DELETE FROM "taggings" WHERE "taggings"."article_id" = $1 AND "taggings"."tag" = $2
-- with: 1 | sql

DELETE FROM "articles" WHERE "articles"."id" = $1
-- with: 1

SELECT COUNT(*) FROM "articles" WHERE "articles"."published" = $1 AND "articles"."created_at" BETWEEN $2 AND $3
-- with: f | 2026-01-01 | 2026-02-01
