"""Connects once for each line "mode host port user ca" of standard input and prints what came of it. Its argument is the module."""
import asyncio
import importlib
import ssl
import sys

name = sys.argv[1]
module = importlib.import_module(name)


def by_libpq(mode, host, port, user, ca):
    with module.connect(host=host, port=port, user=user, dbname="postgres", sslmode=mode, sslrootcert=ca) as c:
        c.cursor().execute("SELECT 1")
        return (c.info if name == "psycopg2" else c.pgconn).ssl_in_use


async def by_asyncpg(mode, host, port, user, ca):
    tls = mode
    if mode.startswith("verify"):
        tls = ssl.create_default_context(cafile=ca)
        tls.check_hostname = mode == "verify-full"
    c = await module.connect(host=host, port=port, user=user, database="postgres", ssl=tls)
    await c.fetchval("SELECT 1")
    encrypted = c._transport.get_extra_info("sslcontext") is not None
    await c.close()
    return encrypted


for line in sys.stdin:
    words = line.split()
    try:
        encrypted = asyncio.run(by_asyncpg(*words)) if name == "asyncpg" else by_libpq(*words)
        print("TLS" if encrypted else "plain")
    except Exception as e:
        print("refused", type(e).__name__, str(e).replace("\n", " "))
