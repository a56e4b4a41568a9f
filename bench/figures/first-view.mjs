// admin-first-view: what the admin center's first page needs before it can be used, as
// the server sends it to browsers that take gzip. join-page watches a browser; here the
// built files are asked for one by one.
import { get } from 'node:http'
import { startServer } from '../../e2e/lib/server.mjs'
import { firstView, pages, sum } from '../../web/scripts/size.mjs'
import { verdict } from '../lib/numbers.mjs'

export async function adminFirstView() {
  const files = firstView(pages.admin)
  const server = await startServer('admin-first-view')
  try {
    let sent = 0
    for (const { f } of files) sent += await compressed(`${server.base}/${f}`)
    const kB = (/** @type {number} */ n) => (n / 1000).toFixed(1)
    const floor = `the same files by gzip -9 ${kB(sum(files, 'gzip'))} kB, by brotli ${kB(sum(files, 'brotli'))} kB`
    return { 'admin-first-view': `${kB(sent)} kB of JavaScript and CSS in ${files.length} files as served · ${floor} · ${verdict('≤ 300 kB', sent <= pages.admin.goal)}` }
  } finally {
    await server.stop()
  }
}

/** The bytes of an answer's body as they came. @param {string} address @returns {Promise<number>} */
function compressed(address) {
  return new Promise((done, failed) => {
    get(address, { headers: { 'Accept-Encoding': 'gzip' } }, (a) => {
      let bytes = 0
      a.on('data', (/** @type {Buffer} */ b) => (bytes += b.length))
      a.on('end', () => (a.statusCode === 200 && a.headers['content-encoding'] === 'gzip' ? done(bytes) : failed(new Error(`${address}: ${a.statusCode}, not compressed`))))
    }).on('error', failed)
  })
}
