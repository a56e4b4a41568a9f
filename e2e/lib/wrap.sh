#!/bin/sh
# Starts Chromium as the user E2E_UID, so that its packets can be told from
# everybody else's, and in the network namespace E2E_NETWORK if there is one. Its
# profile folder becomes that user's.
for a in "$@"; do
  case $a in --user-data-dir=*) chown -R "$E2E_UID:$E2E_UID" "${a#*=}" ;; esac
done
exec ${E2E_NETWORK:+nsenter --net="$E2E_NETWORK"} setpriv --reuid="$E2E_UID" --regid="$E2E_UID" --clear-groups /usr/bin/chromium "$@" 2>/dev/null
