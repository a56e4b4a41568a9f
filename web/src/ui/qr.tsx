// A QR code. Loaded lazily: the encoder is for those who need it.
import { qrPath } from '../qr/path'

export default function QR({ text, label }: { text: string; label: string }) {
  const { path, side } = qrPath(text)
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <rect class="qr-light" width={side} height={side} />
      <path class="qr-dark" d={path} />
    </svg>
  )
}
