#!/usr/bin/env bash
# The whole suite on SQLite; what asks a database on PostgreSQL too, where SAMSYN_TEST_POSTGRES names one.
# Fails unless PostgreSQL passed as many of those as SQLite.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export SAMSYN_DATA="$folder/data" PYTHONPATH=src
.venv/bin/python -m samsyn.config.messages
what=${1:+tests/$1}

run() { # name, options
  echo "== $1"
  .venv/bin/pytest -n 2 --dist worksteal $what "${@:2}" 2>&1 | tee "$folder/$1.txt"
  return "${PIPESTATUS[0]}"
}
passed() { grep -oE '[0-9]+ passed with a database' "$folder/$1.txt" | tail -1 | cut -d' ' -f1; }

unset DATABASE_URL
run sqlite
if [ -n "${SAMSYN_TEST_POSTGRES:-}" ]; then
  DATABASE_URL=$SAMSYN_TEST_POSTGRES run postgresql -m database
  if [ "$(passed sqlite)" != "$(passed postgresql)" ]; then
    echo "SQLite passed $(passed sqlite) tests, PostgreSQL $(passed postgresql): they must be as many."
    exit 1
  fi
fi
