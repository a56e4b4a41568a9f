// nginx in front of the server, with what docs/operations.md says.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { out } from './server.mjs'
import { certificate, host } from './tls.mjs'

/** Starts it; gives how to stop it. */
export function startNginx() {
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  const block = /# nginx\n([\s\S]*?)\n# Caddy/.exec(page)?.[1]
  if (!block) throw new Error('docs/operations.md has no block for nginx')
  const site = block.replaceAll('help.example.org', host).replace('/etc/tasuke/cert.pem', certificate.cert).replace('/etc/tasuke/key.pem', certificate.key)
  const folder = join(out, 'nginx')
  mkdirSync(folder, { recursive: true })
  const conf = join(folder, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => `${n}_temp_path ${folder}/${n};`).join('\n')
  writeFileSync(conf, `daemon off; user root; pid ${folder}/pid; error_log ${folder}/error.log;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${site}\n}\n`)
  const p = spawn('nginx', ['-e', join(folder, 'error.log'), '-c', conf], { stdio: 'ignore' })
  return async () => {
    const ended = once(p, 'exit')
    p.kill('SIGTERM')
    await ended
  }
}
