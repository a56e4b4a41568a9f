// Network namespaces inside the run's own, and cables between them.
import { execFileSync, spawn, spawnSync } from 'node:child_process'

/** @param {string} path of a namespace */
const inode = (path) => execFileSync('stat', ['-L', '-c', '%i', path], { encoding: 'utf8' })

/** The run's own namespace, where the server is. */
export const here = {
  pid: process.pid,
  /** @param {string} program @param {...string} args */
  run: (program, ...args) => execFileSync(program, args)
}

/** A machine of its own, as far as networks go. */
export class Namespace {
  constructor() {
    this.keeper = spawn('unshare', ['--net', 'sleep', 'infinity'], { stdio: 'ignore' })
    this.#untilApart()
    this.run('ip', 'link', 'set', 'lo', 'up')
  }

  get pid() {
    return /** @type {number} */ (this.keeper.pid)
  }

  /** For nsenter. */
  get path() {
    return `/proc/${this.pid}/ns/net`
  }

  /** @param {string} program @param {...string} args */
  run(program, ...args) {
    return execFileSync('nsenter', [`--net=${this.path}`, program, ...args])
  }

  close() {
    this.keeper.kill()
  }

  /** unshare has made the namespace when it differs from ours. */
  #untilApart() {
    const ours = inode('/proc/self/ns/net')
    for (let tries = 0; inode(this.path) === ours; tries++) {
      if (tries > 500) throw new Error('no network namespace was made')
    }
  }
}

/**
 * @typedef {{at: Pick<Namespace, 'pid' | 'run'>, name: string, address: string}} End name of the interface; address with its prefix length
 * @param {End} one @param {End} other
 */
export function cable(one, other) {
  here.run('ip', 'link', 'add', one.name, 'netns', String(one.at.pid), 'type', 'veth', 'peer', 'name', other.name, 'netns', String(other.at.pid))
  for (const { at, name, address } of [one, other]) {
    at.run('ip', 'link', 'set', name, 'addrgenmode', 'none') // as in inside.sh
    at.run('ip', 'address', 'add', address, 'dev', name)
    at.run('ip', 'link', 'set', name, 'up')
  }
}

/** Pulls a cable out of the run's own namespace; it may be gone already, and the kernel would do it some time later. @param {string} name */
export function unplug(name) {
  spawnSync('ip', ['link', 'delete', name], { stdio: 'ignore' })
}
