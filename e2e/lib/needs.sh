# needs FOLDER BINARY COMMAND: checks that everything the browsers' runs use is
# there, says the exact command that helps, and installs the pinned npm packages.
# Sourced by e2e/run and bench/run.

needs() {
  missing=""
  for pair in chromium=chromium firefox-esr=firefox-esr Xvfb=xvfb xdotool=xdotool ip=iproute2 iptables=iptables unshare=util-linux setpriv=util-linux openssl=openssl certutil=libnss3-tools nginx=nginx-light haproxy=haproxy tinyproxy=tinyproxy-bin tesseract=tesseract-ocr; do
    command -v "${pair%%=*}" >/dev/null 2>&1 || missing="$missing ${pair#*=}"
  done
  if [ -n "$missing" ]; then
    echo "Missing programs. Run: apt-get install --yes --no-install-recommends$missing" >&2
    exit 1
  fi
  if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; then
    echo "Node.js 20.19 or newer is missing." >&2
    exit 1
  fi
  if [ "$(id -u)" != 0 ]; then
    echo "Network namespaces and packet filters need root. Run: sudo $3" >&2
    exit 1
  fi
  if ! unshare --net --pid --fork --kill-child --mount-proc iptables -w -t mangle -L OUTPUT -n >/dev/null 2>&1; then
    echo "This machine gives no right to make network namespaces with packet filters (CAP_SYS_ADMIN and CAP_NET_ADMIN; in a container: docker run --privileged)." >&2
    exit 1
  fi
  if [ ! -x "$2" ]; then
    echo "There is no program at $2. Run: make build" >&2
    exit 1
  fi
  if ! cmp -s "$1/package-lock.json" "$1/node_modules/.tasuke-lock"; then
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$1/package-lock.json" "$1/node_modules/.tasuke-lock"
  fi
}
