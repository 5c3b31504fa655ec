-- The rows that the cases are after. The trapped table comes first: its trigger empties t.
TRUNCATE t, u, "select", "where", "Quoted ""t""; --", data, "naïve", long_name_of_exactly_sixty_three_bytes_so_that_more_are_cut_away, app.orders,
  customer, invoice, measure, ancestor, heir, numbered, pairs, trapped, ruled, defaulted RESTART IDENTITY;
INSERT INTO trapped VALUES (1, 1);
INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, 'three');
INSERT INTO u VALUES (1, 'x');
INSERT INTO "select" TABLE t;
INSERT INTO "where" TABLE t;
INSERT INTO "Quoted ""t""; --" TABLE t;
INSERT INTO data TABLE t;
INSERT INTO "naïve" TABLE t;
INSERT INTO long_name_of_exactly_sixty_three_bytes_so_that_more_are_cut_away TABLE t;
INSERT INTO app.orders TABLE t;
INSERT INTO customer VALUES (1), (2);
INSERT INTO invoice VALUES (10, 1), (20, 2);
INSERT INTO measure VALUES ('2024-06-01', 1);
INSERT INTO heir VALUES (7);
INSERT INTO numbered (x) VALUES (4);
INSERT INTO pairs VALUES ((1, 2));
REFRESH MATERIALIZED VIEW mv;
