# shellcheck shell=bash
# What the benchmarks share: servers on loopback, in a temporary folder, ended by their own process ids. Sourced by compare.sh.

fail() {
  echo "compare: $*" >&2
  exit 2
}

find_program() {
  local name=$1 found
  for found in "${PGBIN:-}/$name" "$(command -v "$name" || true)" \
    /usr/lib/postgresql/*/bin/"$name" /usr/pgsql-*/bin/"$name" /opt/homebrew/opt/postgresql*/bin/"$name" /usr/sbin/"$name"; do
    if [[ -x $found ]]; then
      echo "$found"
      return
    fi
  done
  return 1
}

needed() {
  find_program "$1" || fail "$1 is missing: install PostgreSQL (Debian: apt-get install postgresql), or set PGBIN to its programs' folder"
}

free_port() {
  local port
  for _ in {1..50}; do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  fail "no free port found"
}

declare -A ports pids
targets=()
cleanup() {
  local status=$? name
  for name in variant sallyport pgbouncer haproxy; do
    [[ -z ${pids[$name]:-} ]] || { kill "${pids[$name]}" 2>/dev/null && wait "${pids[$name]}" 2>/dev/null; } || true
  done
  # SIGINT is PostgreSQL's fast shutdown.
  [[ -z ${pids[direct]:-} ]] || { kill -INT "${pids[direct]}" 2>/dev/null && wait "${pids[direct]}" 2>/dev/null; } || true
  [[ $status -eq 0 ]] || tail -n 5 "$work"/*.log >&2 2>/dev/null || true
  rm -rf "$work"
}

# wait_for NAME: until a query is answered through it.
wait_for() {
  for _ in {1..1200}; do
    if "$psql" -X -q -h 127.0.0.1 -p "${ports[$1]}" -U bench -c 'SELECT 1' postgres >/dev/null 2>&1; then
      targets+=("$1")
      return
    fi
    kill -0 "${pids[$1]}" 2>/dev/null || fail "$1 ended before it answered"
    sleep 0.25
  done
  fail "$1 does not answer on port ${ports[$1]}"
}

# start_server CONNECTIONS
start_server() {
  ports[direct]=$(free_port)
  "${unprivileged[@]}" "$(needed initdb)" -D "$work/data" -A trust -U bench --no-sync >"$work/initdb.log" 2>&1
  "${unprivileged[@]}" "$(needed postgres)" -D "$work/data" -p "${ports[direct]}" -k "$work" -c listen_addresses=127.0.0.1 \
    -c fsync=off -c max_wal_size=4GB -c max_connections="$1" >"$work/postgres.log" 2>&1 &
  pids[direct]=$!
  wait_for direct
}

start_haproxy() {
  local program
  program=$(find_program haproxy) || { echo "haproxy is not installed: left out"; return; }
  ports[haproxy]=$(free_port)
  cat >"$work/haproxy.cfg" <<TEXT
global
  maxconn 8000
  nbthread $(nproc)
defaults
  mode tcp
  timeout connect 5s
  timeout client 1h
  timeout server 1h
listen postgres
  bind 127.0.0.1:${ports[haproxy]}
  server pg 127.0.0.1:${ports[direct]}
TEXT
  "$program" -db -f "$work/haproxy.cfg" >"$work/haproxy.log" 2>&1 &
  pids[haproxy]=$!
  wait_for haproxy
}

start_pgbouncer() {
  local program
  program=$(find_program pgbouncer) || { echo "pgbouncer is not installed: left out"; return; }
  ports[pgbouncer]=$(free_port)
  echo '"bench" ""' >"$work/users.txt"
  cat >"$work/pgbouncer.ini" <<TEXT
[databases]
* = host=127.0.0.1 port=${ports[direct]}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${ports[pgbouncer]}
unix_socket_dir =
auth_type = trust
auth_file = $work/users.txt
pool_mode = session
default_pool_size = $1
max_client_conn = $1
TEXT
  "${unprivileged[@]}" "$program" -q "$work/pgbouncer.ini" >"$work/pgbouncer.log" 2>&1 &
  pids[pgbouncer]=$!
  wait_for pgbouncer
}

# start_sallyport NAME JVM-OPTIONS
start_sallyport() {
  ports[$1]=$(free_port)
  SALLYPORT_CONTROL_URL=jdbc:h2:mem: SALLYPORT_JAVA_OPTS="${SALLYPORT_JAVA_OPTS:-} $2" "$root/sallyport" run --listen "127.0.0.1:${ports[$1]}" \
    --upstream "127.0.0.1:${ports[direct]}" --admin off >"$work/$1.log" 2>&1 &
  pids[$1]=$!
  wait_for "$1"
}

# CPU time, user and system, of a process so far, in clock ticks. The server's work is in its children: not asked for.
ticks() {
  sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'
}

resident() {
  awk '/^VmRSS/ { print $2 }' "/proc/$1/status"
}

median() {
  sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
