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

/** TURN in clear does not pass either: a firewall looks into what is not encrypted (magic cookie of RFC 8489). */
export function cutClearTURN() {
  iptables('-I', 'OUTPUT', '-p', 'tcp', '-m', 'string', '--algo', 'bm', '--hex-string', '|2112a442|', '-j', 'DROP')
}

/** TURN over TLS does not pass: its greeting does not offer HTTP, as that of every page and socket does. */
function cutTURNOverTLS() {
  const greets = ['-p', 'tcp', '--dport', '443', '-m', 'string', '--algo', 'bm', '--to', '100', '--hex-string', '|160301|'] // a TLS record with a ClientHello, RFC 8446
  iptables('-I', 'OUTPUT', ...greets, '-m', 'string', '--algo', 'bm', '!', '--string', 'http/1.1', '-j', 'DROP')
}

/**
 * The firewall of product.md: to the outer address nothing comes in but port 443 by
 * these protocols. Browsers cannot reach each other there either.
 * @param {...('tcp' | 'udp')} protocols
 */
export function only443(...protocols) {
  iptables('-A', 'INPUT', '-p', 'tcp', '-m', 'conntrack', '--ctstate', 'ESTABLISHED', '-j', 'ACCEPT')
  iptables('-A', 'INPUT', '-p', 'udp', '-s', '192.0.2.1', '--sport', '443', '-j', 'ACCEPT') // the server's answers
  iptables('-A', 'INPUT', '-p', 'tcp', '-s', '127.0.0.0/8', '-d', '127.0.0.0/8', '-j', 'ACCEPT') // the drivers' own wires
  for (const p of protocols) iptables('-A', 'INPUT', '-d', '192.0.2.1', '-p', p, '--dport', '443', '-j', 'ACCEPT')
  iptables('-A', 'INPUT', '-j', 'DROP')
}

/** No way to the relay is left but this one: which of the two is there first takes a seat's one place for both. @param {'tcp' | 'tls'} protocol */
export async function leaveTURN(protocol) {
  await openNetwork()
  cutUDP()
  if (protocol === 'tcp') cutTURNOverTLS()
  else cutClearTURN()
}

/** Everything comes through again. */
export async function openNetwork() {
  for (const chain of ['INPUT', 'OUTPUT']) iptables('-F', chain)
}
