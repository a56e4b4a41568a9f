// A QR code as one SVG path. Loaded lazily: the encoder is for those who need it.
import { encode } from 'uqr'

/** Four modules of quiet zone on every side (ISO/IEC 18004). */
const quiet = 4

export default function QR({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  let path = ''
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path += `M${x + quiet} ${y + quiet}h1v1h-1z`
    })
  })
  const side = size + quiet * 2
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <rect class="qr-light" width={side} height={side} />
      <path class="qr-dark" d={path} />
    </svg>
  )
}
