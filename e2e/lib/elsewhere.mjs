// A place of its own for one browser: it reaches the server by a network that can be
// swapped for another one.
import { cable, here, Namespace, unplug } from './namespace.mjs'

/** Networks between the place and the run's own namespace: TEST-NET-2 and -3 (RFC 5737). */
const networks = [
  { near: 'home0', far: 'home1', gateway: '198.51.100.1', address: '198.51.100.2' },
  { near: 'away0', far: 'away1', gateway: '203.0.113.1', address: '203.0.113.2' }
]

export class Elsewhere {
  #space = new Namespace()

  /** Makes it, connected by the first network. */
  constructor() {
    this.#join(networks[0])
  }

  /** For nsenter. */
  get namespace() {
    return this.#space.path
  }

  /** The other network comes, and the first one goes: as when somebody walks out of one Wi-Fi into another. */
  move() {
    this.#join(networks[1])
    here.run('ip', 'link', 'delete', networks[0].near)
    return networks[1].address
  }

  close() {
    this.#space.close()
    for (const { near } of networks) unplug(near)
  }

  /** @param {(typeof networks)[number]} n */
  #join({ near, far, gateway, address }) {
    cable({ at: here, name: near, address: `${gateway}/24` }, { at: this.#space, name: far, address: `${address}/24` })
    this.#space.run('ip', 'route', 'replace', 'default', 'via', gateway)
  }
}
