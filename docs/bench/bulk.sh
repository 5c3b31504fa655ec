# shellcheck shell=bash
# Timing of bulk work, for copy.sh and row.sh.

# bulk NAME MEGABYTES TURNS FUNCTION: the function gets a port; prints MB/s by target, and CPU per MB of the proxy
bulk() {
  local turn start stop before target base
  rm -f "$work"/bulk.*
  for ((turn = 0; turn <= $3; turn++)); do
    for target in "${targets[@]}"; do
      before=$(ticks "${pids[$target]}")
      start=$(date +%s%N)
      "$4" "${ports[$target]}"
      stop=$(date +%s%N)
      # The first turn warms up.
      ((turn == 0)) || awk -v mb="$2" -v ns=$((stop - start)) -v used=$(($(ticks "${pids[$target]}") - before)) \
        -v hz="$(getconf CLK_TCK)" 'BEGIN { print mb * 1e9 / ns, used / hz * 1e6 / mb }' >>"$work/bulk.$target"
    done
  done
  base=$(cut -d' ' -f1 "$work/bulk.direct" | median)
  for target in "${targets[@]}"; do
    awk -v n="$1" -v t="$target" -v r="$(cut -d' ' -f1 "$work/bulk.$target" | median)" -v b="$base" \
      -v cpu="$(cut -d' ' -f2 "$work/bulk.$target" | median)" \
      'BEGIN { printf "%-10s %-10s %9.0f %9.2f %14s\n", n, t, r, r / b, t == "direct" ? "" : sprintf("%.0f", cpu) }'
  done
}

bulk_head() {
  printf '%-10s %-10s %9s %9s %14s\n' work through 'MB/s' 'of direct' 'CPU µs per MB'
}
