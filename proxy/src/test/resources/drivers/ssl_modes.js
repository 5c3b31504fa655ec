// Connects once for each line "mode host port user ca" of standard input and prints what came of it. Its argument is the module.
const fs = require('fs')
const { Client } = require('pg')
const postgres = require('postgres')

function tls(mode, ca) {
  switch (mode) {
    case 'disable': return false
    case 'unverified': return { rejectUnauthorized: false }
    case 'verify': return { ca: fs.readFileSync(ca, 'utf8') }
    default: return mode
  }
}

async function byPg(ssl, host, port, user) {
  const client = new Client({ host, port, user, database: 'postgres', ssl })
  await client.connect()
  try {
    await client.query('SELECT 1')
    return client.connection.stream.encrypted === true
  } finally {
    await client.end()
  }
}

async function byPostgres(ssl, host, port, user) {
  const sql = postgres({ host, port, username: user, database: 'postgres', ssl, max: 1, onnotice: () => {} })
  try {
    await sql`SELECT 1`
    return undefined
  } finally {
    await sql.end()
  }
}

async function main() {
  for (const line of fs.readFileSync(0, 'utf8').trim().split('\n')) {
    const [mode, host, port, user, ca] = line.split(' ')
    try {
      const connect = process.argv[2] === 'pg' ? byPg : byPostgres
      const encrypted = await connect(tls(mode, ca), host, Number(port), user)
      console.log(encrypted === undefined ? 'in' : encrypted ? 'TLS' : 'plain')
    } catch (e) {
      console.log('refused', e.code, e.message.replace(/\n/g, ' '))
    }
  }
}

main()
