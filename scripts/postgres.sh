#!/usr/bin/env bash
# Start a temporary PostgreSQL, run the command given with SAMSYN_TEST_POSTGRES set, stop it again.
# Without a command: print the address and wait for Ctrl-C.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
if [ -z "$bin" ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
  bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
fi
folder=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$folder"
cd /
as "$bin/initdb" -D "$folder/cluster" -U samsyn -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
as "$bin/pg_ctl" -D "$folder/cluster" -w -l "$folder/log" \
  -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c fsync=off" start >/dev/null
stop() { as "$bin/pg_ctl" -D "$folder/cluster" -m immediate stop >/dev/null || true; rm -rf "$folder"; }
trap stop EXIT
export SAMSYN_TEST_POSTGRES="postgresql://samsyn@127.0.0.1:$port/postgres"
cd - >/dev/null
if [ $# -gt 0 ]; then "$@"; else echo "$SAMSYN_TEST_POSTGRES"; sleep infinity; fi
