#!/bin/sh
# Fetches the third-party files of the pages from npm (package.json, package-lock.json) and copies them to
# where they are served. Run by hand after changing a version; the copies are committed, Node never runs.
set -eu
cd "$(dirname "$0")/.."

npm ci --ignore-scripts --no-audit --no-fund
from=node_modules
to=src/samsyn/web/static/web/vendor
axe=tests/journeys/vendor
rm -rf "$to" "$axe"
mkdir -p "$to" "$axe"

grep -v sourceMappingURL $from/@tabler/core/dist/css/tabler.min.css > $to/tabler.min.css
cp $from/htmx.org/dist/htmx.min.js $from/echarts/dist/echarts.min.js $to
for part in latin latin-ext; do
    cp $from/@fontsource-variable/inter/files/inter-$part-opsz-normal.woff2 $to
done
cp $from/axe-core/axe.min.js $axe

# One heading per package: name, version, licence, then the licence text (and notice) itself.
licences() {
    echo '# Third-party files in this folder'
    echo
    echo 'Copied unchanged from npm by `scripts/assets.sh` (of Tabler, a line naming a source map is left out).'
    for package in "$@"; do
        home=$from/$package
        echo
        node -p "const p = require('./$home/package.json'); '## ' + p.name + ' ' + p.version + ' (' + p.license + ')'"
        for text in "$home"/LICENSE* "$home"/NOTICE*; do
            [ -f "$text" ] || continue
            printf '\n```\n'
            cat "$text"
            printf '\n```\n'
        done
    done
}
licences @tabler/core htmx.org echarts @fontsource-variable/inter > $to/LICENSES.md
licences axe-core > $axe/LICENSES.md
rm -rf node_modules
ls -l "$to" "$axe"
