# shellcheck shell=bash
# A connection per transaction.
rm -f "$work"/rate.*
printf '%-10s %20s %9s\n' through 'connections a second' 'of direct'
for ((round = 0; round <= rounds; round++)); do
  for target in "${targets[@]}"; do
    "$pgbench" -h 127.0.0.1 -p "${ports[$target]}" -U bench -n -S -C -c 8 -j "$threads" -T "$seconds" postgres 2>"$work/bench.log" |
      sed -n 's/^tps = \([0-9.]*\).*/\1/p' >"$work/one"
    # The first turn warms up.
    ((round == 0)) || cat "$work/one" >>"$work/rate.$target"
  done
done
base=$(median <"$work/rate.direct")
for target in "${targets[@]}"; do
  awk -v t="$target" -v r="$(median <"$work/rate.$target")" -v b="$base" 'BEGIN { printf "%-10s %20.0f %9.2f\n", t, r, r / b }'
done
