"""psycopg 3: prepared statements, pipelines, binary COPY, async notifications. Prints what it saw."""
import logging
import threading
import time

import psycopg
from psycopg.rows import dict_row

logging.disable()
c = psycopg.connect("", prepare_threshold=2, row_factory=dict_row)
print("encoding", c.info.encoding, c.info.parameter_status("integer_datetimes"))
c.execute("CREATE TABLE items (id int PRIMARY KEY, name text, price numeric, tags text[])")
with c.cursor() as cur:
    cur.executemany("INSERT INTO items VALUES (%s, %s, %s, %s)", [(i, "n%d" % i, i, ["a", str(i)]) for i in range(100)])
    print("inserted", cur.rowcount)
c.commit()
for i in range(6):
    row = c.execute("SELECT name, price, tags FROM items WHERE id = %s", (i,), binary=i % 2 == 0).fetchone()
print("prepared", row, len(c.execute("SELECT * FROM pg_prepared_statements").fetchall()))
c.commit()
with c.pipeline() as p:
    a = c.execute("INSERT INTO items VALUES (1000, 'p', 1, '{}')")
    b = c.execute("SELECT count(*) AS n FROM items")
    p.sync()
    print("pipeline", a.rowcount, b.fetchone())
c.commit()
try:
    with c.pipeline() as p:
        c.execute("INSERT INTO items VALUES (1001, 'p', 1, '{}')")
        c.execute("INSERT INTO items VALUES (1, 'twice', 1, '{}')")
        c.execute("INSERT INTO items VALUES (1002, 'p', 1, '{}')")
except psycopg.Error as e:
    print("pipeline error", e.sqlstate)
c.rollback()
print("after", c.execute("SELECT count(*) AS n, max(id) AS m FROM items").fetchone())
with c.cursor().copy("COPY items (id, name) FROM STDIN (FORMAT binary)") as copy:
    copy.set_types(["int4", "text"])
    for i in range(2000, 4000):
        copy.write_row((i, "binary %d" % i))
total = 0
with c.cursor().copy("COPY (SELECT * FROM items ORDER BY id) TO STDOUT (FORMAT binary)") as copy:
    for block in copy:
        total += len(block)
print("binary copy", total)
try:
    with c.cursor().copy("COPY items (id, name) FROM STDIN") as copy:
        copy.write(b"5000\tx\n")
        raise RuntimeError("changed my mind")
except psycopg.Error as e:
    print("copy given up", e.sqlstate)
c.rollback()
with c.cursor("server_side") as cur:
    cur.itersize = 11
    cur.execute("SELECT id FROM items WHERE id < 100 ORDER BY id")
    print("server side", sum(r["id"] for r in cur))
c.commit()
threading.Thread(target=lambda: (time.sleep(0.5), c.cancel())).start()
try:
    c.execute("SELECT pg_sleep(30)")
except psycopg.Error as e:
    print("cancelled", e.sqlstate)
c.rollback()
with c.transaction():
    c.execute("UPDATE items SET price = 7 WHERE id = 7")
    try:
        with c.transaction():
            c.execute("SELECT 1/0")
    except psycopg.Error as e:
        print("inner", e.sqlstate)
print("committed", c.execute("SELECT price FROM items WHERE id = 7").fetchone())
c.commit()
c.autocommit = True
c.execute("LISTEN news")
with psycopg.connect("", autocommit=True) as other:
    other.execute("SELECT pg_notify('news', 'hello')")
for notification in c.notifies():
    print("notified", notification.channel, notification.payload)
    break
c.close()
