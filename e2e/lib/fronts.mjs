// Reverse proxies in front of the server, with what docs/operations.md says.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { out } from './server.mjs'
import { certificate, host } from './tls.mjs'

/** The part of the page that begins with a heading of its own, up to the next one or the end of the block. @param {string} heading */
function block(heading) {
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  const from = page.indexOf(`\n# ${heading}\n`)
  if (from < 0) throw new Error(`docs/operations.md has no block ${heading}`)
  return page.slice(from + heading.length + 4).split(/\n# |\n```/)[0]
}

/** @param {string} name @returns {string} a folder of its own */
function folderFor(name) {
  const folder = join(out, name)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Runs it; gives how to stop it. @param {string} program @param {...string} args */
function run(program, ...args) {
  const p = spawn(program, args, { stdio: 'ignore' })
  return async () => {
    if (p.exitCode !== null) throw new Error(`${program} ended with ${p.exitCode}`)
    const ended = once(p, 'exit')
    p.kill('SIGTERM')
    await ended
  }
}

export function startNginx() {
  const site = block('nginx').replaceAll('help.example.org', host).replace('/etc/tasuke/cert.pem', certificate.cert).replace('/etc/tasuke/key.pem', certificate.key)
  const folder = folderFor('nginx')
  const conf = join(folder, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => `${n}_temp_path ${folder}/${n};`).join('\n')
  writeFileSync(conf, `daemon off; user root; pid ${folder}/pid; error_log ${folder}/error.log;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${site}\n}\n`)
  return run('nginx', '-e', join(folder, 'error.log'), '-c', conf)
}

/** HAProxy that shares its port with TURN over TLS. */
export function startHAProxy() {
  const folder = folderFor('haproxy')
  const pem = join(folder, 'help.pem')
  writeFileSync(pem, readFileSync(certificate.cert, 'utf8') + readFileSync(certificate.key, 'utf8'))
  const [usual, shared] = [block('HAProxy 2.4 or newer'), block('HAProxy, one port')]
  const [defaults, backend] = [usual.slice(0, usual.indexOf('frontend https')), usual.slice(usual.indexOf('\nbackend tasuke'))]
  const conf = join(folder, 'haproxy.cfg')
  writeFileSync(conf, `${defaults}\n${shared.replaceAll('/etc/haproxy/help.pem', pem)}\n${backend}\n`)
  return run('haproxy', '-db', '-f', conf)
}
