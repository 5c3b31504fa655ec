-- Two people and one program. None is a superuser: what they could break, an ordinary login can break.
CREATE ROLE shop_owner NOLOGIN;
CREATE ROLE alice LOGIN PASSWORD 'alice' IN ROLE shop_owner;
CREATE ROLE bob LOGIN PASSWORD 'bob' IN ROLE shop_owner;
CREATE ROLE app LOGIN PASSWORD 'app';
