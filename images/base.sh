#!/usr/bin/env bash
# Makes the image that the others build on, where none can be pulled: a Java runtime linked from a JDK of this machine, the C libraries that it
# needs, bash, and the small tools of busybox. Elsewhere use an official JRE image (see README.md).
#
#   images/base.sh [TAG]      TAG is millrace/base:local if not given; JAVA_HOME says which JDK, else it is the newest in /usr/lib/jvm
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tag=${1:-millrace/base:local}

fail() {
  echo "images/base.sh: $*" >&2
  exit 1
}

jdk=${JAVA_HOME:-$("$here/newest-jdk.sh")}
[ -x "$jdk/bin/jlink" ] || fail "no JDK with jlink at '$jdk'; set JAVA_HOME"
feature=$("$jdk/bin/javac" -version 2>&1 | sed 's/^javac \([0-9]*\).*/\1/')
[ "$(uname -s)" = Linux ] || fail "takes its libraries from this machine, which must run Linux"
command -v docker >/dev/null || fail "there is no docker command"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root"/{app,bin,dev,etc,lib64,opt,proc,root,run,sys,tmp,usr/bin,usr/lib/locale,var/tmp}
chmod 1777 "$root"/tmp "$root"/var/tmp

# All of Java SE, and what servers use besides. Names that jlink does not compress alike: 17 has levels 0 to 2, 21 and newer have zip-0 to zip-9.
modules=java.se,jdk.unsupported,jdk.httpserver,jdk.management,jdk.management.agent,jdk.crypto.ec,jdk.zipfs,jdk.net,jdk.nio.mapmode,jdk.charsets,jdk.localedata,jdk.naming.dns,jdk.security.auth,jdk.jcmd,jdk.jfr
compress=zip-6
[ "$feature" -ge 21 ] || compress=2
"$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress "$compress" --generate-cds-archive \
  --output "$root/opt/java"

busybox=$("$here/static-busybox.sh" "$work") || fail "no static busybox here, and none could be fetched with apt-get; install the package busybox-static"
cp "$busybox" "$root/bin/busybox"
"$root/bin/busybox" --list | grep -v -x -e busybox -e bash | while read -r tool; do ln -s busybox "$root/bin/$tool"; done
cp "$(command -v bash)" "$root/bin/bash"
ln -s /bin/busybox "$root/usr/bin/env"

# What ldd names for Java and bash, and what libraries that jars bring along (RocksDB, Snappy) want; each where the loader looks for it.
{
  for binary in "$root/bin/bash" "$root/opt/java/bin/java" $(find "$root/opt/java/lib" -name '*.so'); do
    ldd "$binary" 2>/dev/null | awk '/=> \//{print $3}' || true
  done
  ldconfig -p | awk '/x86-64|AArch64/ && /lib(stdc\+\+\.so\.6|gcc_s\.so\.1|resolv\.so\.2|nss_dns\.so\.2|nss_files\.so\.2|dl\.so\.2|pthread\.so\.0|rt\.so\.1|z\.so\.1) /{print $NF}'
} | grep -v "^$root" | sort -u | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done
loader=$(ldd "$root/bin/bash" | awk '$1 ~ /ld-linux/{print $1}')
mkdir -p "$root$(dirname "$loader")"
cp -L "$loader" "$root$loader"
cp -r /usr/lib/locale/C.utf8 "$root/usr/lib/locale/" 2>/dev/null || true

printf 'root:x:0:0:root:/root:/bin/bash\nmillrace:x:10001:10001::/tmp:/bin/bash\n' >"$root/etc/passwd"
printf 'root:x:0:\nmillrace:x:10001:\n' >"$root/etc/group"
printf 'hosts: files dns\npasswd: files\ngroup: files\n' >"$root/etc/nsswitch.conf"

tar -C "$root" --owner=0 --group=0 --numeric-owner --sort=name --mtime=@0 -c . |
  docker import --change "LABEL io.millrace.base=$("$here/base-version.sh")" --change 'ENV PATH=/opt/java/bin:/bin:/usr/bin' --change 'ENV JAVA_HOME=/opt/java' --change 'ENV LANG=C.UTF-8' \
    --change 'CMD ["/bin/bash"]' - "$tag" >/dev/null
echo "$tag: Java $feature, $(docker image inspect -f '{{.Size}}' "$tag" | awk '{printf "%.0f MB", $1 / 1e6}')"
