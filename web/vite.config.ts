import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { compress } from './plugins/compress.ts'
import { po } from './plugins/po.ts'

/** One HTML entry per surface: a sharer never downloads the admin center. */
const surfaces = ['index', 'join', 'help', 'check', 'enrol', 'admin', 'docs', 'signin-error', 'signin-first']

export default defineConfig(({ command }) => ({
  plugins: [po(), compress()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['chrome109', 'edge109', 'firefox122', 'safari16.4'],
    outDir: 'dist',
    emptyOutDir: true, // dist/.gitkeep comes back from public/
    assetsInlineLimit: 0, // the content security policy knows no inline script
    chunkSizeWarningLimit: 650, // kB, for the admin center; what a sharer downloads has a budget of its own
    modulePreload: { polyfill: false }, // every target has modulepreload
    rollupOptions: {
      input: surfaces.map((s) => `${s}.html`).filter((f) => existsSync(f)),
      checks: { moduleLevelDirective: false } // the admin center's library says "use client" for renderers we do not have
    }
  },
  worker: { format: 'es' },
  server: {
    proxy: command === 'serve' ? { '/api': 'http://localhost:8080', '/live': { target: 'ws://localhost:8080', ws: true } } : {}
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' }
}))
