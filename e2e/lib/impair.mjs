// A bad network between browsers and the server: a proxy for one port, UDP and TCP,
// that delays, jitters, loses, slows down and swallows what goes through it. The same
// seed makes the same decisions in the same order. (tc netem is not in every kernel.)
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/**
 * @typedef {{host: string, port: number}} Endpoint
 * @typedef {object} Conditions
 * @property {number} [delayMs] one way
 * @property {number} [jitterMs] up to this much more, anew for every packet
 * @property {number} [loss] share of the packets that get lost, 0 to 1; in TCP a lost packet comes late
 * @property {number} [kbitPerSecond] one way, both protocols together; 0: no limit
 * @property {number} [queueMs] how long a packet may wait for its turn when the rate is limited; UDP beyond it is lost
 * @property {boolean} [blackhole] nothing comes through; TCP's bytes come when it is over
 */

/** @type {Required<Conditions>} */
const perfect = { delayMs: 0, jitterMs: 0, loss: 0, kbitPerSecond: 0, queueMs: 300, blackhole: false }

/** TCP sends a lost packet again when its answer is overdue: not before this, in ms (RFC 6298 has 1 s; kernels use 200 ms). */
const resendAfter = 200
/** A UDP peer that was silent for this long is forgotten, in ms. */
const forgetAfter = 120_000
/** Bytes of TCP that wait here before the sender is held up. */
const heldBytes = 64 << 10
/** The size of a packet of a TCP stream, in bytes. */
const segment = 1400

/** Numbers from 0 to 1 that a seed decides (mulberry32). @param {number} seed */
function random(seed) {
  let a = seed | 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** One direction of the line: decides when a packet arrives, and delivers it then. */
class Direction {
  counts = { packets: 0, bytes: 0, lost: 0 }
  /** @type {Set<NodeJS.Timeout>} */
  #waiting = new Set()
  #busyUntil = 0

  /** @param {Required<Conditions>} now @param {() => number} chance */
  constructor(now, chance) {
    this.now = now
    this.chance = chance
  }

  /** A datagram: it may be lost, and others may overtake it. @param {number} bytes @param {() => void} deliver */
  datagram(bytes, deliver) {
    const lost = this.chance() < this.now.loss
    if (lost || this.now.blackhole || this.#queued() > this.now.queueMs) {
      this.counts.lost++
      return
    }
    this.at(this.#turn(bytes) + this.#travel(), bytes, deliver)
  }

  /** When a part of a stream arrives, in ms of performance.now(): never before what was sent before it. @param {number} bytes @param {number} after */
  streamed(bytes, after) {
    let late = 0
    while (this.chance() < this.now.loss) {
      this.counts.lost++
      late += resendAfter + 2 * this.now.delayMs
    }
    return Math.max(after, this.#turn(bytes) + this.#travel() + late)
  }

  /** @param {number} time @param {number} bytes @param {() => void} deliver */
  at(time, bytes, deliver) {
    const timer = setTimeout(() => {
      this.#waiting.delete(timer)
      this.counts.packets++
      this.counts.bytes += bytes
      deliver()
    }, Math.max(0, time - performance.now()))
    this.#waiting.add(timer)
  }

  close() {
    for (const timer of this.#waiting) clearTimeout(timer)
  }

  #travel() {
    return this.now.delayMs + this.chance() * this.now.jitterMs
  }

  /** How long the next packet would wait, in ms. */
  #queued() {
    return this.now.kbitPerSecond > 0 ? this.#busyUntil - performance.now() : 0
  }

  /** When a packet has left the narrow place. @param {number} bytes */
  #turn(bytes) {
    const now = performance.now()
    if (this.now.kbitPerSecond <= 0) return now
    this.#busyUntil = Math.max(now, this.#busyUntil) + (bytes * 8) / this.now.kbitPerSecond
    return this.#busyUntil
  }
}

/**
 * Carries one direction of one TCP connection.
 * @param {import('node:net').Socket} from @param {import('node:net').Socket} to @param {Direction} way @param {Set<() => void>} held what goes on when the blackhole is over
 */
function carry(from, to, way, held) {
  let [last, waiting] = [0, 0]
  const settle = (bytes) => {
    waiting -= bytes
    if (waiting < heldBytes && !way.now.blackhole) from.resume()
  }
  const deliver = (part) => {
    if (way.now.blackhole) {
      const later = () => (held.delete(later), deliver(part))
      held.add(later)
      return
    }
    if (!to.destroyed) to.write(part)
    settle(part.length)
  }
  from.on('data', (all) => {
    for (let i = 0; i < all.length; i += segment) {
      const part = all.subarray(i, i + segment)
      waiting += part.length
      last = way.streamed(part.length, last)
      way.at(last, part.length, () => deliver(part))
    }
    if (waiting >= heldBytes) from.pause()
  })
  from.on('end', () => way.at(last, 0, () => to.end()))
  from.on('error', () => to.destroy())
  from.on('close', () => way.at(last + 1, 0, () => to.destroy()))
}

/** @param {Endpoint} listen @param {Endpoint} target @param {{up: Direction, down: Direction}} ways */
async function proxyUDP(listen, target, { up, down }) {
  const family = listen.host.includes(':') ? 'udp6' : 'udp4'
  const front = createSocket(family)
  /** @type {Map<string, {socket: import('node:dgram').Socket, heard: number, ready: Promise<unknown>}>} */
  const peers = new Map()
  const peer = (from) => {
    const name = `${from.address} ${from.port}`
    const known = peers.get(name)
    if (known) return known
    const socket = createSocket(family)
    socket.connect(target.port, target.host)
    socket.on('message', (b) => down.datagram(b.length, () => front.send(b, from.port, from.address, () => undefined)))
    socket.on('error', () => undefined) // the server is not there: its ICMP answer
    const made = { socket, heard: 0, ready: once(socket, 'connect') }
    peers.set(name, made)
    return made
  }
  front.on('message', (b, from) => {
    const p = peer(from)
    p.heard = performance.now()
    up.datagram(b.length, () => p.ready.then(() => p.socket.send(b, () => undefined), () => undefined))
  })
  const sweep = setInterval(() => {
    for (const [name, p] of peers) {
      if (performance.now() - p.heard < forgetAfter) continue
      peers.delete(name)
      p.socket.close()
    }
  }, forgetAfter / 4)
  front.bind(listen.port, listen.host)
  await once(front, 'listening')
  return () => {
    clearInterval(sweep)
    front.close()
    for (const { socket } of peers.values()) socket.close()
  }
}

/** @param {Endpoint} listen @param {Endpoint} target @param {{up: Direction, down: Direction}} ways @param {Set<() => void>} held */
async function proxyTCP(listen, target, { up, down }, held) {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ ...target, allowHalfOpen: true, noDelay: true })
    for (const s of [near, far]) {
      sockets.add(s)
      s.on('close', () => sockets.delete(s))
    }
    carry(near, far, up, held)
    carry(far, near, down, held)
  }).listen(listen.port, listen.host)
  await once(server, 'listening')
  return () => {
    server.close()
    for (const s of sockets) s.destroy()
  }
}

/**
 * Stands between whoever connects to `listen` and the server at `target`. The browsers
 * must be told `listen` as the server's address: with another loopback address
 * (127.0.0.2) both may have the same port.
 * @param {{listen: Endpoint, target: Endpoint, seed?: number, udp?: boolean, tcp?: boolean} & Conditions} o
 */
export async function startImpairment({ listen, target, seed = 1, udp = true, tcp = true, ...conditions }) {
  const now = { ...perfect, ...conditions }
  const ways = { up: new Direction(now, random(seed)), down: new Direction(now, random(seed + 1)) }
  /** @type {Set<() => void>} */
  const held = new Set()
  const close = [udp && (await proxyUDP(listen, target, ways)), tcp && (await proxyTCP(listen, target, ways, held))]
  return {
    /** What went through each way; lost counts what never did, in TCP what came late. */
    get counts() {
      return { up: { ...ways.up.counts }, down: { ...ways.down.counts } }
    },
    /** Changes the conditions from now on. @param {Conditions} change */
    set(change) {
      Object.assign(now, change)
      if (!now.blackhole) for (const go of [...held]) go()
    },
    close() {
      for (const one of close) if (one) one()
      for (const way of Object.values(ways)) way.close()
    }
  }
}
