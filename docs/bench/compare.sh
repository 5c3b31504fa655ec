#!/usr/bin/env bash
# Runs the same work against PostgreSQL, and through HAProxy (tcp), PgBouncer (session) and Sallyport, in turns, and
# prints medians. In turns, because a busy or warming machine then slows all alike. HAProxy and PgBouncer are left out
# where they are not installed.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: compare.sh [-k "KIND …"] [-r ROUNDS] [-t SECONDS] [-w SECONDS] [-c "CLIENTS …"] [-m "PROTOCOL …"] [-j THREADS] [-s SCALE] [-n MEGABYTES] [-i SESSIONS] [-x "TARGET …"] [-J "JVM-OPTION …"] [-P POLICY] [-f SCRIPT]
  -k KINDS      tps, connect, copy, row, idle (default tps)
  -r ROUNDS     turns per cell (default 5)
  -t SECONDS    length of one pgbench run (default 2)
  -w SECONDS    of work for Sallyport before each protocol is measured (default 20): its JIT compiler takes about that long
  -c CLIENTS    pgbench clients (default "1 8 32 128")
  -m PROTOCOLS  of simple, extended, prepared (default all three)
  -j THREADS    pgbench threads at most (default 2)
  -s SCALE      pgbench scale (default 10)
  -n MEGABYTES  copied each way by copy (default 1024)
  -i SESSIONS   opened by idle (default 2000)
  -x TARGETS    of haproxy, pgbouncer, sallyport (default all); direct is always there
  -J OPTIONS    a second Sallyport ("variant") runs with these options for its JVM
  -P POLICY     the second Sallyport has this policy file; the first one the built-in policy
  -f SCRIPT     pgbench runs this script, in place of -S, for tps
  tps      pgbench -S: transactions per second, and CPU time of the proxy process per transaction
  connect  pgbench -S -C: a connection per transaction
  copy     COPY TO STDOUT and FROM STDIN of rows of 1 kB
  row      one row of 200 MB
  idle     resident memory per idle session of the proxy process
The default takes about 10 minutes.
TEXT
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=lib.sh
source "$here/lib.sh"

kinds=tps rounds=5 seconds=2 warming=20 clients="1 8 32 128" protocols="simple extended prepared" threads=2 scale=10 megabytes=1024 sessions=2000
wanted="haproxy pgbouncer sallyport" variant="" policy="" script=""
while getopts k:r:t:w:c:m:j:s:n:i:x:J:P:f:h option; do
  case $option in
    k) kinds=$OPTARG ;;
    r) rounds=$OPTARG ;;
    t) seconds=$OPTARG ;;
    w) warming=$OPTARG ;;
    c) clients=$OPTARG ;;
    m) protocols=$OPTARG ;;
    j) threads=$OPTARG ;;
    s) scale=$OPTARG ;;
    n) megabytes=$OPTARG ;;
    i) sessions=$OPTARG ;;
    x) wanted=$OPTARG ;;
    J) variant=$OPTARG ;;
    P) policy=$(realpath -e "$OPTARG") || fail "no such policy: $OPTARG" ;;
    f) script=$(realpath -e "$OPTARG") || fail "no such script: $OPTARG" ;;
    h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
for number in "$rounds" "$seconds" "$warming" "$threads" "$scale" "$megabytes" "$sessions" $clients; do
  [[ $number =~ ^[1-9][0-9]*$ ]] || fail "expected a positive number, found '$number'"
done
for protocol in $protocols; do
  [[ $protocol =~ ^(simple|extended|prepared)$ ]] || fail "expected simple, extended or prepared, found '$protocol'"
done
for kind in $kinds; do
  [[ $kind =~ ^(tps|connect|copy|row|idle)$ ]] || fail "expected tps, connect, copy, row or idle, found '$kind'"
done

psql=$(needed psql)
pgbench=$(needed pgbench)
[[ -x $root/sallyport ]] || fail "the launcher is missing: $root/sallyport"
work=$(mktemp -d)
trap cleanup EXIT

# PostgreSQL and PgBouncer refuse to run as root. setpriv execs, so $! is the server.
unprivileged=()
if [[ $(id -u) -eq 0 ]]; then
  id postgres >/dev/null 2>&1 || fail "PostgreSQL refuses to run as root and there is no account 'postgres'"
  command -v setpriv >/dev/null || fail "setpriv (util-linux) is needed to run the server as 'postgres'"
  unprivileged=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chown postgres "$work"
fi
cd "$work"

most=0
for number in $clients; do most=$((number > most ? number : most)); done
[[ " $kinds " != *" idle "* ]] || most=$((sessions > most ? sessions : most))
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
start_server $((2 * most + 50))
for target in $wanted; do
  case $target in
    haproxy) start_haproxy ;;
    pgbouncer) start_pgbouncer $((most + 20)) ;;
    sallyport) start_sallyport sallyport '' ;;
    *) fail "expected haproxy, pgbouncer or sallyport, found '$target'" ;;
  esac
done
[[ -z $variant$policy ]] || SALLYPORT_POLICY=$policy start_sallyport variant "$variant"
"$pgbench" -h 127.0.0.1 -p "${ports[direct]}" -U bench -i -q -s "$scale" postgres >"$work/init.log" 2>&1
echo "$("$(needed postgres)" --version); $(nproc) cores; scale $scale; $rounds rounds of $seconds s; $(uptime | sed 's/.*load/load/')"
for kind in $kinds; do
  echo
  # shellcheck source=/dev/null
  source "$here/$kind.sh"
done
