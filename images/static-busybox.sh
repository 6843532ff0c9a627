#!/usr/bin/env bash
# Prints the path of a busybox that needs no libraries: this machine's, or one that is fetched with apt-get.
#
#   images/static-busybox.sh FOLDER      FOLDER is where one that is fetched is put
set -euo pipefail
folder=$1

busybox=$(command -v busybox || true)
if [ -n "$busybox" ] && ! ldd "$busybox" >/dev/null 2>&1; then
  echo "$busybox"
  exit
fi

cd "$folder"
download() {
  apt-get download -q -o APT::Sandbox::User=root busybox-static >/dev/null
}
# A machine that was just made has no lists of packages yet, and an old one's may name a version that is gone.
if ! download 2>/dev/null; then
  apt-get update -q >/dev/null
  download
fi
dpkg-deb -x busybox-static_*.deb busybox
echo "$PWD/busybox/bin/busybox"
