"""psycopg2, synchronous: what an application does with it. Prints what it saw; its connection comes from PG* variables."""
import io
import select
import threading
import time

import psycopg2
import psycopg2.extras

c = psycopg2.connect("")
print("ssl", c.get_parameter_status("server_encoding"), c.info.ssl_in_use)
cur = c.cursor()
cur.execute("CREATE TABLE items (id serial PRIMARY KEY, name text, price numeric, data jsonb, raw bytea, at timestamptz)")
rows = [("n%d" % i, i * 1.5, psycopg2.extras.Json({"i": i, "t": "é;--"}), b"\x00\xff" * i) for i in range(200)]
psycopg2.extras.execute_values(cur, "INSERT INTO items (name, price, data, raw) VALUES %s", rows)
psycopg2.extras.execute_batch(cur, "INSERT INTO items (name, price) VALUES (%s, %s)", [("b", i) for i in range(50)])
c.commit()
cur.execute("SELECT count(*), sum(price), sum(length(raw)), max(data->>'t') FROM items WHERE price >= %s", (10,))
print("sum", cur.fetchone())
with c.cursor("big") as server_side:
    server_side.itersize = 37
    server_side.execute("SELECT id FROM items ORDER BY id")
    print("cursor", sum(row[0] for row in server_side))
c.commit()
cur.copy_expert("COPY items (name, price) FROM STDIN WITH (FORMAT csv)", io.StringIO("".join("c%d,%d\n" % (i, i) for i in range(5000))))
print("copied", cur.rowcount)
out = io.StringIO()
cur.copy_expert("COPY (SELECT id, name FROM items ORDER BY id) TO STDOUT", out)
print("copy out", len(out.getvalue()), out.getvalue().count("\n"))
try:
    cur.copy_expert("COPY items (name, price) FROM STDIN", io.StringIO("bad\tnumber\n"))
except psycopg2.Error as e:
    print("copy error", e.pgcode, e.pgerror.splitlines()[0])
c.rollback()
try:
    cur.execute("SELECT 1/0")
except psycopg2.Error as e:
    print("error", e.pgcode, type(e).__name__)
try:
    cur.execute("SELECT 1")
except psycopg2.Error as e:
    print("in failed transaction", e.pgcode)
c.rollback()
cur.execute("SAVEPOINT s; INSERT INTO items (name) VALUES ('gone')")
cur.execute("ROLLBACK TO s; RELEASE s")
c.commit()
cur.execute("SELECT set_config('client_min_messages', 'notice', false)")
cur.execute("CREATE TABLE IF NOT EXISTS items ()")
print("notices", c.notices)
c.commit()
threading.Thread(target=lambda: (time.sleep(0.5), c.cancel())).start()
try:
    cur.execute("SELECT pg_sleep(30)")
except psycopg2.Error as e:
    print("cancelled", e.pgcode)
c.rollback()
c.set_session(autocommit=True)
cur.execute("LISTEN news")
other = psycopg2.connect("")
other.set_session(autocommit=True)
other.cursor().execute("NOTIFY news, 'hello'")
select.select([c], [], [], 10)
c.poll()
print("notified", [(n.channel, n.payload) for n in c.notifies])
c.set_session(autocommit=False)
lo = c.lobject(0, "wb")
lo.write(b"x" * 300000)
oid = lo.oid
lo.close()
c.commit()
print("large object", len(c.lobject(oid, "rb").read()))
c.commit()
cur.execute("SELECT repeat('x', 3000000)")
print("large row", len(cur.fetchone()[0]))
cur.execute("SELECT current_setting('application_name'), current_user")
print(cur.fetchone())
c.close()
