#!/usr/bin/env bash
# Prints the folder of the newest JDK below /usr/lib/jvm.
set -euo pipefail
for home in /usr/lib/jvm/*; do
  [ -x "$home/bin/javac" ] && [ ! -L "$home" ] || continue
  printf '%s %s\n' "$("$home/bin/javac" -version 2>&1 | sed 's/^javac \([0-9]*\).*/\1/')" "$home"
done | sort -n | tail -n 1 | cut -d ' ' -f 2-
