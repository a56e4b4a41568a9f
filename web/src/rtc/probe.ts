// How fast a line is, before there is a picture: a few packets leave at once, and how
// far apart they arrive tells how narrow the narrowest place is. Pure: times are arguments.

/** So many packets, each nearly as large as one may be. Less than a new SCTP association may send at once (10 packets), or the second half would wait for an answer. */
export const trainPackets = 8
const packetBytes = 1100
/** What IP, UDP, DTLS, SCTP and a TURN channel add to each, about, in bytes. */
const wrapping = 90

/** The packets of a train; the first byte numbers them. */
export function train(): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: trainPackets }, (_, i) => new Uint8Array(packetBytes).fill(i, 0, 1))
}

/** Fewer packets tell nothing. */
const fewest = 4

/** Takes the time at which each packet of a train comes. */
export class TrainMeter {
  private first = 0
  private last = 0
  private bytes = 0
  private count = 0
  /** The last packet is there: no more to wait for. */
  complete = false

  /** A packet came, at a time in ms. What is no packet of a train is not counted. */
  came(packet: ArrayBuffer, now: number): void {
    if (packet.byteLength !== packetBytes) return
    if (this.count === 0) this.first = now
    else this.bytes += packet.byteLength + wrapping
    this.last = now
    this.count++
    this.complete = new Uint8Array(packet)[0] === trainPackets - 1
  }

  /** kbit/s; null: too little came. */
  get rate(): number | null {
    if (this.count < fewest) return null
    const ms = Math.max(this.last - this.first, 1)
    return Math.round((this.bytes * 8) / ms)
  }
}
