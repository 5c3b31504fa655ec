// node-postgres, its cursors and COPY streams, and postgres.js. Prints what it saw; PG* variables say where.
const fs = require('fs')
const { once } = require('events')
const { Client, Pool } = require('pg')
const Cursor = require('pg-cursor')
const { from, to } = require('pg-copy-streams')
const postgres = require('postgres')

const mode = process.env.PGSSLMODE || 'disable'
const ca = process.env.PGSSLROOTCERT ? fs.readFileSync(process.env.PGSSLROOTCERT, 'utf8') : undefined
const ssl = mode === 'disable' ? false : mode === 'verify-full' ? { ca } : { rejectUnauthorized: false }

async function main() {
  const client = new Client({ ssl })
  client.on('notice', notice => console.log('notice', notice.message))
  await client.connect()
  await client.query('CREATE TABLE items (id int PRIMARY KEY, name text, data jsonb)')
  for (let i = 0; i < 50; i++) {
    await client.query({ name: 'add', text: 'INSERT INTO items VALUES ($1, $2, $3)', values: [i, 'é;--' + i, { i }] })
  }
  console.log('rows', (await client.query('SELECT count(*)::int, max(name) FROM items WHERE id > $1', [10])).rows)
  console.log('several', (await client.query('SELECT 1 AS a; SELECT 2 AS b')).map(r => r.rows))
  await client.query('CREATE TABLE IF NOT EXISTS items ()')
  await client.query('SELECT 1/0').catch(e => console.log('error', e.code, e.message))
  await client.query('SELECT $1::int', ['x']).catch(e => console.log('bind error', e.code))
  await client.query('BEGIN')
  const cursor = client.query(new Cursor('SELECT id FROM items ORDER BY id'))
  let sum = 0
  for (let rows; (rows = await cursor.read(7)).length;) sum += rows.reduce((a, r) => a + r.id, 0)
  await cursor.close()
  await client.query('COMMIT')
  console.log('cursor', sum)
  const stream = client.query(from('COPY items (id, name) FROM STDIN'))
  for (let i = 1000; i < 6000; i++) if (!stream.write(`${i}\tcopied ${i}\n`)) await once(stream, 'drain')
  stream.end()
  await once(stream, 'finish')
  let bytes = 0
  for await (const chunk of client.query(to('COPY items TO STDOUT'))) bytes += chunk.length
  console.log('copied', bytes)
  await client.query("SET statement_timeout = '300ms'")
  await client.query('SELECT pg_sleep(30)').catch(e => console.log('timeout', e.code))
  await client.query('LISTEN news')
  const heard = once(client, 'notification')
  const pool = new Pool({ ssl, max: 3 })
  await Promise.all([1, 2, 3, 4, 5, 6].map(n => pool.query('SELECT $1::int AS n', [n]))).then(r => console.log('pool', r.map(x => x.rows[0].n)))
  await pool.query("NOTIFY news, 'hello'")
  console.log('notified', (await heard)[0].payload)
  await pool.end()
  await client.end()

  const sql = postgres({ ssl: mode === 'disable' ? false : ssl, max: 2, username: process.env.PGUSER, onnotice: () => {} })
  console.log('pipelined', (await Promise.all([1, 2, 3].map(n => sql`SELECT count(*)::int AS c FROM items WHERE id > ${n}`))).map(r => r[0].c))
  const query = sql`SELECT pg_sleep(30)`.execute()
  setTimeout(() => query.cancel(), 300)
  await query.catch(e => console.log('cancelled', e.code))
  await sql.begin(async tx => {
    await tx`UPDATE items SET name = 'x' WHERE id = 1`
    await tx.savepoint(s => s`SELECT 1/0`).catch(e => console.log('savepoint', e.code))
  })
  console.log('committed', (await sql`SELECT name FROM items WHERE id = 1`)[0].name)
  await sql.end()
}

main().catch(e => { console.log('FAILED', e); process.exit(1) })
