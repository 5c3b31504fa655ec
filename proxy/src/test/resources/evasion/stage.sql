-- Once per database, as superuser: what belongs to the house, and the view of it that tells whether anything is gone.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mallory') THEN
    CREATE ROLE mallory LOGIN CREATEDB CREATEROLE REPLICATION;
  END IF;
END $$;
CREATE SCHEMA ext;
GRANT USAGE ON SCHEMA ext TO PUBLIC;
CREATE EXTENSION dblink SCHEMA ext;
CREATE EXTENSION tablefunc SCHEMA ext;
CREATE EXTENSION postgres_fdw SCHEMA ext;
CREATE SCHEMA stage;

-- One line for whatever can be lost. What is new adds lines; what is lost or changed takes one away.
CREATE FUNCTION stage.inventory() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE relation regclass;
BEGIN
  FOR relation IN
    SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'm') AND nspname IN ('public', 'app')
  LOOP
    RETURN QUERY EXECUTE format('SELECT %L || r::text FROM %s AS r', 'row of ' || relation || ': ', relation);
  END LOOP;
  RETURN QUERY
    SELECT o.type || ' ' || o.identity
    FROM (SELECT 'pg_class'::regclass AS catalog, oid FROM pg_class WHERE relnamespace <> 'pg_toast'::regnamespace
          UNION ALL SELECT 'pg_namespace'::regclass, oid FROM pg_namespace WHERE nspname !~ '^pg_'
          UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc
          UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type
          UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint
          UNION ALL SELECT 'pg_attrdef'::regclass, oid FROM pg_attrdef
          UNION ALL SELECT 'pg_trigger'::regclass, oid FROM pg_trigger WHERE NOT tgisinternal
          UNION ALL SELECT 'pg_rewrite'::regclass, oid FROM pg_rewrite
          UNION ALL SELECT 'pg_policy'::regclass, oid FROM pg_policy
          UNION ALL SELECT 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext
          UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
          UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
          UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast
          UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator
          UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
          UNION ALL SELECT 'pg_conversion'::regclass, oid FROM pg_conversion
          UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
          UNION ALL SELECT 'pg_user_mapping'::regclass, oid FROM pg_user_mapping
          UNION ALL SELECT 'pg_publication'::regclass, oid FROM pg_publication
          UNION ALL SELECT 'pg_publication_rel'::regclass, oid FROM pg_publication_rel
          UNION ALL SELECT 'pg_extension'::regclass, oid FROM pg_extension) AS all_objects,
      pg_identify_object(catalog, oid, 0) AS o
    WHERE oid >= 16384
    UNION ALL
    SELECT format('column %s.%I %s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated)
    FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
    WHERE attnum > 0 AND NOT attisdropped AND attrelid >= 16384 AND relnamespace <> 'pg_toast'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
    UNION ALL SELECT format('%s is part of %s', inhrelid::regclass, inhparent::regclass) FROM pg_inherits
    UNION ALL SELECT format('value %s of %s', enumlabel, enumtypid::regtype) FROM pg_enum
    UNION ALL SELECT format('sequence %I at %s', sequencename, last_value) FROM pg_sequences
    UNION ALL SELECT format('large object %s holds %s', oid, md5(lo_get(oid))) FROM pg_largeobject_metadata
    UNION ALL SELECT 'database ' || datname FROM pg_database WHERE datname !~ '^it_'
    UNION ALL SELECT 'role ' || rolname FROM pg_roles
    UNION ALL SELECT 'slot ' || slot_name FROM pg_replication_slots
    UNION ALL SELECT 'setting ' || setconfig::text FROM pg_db_role_setting WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) OR setrole = 'mallory'::regrole
    UNION ALL SELECT 'session ' || application_name FROM pg_stat_activity WHERE application_name = 'bystander';
END $$;
