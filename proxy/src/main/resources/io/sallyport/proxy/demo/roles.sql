-- Two people and one program. None is a superuser: what they could break, an ordinary login can break.
CREATE ROLE shop_owner NOLOGIN;
CREATE ROLE alice LOGIN PASSWORD 'alice' IN ROLE shop_owner;
CREATE ROLE bob LOGIN PASSWORD 'bob' IN ROLE shop_owner;
CREATE ROLE app LOGIN PASSWORD 'app';

-- Sallyport's own, for safety nets: it makes restore points, keeps rows, and brings them back.
CREATE ROLE sallyport_service LOGIN PASSWORD 'sallyport_service' CONNECTION LIMIT 8;
GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO sallyport_service;
GRANT pg_read_all_data, pg_write_all_data TO sallyport_service;
