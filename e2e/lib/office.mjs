// An office: one machine with a private address behind a router that is a NAT, or that
// lets nothing through but what its own HTTP proxy fetches.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cable, here, Namespace, unplug } from './namespace.mjs'
import { out } from './server.mjs'

/** Where the router's proxy listens. */
const proxyPort = 3128

/** Offices of one run; each has networks of its own. */
let nextOffice = 1

export class Office {
  #router = new Namespace()
  #desk = new Namespace()
  #number = nextOffice++
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #proxy

  /**
   * @param {'cone' | 'symmetric' | 'proxy'} way out. cone: a port outside for each port inside, whoever is spoken to
   * (endpoint-independent mapping, RFC 4787 section 4.1), and only who was spoken to may answer; symmetric: a new port for
   * each one spoken to; proxy: nothing is forwarded at all
   */
  constructor(way) {
    const [near, gateway, desk] = [`office${this.#number}`, `10.0.${this.#number}.1`, `10.0.${this.#number}.2`]
    const [outside, address] = [`198.51.100.${4 * this.#number + 1}`, `198.51.100.${4 * this.#number + 2}`] // TEST-NET-2, RFC 5737
    this.gateway = gateway
    cable({ at: here, name: near, address: `${outside}/30` }, { at: this.#router, name: 'wan', address: `${address}/30` })
    cable({ at: this.#router, name: 'lan', address: `${gateway}/24` }, { at: this.#desk, name: 'lan', address: `${desk}/24` })
    this.#router.run('ip', 'route', 'add', 'default', 'via', outside)
    this.#desk.run('ip', 'route', 'add', 'default', 'via', gateway)
    const filter = (/** @type {string[]} */ ...rule) => this.#router.run('iptables', '-w', ...rule)
    // A refusal would make the router remember who knocked, and give the desk another port than the one it has told.
    filter('-A', 'INPUT', '-i', 'wan', '-m', 'conntrack', '--ctstate', 'NEW', '-j', 'DROP')
    if (way === 'proxy') {
      this.#startProxy()
      return
    }
    for (const at of [here, this.#router]) at.run('sh', '-c', 'echo 1 >/proc/sys/net/ipv4/ip_forward')
    filter('-A', 'FORWARD', '-i', 'wan', '-m', 'conntrack', '--ctstate', 'NEW', '-j', 'DROP')
    filter('-t', 'nat', '-A', 'POSTROUTING', '-o', 'wan', '-j', 'MASQUERADE', ...(way === 'symmetric' ? ['--random-fully'] : []))
  }

  /** For nsenter. */
  get namespace() {
    return this.#desk.path
  }

  /** What a browser here must be told of the way out. */
  get proxy() {
    return this.#proxy ? `http://${this.gateway}:${proxyPort}` : undefined
  }

  close() {
    this.#proxy?.kill()
    for (const space of [this.#desk, this.#router]) space.close()
    unplug(`office${this.#number}`)
  }

  #startProxy() {
    const folder = join(out, `office${this.#number}`)
    mkdirSync(folder, { recursive: true })
    const conf = join(folder, 'tinyproxy.conf')
    writeFileSync(conf, `Port ${proxyPort}\nListen ${this.gateway}\nTimeout 600\nMaxClients 200\nLogLevel Connect\nLogFile "${join(folder, 'tinyproxy.log')}"\nConnectPort 443\n`)
    this.#proxy = spawn('nsenter', [`--net=${this.#router.path}`, 'tinyproxy', '-d', '-c', conf], { stdio: 'ignore' })
  }
}
