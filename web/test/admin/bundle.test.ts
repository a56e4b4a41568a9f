// Builds all the pages and looks at what each would download: the admin center's
// libraries may not reach anybody else, and the pages' own may not reach it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Rollup } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'
import { po } from '../../plugins/po'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = readdirSync(root).filter((f) => f.endsWith('.html') && !f.startsWith('gallery'))
const heavy = /node_modules\/(react|react-dom|scheduler|@fluentui|@griffel|keyborg|tabster)\//

type Chunk = Rollup.OutputChunk

let chunks: Map<string, Chunk>

beforeAll(async () => {
  const out = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [po()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
    build: { write: false, minify: false, rollupOptions: { input: pages, checks: { moduleLevelDirective: false } } }
  })
  const output = (Array.isArray(out) ? out : [out]).flatMap((o) => ('output' in o ? o.output : []))
  chunks = new Map(output.filter((c): c is Chunk => c.type === 'chunk').map((c) => [c.fileName, c]))
}, 120_000)

/** Every module that a page can come to download, now or later. */
function reach(page: string): string[] {
  const entry = [...chunks.values()].find((c) => c.isEntry && c.facadeModuleId?.endsWith(`/${page}`))
  if (!entry) throw new Error(`${page} was not built`)
  const seen = new Set<string>()
  const todo = [entry.fileName]
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    const chunk = chunks.get(name)
    if (seen.has(name) || !chunk) continue
    seen.add(name)
    todo.push(...chunk.imports, ...chunk.dynamicImports)
  }
  return [...seen].flatMap((name) => Object.keys(chunks.get(name)?.modules ?? {}))
}

describe('what is downloaded', () => {
  it.each(pages.filter((p) => p !== 'admin.html'))('%s carries nothing of the admin center', (page) => {
    const modules = reach(page)
    expect(modules.some((m) => m.includes('/src/'))).toBe(true)
    expect(modules.filter((m) => heavy.test(m) || m.includes('/src/admin/') || m.includes('/i18n/admin/'))).toEqual([])
  })

  it('admin.html carries its libraries, and nothing of the other pages’', () => {
    const modules = reach('admin.html')
    expect(modules.some((m) => heavy.test(m))).toBe(true)
    expect(
      modules.filter((m) => /node_modules\/preact\/|\/src\/(join|help|home|ui|seat|rtc|live|signin)\/.*\.tsx?$/.test(m))
    ).toEqual([])
  })
})

describe('the sources', () => {
  const sources = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((f) => /\.tsx?$/.test(f))
      .map((f) => join(folder, f))

  it('only the admin center imports React and its component library', () => {
    const users = sources(join(root, 'src')).filter((f) => /from '(react|react-dom|@fluentui)\b/.test(readFileSync(f, 'utf8')))
    expect(users.length).toBeGreaterThan(0)
    expect(users.filter((f) => !f.startsWith(join(root, 'src/admin')))).toEqual([])
  })

  it('every component of the admin center says that it is React’s', () => {
    const components = sources(join(root, 'src/admin')).filter((f) => f.endsWith('.tsx'))
    expect(existsSync(join(root, 'src/admin/main.tsx'))).toBe(true)
    expect(components.filter((f) => !readFileSync(f, 'utf8').startsWith('/** @jsxImportSource react */\n'))).toEqual([])
  })
})
