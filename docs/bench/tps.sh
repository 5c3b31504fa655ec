# shellcheck shell=bash
# pgbench -S, or a script, by protocol and number of clients.
scripted=(-S)
[[ -z $script ]] || scripted=(-f "$script")

# run TARGET PROTOCOL CLIENTS SECONDS: adds a line "tps transactions ticks" to the cell's file
run() {
  local before after out
  before=$(ticks "${pids[$1]}")
  out=$("$pgbench" -h 127.0.0.1 -p "${ports[$1]}" -U bench -n "${scripted[@]}" -M "$2" -c "$3" -j $(($3 < threads ? $3 : threads)) -T "$4" \
    postgres 2>"$work/bench.log")
  after=$(ticks "${pids[$1]}")
  awk -v used=$((after - before)) '/actually processed/ { sub(/\/.*/, "", $6); n = $6 } /^tps = / { print $3, n, used }' <<<"$out" >>"$work/cell.$1"
}

# The first seconds belong to a warming JIT compiler, not to the measurement.
for target in "${targets[@]}"; do
  [[ $target != @(sallyport|variant) ]] || for protocol in $protocols; do run "$target" "$protocol" 8 "$warming"; done
done
printf '%-9s %7s %-10s %9s %9s %14s\n' protocol clients through 'tps' 'of direct' 'CPU µs each'
for protocol in $protocols; do
  for count in $clients; do
    rm -f "$work"/cell.*
    for ((round = 1; round <= rounds; round++)); do
      for target in "${targets[@]}"; do run "$target" "$protocol" "$count" "$seconds"; done
    done
    base=$(cut -d' ' -f1 "$work/cell.direct" | median)
    for target in "${targets[@]}"; do
      tps=$(cut -d' ' -f1 "$work/cell.$target" | median)
      awk -v p="$protocol" -v c="$count" -v t="$target" -v tps="$tps" -v base="$base" -v hz="$(getconf CLK_TCK)" '
        { n += $2; used += $3 }
        END { cpu = t == "direct" ? "" : sprintf("%.1f", used / hz * 1e6 / n)
          printf "%-9s %7d %-10s %9.0f %9.2f %14s\n", p, c, t, tps, tps / base, cpu }' "$work/cell.$target"
    done
  done
done
