#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Rebuilds insieme.css from scss/. Needs Node 20.19 or later and npm; building the service does not.
# The packages go into a temporary folder and leave nothing in the project.
set -eu

assets=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --silent \
  bootstrap-italia@2.18.3 sass@1.108.2

# --quiet: bootstrap-italia 2.x still uses @import, which Sass calls deprecated.
"$work/node_modules/.bin/sass" --style=expanded --no-source-map --quiet \
  --load-path="$work/node_modules/bootstrap-italia/src/scss" \
  "$assets/scss/insieme.scss" "$work/insieme.css"

# Drop the ruler comments that the upstream variables leave behind ("/**** 1 ****/").
sed -E '/^\/\*{20,}.*\*{20,}\/$/d' "$work/insieme.css" > "$assets/insieme.css"

printf 'insieme.css: %s bytes, %s gzipped\n' \
  "$(wc -c < "$assets/insieme.css" | tr -d ' ')" \
  "$(gzip -9 -c "$assets/insieme.css" | wc -c | tr -d ' ')"
