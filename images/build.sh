#!/usr/bin/env bash
# Builds the images of others that tests need, from jars on Maven Central, where they cannot be pulled.
#
#   images/build.sh [kafka] [registry]      both if none is named; BASE is the image to build on, millrace/base:local if not set
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
base=${BASE:-millrace/base:local}
[ $# -gt 0 ] || set -- kafka registry

for image in "$@"; do
  cd "$here/$image"
  case $image in
    kafka) [ -d target/lib ] || "$here/../mvnw" -B -ntp -q -f pom.xml dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/lib ;;
    registry) [ -d target/registry ] || "$here/../mvnw" -B -ntp -q -f pom.xml dependency:unpack ;;
    *) echo "images/build.sh: there is no image $image; there are kafka and registry" >&2 && exit 2 ;;
  esac
  docker build -q --build-arg BASE="$base" -t "millrace/$image:local" . >/dev/null
  echo "millrace/$image:local: $(docker image inspect -f '{{.Size}}' "millrace/$image:local" | awk '{printf "%.0f MB", $1 / 1e6}')"
done
