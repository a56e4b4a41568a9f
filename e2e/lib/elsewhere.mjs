// A place of its own for one browser, in a network namespace inside the run's: it
// reaches the server by a network that can be swapped for another one.
import { execFileSync, spawn, spawnSync } from 'node:child_process'

/** Networks between the place and the run's own namespace: TEST-NET-2 and -3 (RFC 5737). */
const networks = [
  { near: 'home0', far: 'home1', gateway: '198.51.100.1', address: '198.51.100.2' },
  { near: 'away0', far: 'away1', gateway: '203.0.113.1', address: '203.0.113.2' }
]

/** @param {...string} args */
const ip = (...args) => execFileSync('ip', args)

export class Elsewhere {
  /** Makes it, connected by the first network. */
  constructor() {
    this.keeper = spawn('unshare', ['--net', 'sleep', 'infinity'], { stdio: 'ignore' })
    this.#untilApart()
    this.#inside('link', 'set', 'lo', 'up')
    this.#join(networks[0])
  }

  /** For nsenter. */
  get namespace() {
    return `/proc/${this.keeper.pid}/ns/net`
  }

  /** The other network comes, and the first one goes: as when somebody walks out of one Wi-Fi into another. */
  move() {
    this.#join(networks[1])
    ip('link', 'delete', networks[0].near)
    return networks[1].address
  }

  close() {
    this.keeper.kill()
    for (const { near } of networks) {
      spawnSync('ip', ['link', 'delete', near], { stdio: 'ignore' }) // the kernel would, some time later; one may be gone already
    }
  }

  /** @param {(typeof networks)[number]} n */
  #join({ near, far, gateway, address }) {
    ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', String(this.keeper.pid))
    ip('link', 'set', near, 'addrgenmode', 'none') // as in inside.sh
    this.#inside('link', 'set', far, 'addrgenmode', 'none')
    ip('address', 'add', `${gateway}/24`, 'dev', near)
    ip('link', 'set', near, 'up')
    this.#inside('address', 'add', `${address}/24`, 'dev', far)
    this.#inside('link', 'set', far, 'up')
    this.#inside('route', 'replace', 'default', 'via', gateway)
  }

  /** @param {...string} args */
  #inside(...args) {
    execFileSync('nsenter', [`--net=${this.namespace}`, 'ip', ...args])
  }

  /** unshare has made the namespace when it differs from ours. */
  #untilApart() {
    const inode = (/** @type {string} */ path) => execFileSync('stat', ['-L', '-c', '%i', path], { encoding: 'utf8' })
    const ours = inode('/proc/self/ns/net')
    for (let tries = 0; inode(this.namespace) === ours; tries++) {
      if (tries > 500) throw new Error('no network namespace was made')
    }
  }
}
