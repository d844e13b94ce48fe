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

mit='MIT License

Copyright (c) 2018-2026 The Tabler Authors

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.'

# One heading per package: name, version, licence, then the licence text (and notice) itself.
licences() {
    echo '# Third-party files in this folder'
    echo
    echo 'Copied unchanged from npm by `scripts/assets.sh` (of Tabler, a line naming a source map is left out).'
    for package in "$@"; do
        home=$from/$package
        echo
        node -p "const p = require('./$home/package.json'); '## ' + p.name + ' ' + p.version + ' (' + p.license + ')'"
        # Tabler's package leaves the text of its licence out
        case $package in @tabler/*) printf '\n```\n%s\n```\n' "$mit" ;; esac
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
