#!/usr/bin/env bash
# Build the demo once, then let people walk through it in a real browser, two at a time.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
# the worker of a server that has just ended may still be writing
trap 'rm -rf "$folder" 2>/dev/null || { sleep 3; rm -rf "$folder"; } || true' EXIT
unset DATABASE_URL
export SAMSYN_DATA="$folder" SAMSYN_JOURNEY_DATA="$folder"
.venv/bin/samsyn demo --no-serve >/dev/null
.venv/bin/pytest tests/journeys -n 2 --dist worksteal "$@"
