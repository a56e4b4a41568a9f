// Compiles PO catalogs at build time, so that no page downloads a message
// compiler: `import messages from './en.po'` gives id → compiled message.
import { readFileSync } from 'node:fs'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import PO from 'pofile'
import type { Plugin } from 'vite'

/** Reads a PO text: message id → text. Plurals are ICU inside the text, so msgid_plural is never used. */
export function readPO(text: string): Map<string, string> {
  const out = new Map<string, string>()
  for (const item of PO.parse(text).items) {
    if (out.has(item.msgid)) throw new Error(`message ${item.msgid} is there twice`)
    out.set(item.msgid, item.msgstr.join(''))
  }
  return out
}

/** Vite plugin: .po files become modules. */
export function po(): Plugin {
  return {
    name: 'po',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith('.po')) return null
      this.addWatchFile(id)
      const compiled = Object.fromEntries([...readPO(readFileSync(id, 'utf8'))].map(([k, v]) => [k, compileMessage(v)]))
      return { code: `export default JSON.parse(${JSON.stringify(JSON.stringify(compiled))})`, moduleType: 'js', map: null }
    }
  }
}
