// Writes ids.gen.ts beside every English catalog: the union of its message ids, so
// that a missing or mistyped message is a compile error.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PO from 'pofile'

/** The text of ids.gen.ts for an English catalog. name: what the union is called. */
export function idsOf(poText, name) {
  const ids = PO.parse(poText).items.map((i) => i.msgid)
  return `// Generated from en.po by npm run generate: do not edit.\nexport type ${name} =\n${ids.map((i) => `  | '${i}'`).join('\n')}\n`
}

/** Every catalog folder with its union's name: seats → SeatsMessage. */
export function catalogFolders(root) {
  const i18n = `${root}/src/i18n`
  return readdirSync(i18n)
    .filter((d) => existsSync(`${i18n}/${d}/en.po`))
    .map((d) => ({ folder: `${i18n}/${d}`, name: `${d[0].toUpperCase()}${d.slice(1)}Message` }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { folder, name } of catalogFolders(process.cwd())) {
    writeFileSync(`${folder}/ids.gen.ts`, idsOf(readFileSync(`${folder}/en.po`, 'utf8'), name))
  }
}
