// Files made of a list's rows. Pure but for save.

/** The kinds of files a list is given away as. */
export const formats = ['csv', 'json'] as const
export type Format = (typeof formats)[number]

/** Keeps a spreadsheet from taking text for a formula, as the server's own files do (ASVS 5.0, 1.2.10). */
function cellText(value: string | number): string {
  const text = String(value)
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\r\n]|^\s/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Lines of cells (RFC 4180). */
export function csvText(lines: readonly (readonly (string | number)[])[]): string {
  return lines.map((cells) => `${cells.map((c) => quoted(cellText(c))).join(',')}\r\n`).join('')
}

export function jsonText(rows: readonly unknown[]): string {
  return `${JSON.stringify(rows, null, 2)}\n`
}

const types: Record<Format, string> = { csv: 'text/csv;charset=utf-8', json: 'application/json' }

/** Has the browser keep a file. */
export function save(name: string, format: Format, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: types[format] }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name}.${format}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000) // some browsers read it only after a question
}
