// A QR code as one SVG path, for any framework.
import { encode } from 'uqr'

/** Four modules of quiet zone on every side (ISO/IEC 18004). */
const quiet = 4

export function qrPath(text: string): { path: string; side: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  let path = ''
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path += `M${x + quiet} ${y + quiet}h1v1h-1z`
    })
  })
  return { path, side: size + quiet * 2 }
}
