#!/usr/bin/env bash
# Format, lint, types, import contracts, migrations complete, translations complete.
set -euo pipefail
cd "$(dirname "$0")/.."
export SAMSYN_DATA=${SAMSYN_DATA:-$(mktemp -d)}
bin=.venv/bin
$bin/ruff format --check --quiet . || { echo "Formatting: run “make fix”."; exit 1; }
$bin/ruff check --quiet .
$bin/python scripts/messages.py --check
$bin/python -m samsyn.config.messages
$bin/lint-imports
$bin/mypy
$bin/samsyn makemigrations --check --dry-run
SAMSYN_SECURE=1 $bin/samsyn check --deploy --fail-level WARNING
echo "check: all is well"
