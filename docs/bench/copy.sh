# shellcheck shell=bash
# COPY both ways, in rows of 1 kB.
# shellcheck source=bulk.sh
source "$here/bulk.sh"

query() {
  "$psql" -X -q -At -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$1" -U bench -c "$2" postgres
}
copy_out() {
  query "$1" "COPY (SELECT repeat('x', 1023) FROM generate_series(1, $((megabytes * 1024)))) TO STDOUT" >/dev/null
}
copy_in() {
  yes "$line" | head -n $((megabytes * 1024)) | query "$1" 'COPY copied FROM STDIN'
  query "${ports[direct]}" 'TRUNCATE copied'
}

line=$(printf 'x%.0s' {1..1023})
query "${ports[direct]}" 'CREATE UNLOGGED TABLE copied (line text)'
bulk_head
bulk 'copy out' "$megabytes" 3 copy_out
# head ends before yes does.
set +o pipefail
bulk 'copy in' "$megabytes" 3 copy_in
set -o pipefail
