"""asyncpg: binary extended protocol, statement cache, cursors, COPY, timeouts. Prints what it saw."""
import asyncio
import os
import ssl

import asyncpg


async def main():
    mode = os.environ.get("PGSSLMODE", "prefer")
    tls = ssl.create_default_context(cafile=os.environ.get("PGSSLROOTCERT")) if mode == "verify-full" else None
    c = await asyncpg.connect(ssl=tls if tls else mode)
    await c.execute("CREATE TABLE items (id int PRIMARY KEY, name text, price numeric, tags int[])")
    await c.executemany("INSERT INTO items VALUES ($1, $2, $3, $4)", [(i, f"n{i}", i, [i, i + 1]) for i in range(300)])
    print("sum", await c.fetchrow("SELECT count(*), sum(price), sum(tags[2]) FROM items WHERE id > $1", 10))
    async with c.transaction():
        n = 0
        async for record in c.cursor("SELECT id FROM items ORDER BY id", prefetch=17):
            n += record["id"]
        print("cursor", n)
    await c.copy_records_to_table("items", records=[(i, "copied", 1, None) for i in range(1000, 3000)])
    print("copied", await c.fetchval("SELECT count(*) FROM items"))
    try:
        await c.execute("INSERT INTO items VALUES (1)")
    except asyncpg.PostgresError as e:
        print("error", e.sqlstate, e.constraint_name)
    try:
        await c.fetch("SELECT pg_sleep(30)", timeout=0.5)
    except asyncio.TimeoutError:
        print("timed out")
    print("goes on", await c.fetchval("SELECT 41 + 1"))
    heard = asyncio.get_running_loop().create_future()
    await c.add_listener("news", lambda connection, pid, channel, payload: heard.set_result((channel, payload)))
    other = await asyncpg.connect(ssl=tls if tls else mode)
    await other.execute("NOTIFY news, 'hello'")
    print("notified", await asyncio.wait_for(heard, 10))
    await other.close()
    try:
        async with c.transaction(isolation="serializable", readonly=True):
            await c.execute("INSERT INTO items VALUES (9999)")
    except asyncpg.PostgresError as e:
        print("read only", e.sqlstate)
    await c.execute("ALTER TABLE items ADD COLUMN extra int")
    print("after DDL", await c.fetchrow("SELECT * FROM items WHERE id = $1", 3))
    await c.reset()
    await c.close()


asyncio.run(main())
