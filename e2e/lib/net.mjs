// Cutting wires inside the run's own network namespace.
import { execFileSync } from 'node:child_process'

/** @param {...string} args */
const iptables = (...args) => execFileSync('iptables', ['-w', ...args])

/**
 * Marks every connection that a user's processes take part in, so that both its
 * directions can be cut later. Call it before the browser is used.
 * @param {number} uid
 */
export function watchUser(uid) {
  iptables('-t', 'mangle', '-A', 'OUTPUT', '-m', 'owner', '--uid-owner', String(uid), '-j', 'CONNMARK', '--set-mark', String(uid))
}

/** Nothing comes through to or from a watched user any more, and nobody is told. @param {number} uid */
export function cutUser(uid) {
  iptables('-I', 'OUTPUT', '-m', 'owner', '--uid-owner', String(uid), '-j', 'DROP')
  for (const chain of ['INPUT', 'OUTPUT']) iptables('-I', chain, '-m', 'connmark', '--mark', String(uid), '-j', 'DROP')
}

/** No UDP at all, as behind strict firewalls. */
export function cutUDP() {
  iptables('-I', 'OUTPUT', '-p', 'udp', '-j', 'DROP')
}

/** Nothing to or from a TCP port; connections that exist are cut as well. @param {number} port */
export function cutPort(port) {
  for (const end of ['--dport', '--sport']) iptables('-I', 'OUTPUT', '-p', 'tcp', end, String(port), '-j', 'DROP')
}

/** Everything comes through again. */
export async function openNetwork() {
  for (const chain of ['INPUT', 'OUTPUT']) iptables('-F', chain)
}
