// Serves the page that stories share, and the bare peers of the benches, on a
// second origin.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

/**
 * @param {Record<string, string>} [more] further pages: path to file
 * @returns {Promise<{url(q: Record<string, string | number>): string, origin: string, close(): Promise<void>}>}
 */
export async function servePaint(more = {}) {
  const pages = new Map(Object.entries(more).map(([path, file]) => [path, readFileSync(file)]))
  for (const name of ['paint', 'text']) pages.set(`/${name}`, readFileSync(new URL(`${name}.html`, import.meta.url)))
  const server = createServer((q, a) => {
    const page = pages.get(new URL(q.url ?? '/', 'http://localhost').pathname)
    a.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' }).end(page)
  }).listen(0, '0.0.0.0')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  const origin = `http://localhost:${port}`
  return {
    origin,
    url: (q) => `${origin}/paint?${new URLSearchParams(Object.entries(q).map(([k, v]) => [k, String(v)]))}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
}
