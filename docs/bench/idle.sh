# shellcheck shell=bash
# Memory of the proxy process per idle session. A JVM takes memory ahead of need and keeps it, so that its used heap
# after a collection is told as well.

# In kB, after a full collection; 0 where the process is no JVM.
used_heap() {
  if command -v jcmd >/dev/null && jcmd "$1" GC.run >/dev/null 2>&1; then
    jcmd "$1" GC.heap_info | sed -n 's/.*used \([0-9]*\)K.*/\1/p' | awk 'NR == 1'
  else
    echo 0
  fi
}

connections() {
  "$psql" -X -At -h 127.0.0.1 -p "${ports[direct]}" -U bench -c "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'" postgres
}

printf 'SELECT 1;\n\\sleep 120 s\n' >"$work/idle.sql"
printf '%-10s %9s %18s %18s\n' through sessions 'kB resident each' 'kB used heap each'
for target in "${targets[@]}"; do
  [[ $target != direct ]] || continue
  # What the first sessions make for good is not counted.
  "$pgbench" -h 127.0.0.1 -p "${ports[$target]}" -U bench -n -S -c 50 -t 20 postgres >/dev/null 2>&1
  heap=$(used_heap "${pids[$target]}")
  before=$(resident "${pids[$target]}")
  sleep 1
  # PgBouncer keeps its connections to the server when its clients have gone, and gives them to the next ones.
  others=$(connections)
  enough=$((others + sessions - 50))
  "$pgbench" -h 127.0.0.1 -p "${ports[$target]}" -U bench -n -f "$work/idle.sql" -c "$sessions" -j 1 -t 1 postgres >"$work/idle.log" 2>&1 &
  idlers=$!
  opened=$others
  for _ in {1..240}; do
    opened=$(connections)
    ((opened < enough)) || break
    sleep 0.5
  done
  ((opened >= enough)) || fail "only $((opened - others)) of $sessions sessions were opened through $target"
  sleep 1
  after=$(resident "${pids[$target]}")
  heap_after=$(used_heap "${pids[$target]}")
  kill "$idlers" && wait "$idlers" 2>/dev/null || true
  awk -v t="$target" -v n="$sessions" -v r=$((after - before)) -v h=$((heap_after - heap)) \
    'BEGIN { printf "%-10s %9d %18.1f %18s\n", t, n, r / n, h ? sprintf("%.1f", h / n) : "" }'
  for _ in {1..60}; do
    opened=$(connections)
    ((opened > others + 50)) || break
    sleep 0.5
  done
done
