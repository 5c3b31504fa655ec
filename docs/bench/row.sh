# shellcheck shell=bash
# One row of 200 MB.
# shellcheck source=bulk.sh
source "$here/bulk.sh"

one_row() {
  "$psql" -X -q -At -h 127.0.0.1 -p "$1" -U bench -c "SELECT repeat('x', 200 * 1024 * 1024)" postgres >/dev/null
}
bulk_head
bulk 'one row' 200 3 one_row
