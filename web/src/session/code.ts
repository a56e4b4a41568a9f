// Security codes as people type them: the same rules as assist.ParseCode, proven
// by the same vectors (internal/assist/testdata/codes.json).

/** Crockford's base 32: no I, L, O and U. */
export const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const codeLength = 8
/** What the parser looks at, in bytes of UTF-8, as in assist. */
const maxCodeInput = 64
const ignored = /[\p{White_Space}\p{Cf}\-\u2010-\u2015\u2212\uff0d]/u

/** The canonical eight characters, or null when this cannot be a security code. */
export function parseCode(input: string): string | null {
  if (new TextEncoder().encode(input).length > maxCodeInput) return null
  let out = ''
  for (const character of input) {
    if (ignored.test(character)) continue
    const c = canonical(character)
    if (c === null) return null
    out += c
  }
  return out.length === codeLength ? out : null
}

/** One typed character in the alphabet, or null. */
function canonical(character: string): string | null {
  let point = character.codePointAt(0) ?? 0
  if (point >= 0xff01 && point <= 0xff5e) point -= 0xfee0 // full-width forms lie 0xFEE0 above ASCII
  if (point >= 0x61 && point <= 0x7a) point -= 0x20
  const c = String.fromCodePoint(point)
  if (c === 'O') return '0'
  if (c === 'I' || c === 'L') return '1'
  return codeAlphabet.includes(c) ? c : null
}

/** Shows a canonical code as 4060-R0GX. */
export function showCode(code: string): string {
  return code.length === codeLength ? `${code.slice(0, 4)}-${code.slice(4)}` : code
}

/**
 * What the code box shows while somebody types: characters of the alphabet, at
 * most eight, with the hyphen after four; everything else falls away. strayed
 * tells that a character had no place in a code, so that the page can say so.
 */
export function typing(input: string): { text: string; strayed: boolean } {
  let out = ''
  let strayed = false
  for (const character of input) {
    if (ignored.test(character)) continue
    const c = canonical(character)
    if (c === null || out.length === codeLength) strayed = true
    else out += c
  }
  return { text: out.length > 4 ? `${out.slice(0, 4)}-${out.slice(4)}` : out, strayed }
}

/** The code in a session link's fragment (#4060-R0GX), or null. */
export function codeFromFragment(hash: string): string | null {
  if (hash.length < 2 || hash.length > maxCodeInput * 3) return null
  try {
    return parseCode(decodeURIComponent(hash.slice(1)))
  } catch {
    return null // a broken percent sequence
  }
}
