#!/bin/sh
# Makes bundle.cjs of entry.mjs, with the packages that draw left out.
set -eu
aliases=
for package in @grafana/ui @grafana/plugin-ui @grafana/assistant monaco-editor monaco-promql @hello-pangea/dnd \
  react-window react-highlight-words @floating-ui/react; do
  aliases="$aliases --alias:$package=./nothing.cjs"
done
# shellcheck disable=SC2086 # a list of options
exec node_modules/.bin/esbuild entry.mjs --bundle --platform=node --format=cjs --outfile=bundle.cjs --log-level=error \
  --main-fields=module,main --loader:.svg=text --loader:.css=empty $aliases
