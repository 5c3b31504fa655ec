#!/usr/bin/env bash
# Runs pgbench -S (one SELECT by primary key per transaction) against PostgreSQL and through Sallyport in turns,
# and prints medians and their ratio per protocol. In turns, because a busy or warming machine then slows both alike.
# Everything listens on loopback, lives in a temporary folder, and is ended by its own process id.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: pgbench-pair.sh [-r ROUNDS] [-c CLIENTS] [-j THREADS] [-t SECONDS] [-s SCALE] [-m "PROTOCOL …"]
  -r ROUNDS    pairs of runs per protocol (default 5)
  -c CLIENTS   pgbench clients (default 8)
  -j THREADS   pgbench threads (default 2)
  -t SECONDS   length of one run (default 10)
  -s SCALE     pgbench scale (default 10)
  -m PROTOCOLS of simple, extended, prepared (default all three)
The server's programs are looked for in $PGBIN, on PATH, and where Debian, Red Hat and Homebrew put them.
TEXT
}

fail() {
  echo "pgbench-pair: $*" >&2
  exit 2
}

rounds=5 clients=8 threads=2 seconds=10 scale=10 protocols="simple extended prepared"
while getopts r:c:j:t:s:m:h option; do
  case $option in
    r) rounds=$OPTARG ;;
    c) clients=$OPTARG ;;
    j) threads=$OPTARG ;;
    t) seconds=$OPTARG ;;
    s) scale=$OPTARG ;;
    m) protocols=$OPTARG ;;
    h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
for number in "$rounds" "$clients" "$threads" "$seconds" "$scale"; do
  [[ $number =~ ^[1-9][0-9]*$ ]] || fail "expected a positive number, found '$number'"
done
for protocol in $protocols; do
  [[ $protocol =~ ^(simple|extended|prepared)$ ]] || fail "expected simple, extended or prepared, found '$protocol'"
done

find_program() {
  local name=$1 found
  for found in "${PGBIN:-}/$name" "$(command -v "$name" || true)" \
    /usr/lib/postgresql/*/bin/"$name" /usr/pgsql-*/bin/"$name" /opt/homebrew/opt/postgresql*/bin/"$name"; do
    if [[ -x $found ]]; then
      echo "$found"
      return
    fi
  done
  fail "$name is missing: install PostgreSQL (Debian: apt-get install postgresql), or set PGBIN to its programs' folder"
}

free_port() {
  local port
  for _ in {1..50}; do
    port=$((20000 + RANDOM % 20000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  fail "no free port found"
}

initdb=$(find_program initdb)
postgres=$(find_program postgres)
pgbench=$(find_program pgbench)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ -x $root/sallyport ]] || fail "the launcher is missing: $root/sallyport"

work=$(mktemp -d)
server_pid="" proxy_pid=""
cleanup() {
  local status=$?
  [[ -z $proxy_pid ]] || { kill "$proxy_pid" 2>/dev/null && wait "$proxy_pid" 2>/dev/null; } || true
  # SIGINT is PostgreSQL's fast shutdown.
  [[ -z $server_pid ]] || { kill -INT "$server_pid" 2>/dev/null && wait "$server_pid" 2>/dev/null; } || true
  [[ $status -eq 0 ]] || tail -n 5 "$work"/*.log >&2 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

# PostgreSQL refuses to run as root: then the account that its package made does. setpriv execs, so $! is the server.
as_server=()
if [[ $(id -u) -eq 0 ]]; then
  id postgres >/dev/null 2>&1 || fail "PostgreSQL refuses to run as root and there is no account 'postgres'"
  command -v setpriv >/dev/null || fail "setpriv (util-linux) is needed to run the server as 'postgres'"
  as_server=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chown postgres "$work"
fi

pg_port=$(free_port)
proxy_port=$(free_port)
cd "$work"
"${as_server[@]}" "$initdb" -D "$work/data" -A trust -U bench --no-sync >"$work/initdb.log" 2>&1
"${as_server[@]}" "$postgres" -D "$work/data" -p "$pg_port" -k "$work" -c listen_addresses=127.0.0.1 -c fsync=off \
  -c max_connections=$((clients + 20)) >"$work/postgres.log" 2>&1 &
server_pid=$!
"$root/sallyport" run --listen "127.0.0.1:$proxy_port" --upstream "127.0.0.1:$pg_port" --admin off >"$work/proxy.log" 2>&1 &
proxy_pid=$!

wait_for() {
  local what=$1 port=$2 pid=$3
  for _ in {1..1200}; do
    if "$pgbench" -h 127.0.0.1 -p "$port" -U bench -n -t 1 -f "$work/ping.sql" postgres >/dev/null 2>&1; then
      return
    fi
    kill -0 "$pid" 2>/dev/null || fail "$what ended before it answered"
    sleep 0.25
  done
  fail "$what does not answer on port $port"
}
echo 'SELECT 1;' >"$work/ping.sql"
wait_for PostgreSQL "$pg_port" "$server_pid"
wait_for Sallyport "$proxy_port" "$proxy_pid"
"$pgbench" -h 127.0.0.1 -p "$pg_port" -U bench -i -q -s "$scale" postgres >"$work/init.log" 2>&1

# Transactions per second, without the time to connect.
tps() {
  "$pgbench" -h 127.0.0.1 -p "$1" -U bench -n -S -M "$2" -c "$clients" -j "$threads" -T "$3" postgres 2>"$work/bench.log" |
    sed -n 's/^tps = \([0-9.]*\).*/\1/p'
}

median() {
  sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

echo "pgbench -S, scale $scale, $clients clients, $threads threads, $rounds rounds of $seconds s; $("$postgres" --version)"
printf '%-10s %14s %14s %8s\n' protocol 'direct tps' 'through tps' ratio
for protocol in $protocols; do
  : >"$work/direct"
  : >"$work/through"
  # The first seconds belong to two warming JIT compilers, not to the measurement.
  tps "$proxy_port" "$protocol" 5 >/dev/null
  for ((round = 1; round <= rounds; round++)); do
    tps "$pg_port" "$protocol" "$seconds" >>"$work/direct"
    tps "$proxy_port" "$protocol" "$seconds" >>"$work/through"
  done
  direct=$(median <"$work/direct")
  through=$(median <"$work/through")
  [[ -n $direct && -n $through ]] || fail "pgbench printed no tps for protocol $protocol"
  awk -v p="$protocol" -v d="$direct" -v t="$through" \
    'BEGIN { printf "%-10s %14.0f %14.0f %8.2f\n", p, d, t, t / d }'
done
