#!/usr/bin/env bash
# Prints what the label io.millrace.base of the base image is to be: another one whenever what makes the image has changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cat base.sh static-busybox.sh | cksum | cut -d ' ' -f 1
