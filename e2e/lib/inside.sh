#!/bin/sh
# Runs a command inside a fresh network namespace after giving it what browsers
# want: loopback, and one more interface with an address and a default route,
# because Chromium gathers no candidates without one. Nobody answers on that route.
# 192.0.2.0/24 is TEST-NET-1 (RFC 5737).
set -eu
ip link set lo up
ip link add tasuke0 type veth peer name tasuke1
ip address add 192.0.2.1/24 dev tasuke0
# No IPv6 address comes up later by itself: Chromium breaks off what it loads when the network changes.
ip link set tasuke0 addrgenmode none
ip link set tasuke1 addrgenmode none
ip link set tasuke0 up
ip link set tasuke1 up
ip route add default via 192.0.2.2

# Two names for stories over https; .test is nobody's (RFC 6761).
hosts=$(mktemp)
printf '127.0.0.1 localhost\n192.0.2.1 help.tasuke.test device.tasuke.test\n' >"$hosts"
chmod 644 "$hosts"
mount --bind "$hosts" /etc/hosts
rm "$hosts"
"$@" # not exec: this shell is process 1 of the namespace and reaps what is left over
