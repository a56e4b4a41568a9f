// How the two browsers are connected, and what the line gives, in words; where it gives
// little, what helps.
import { formats } from '../i18n'
import { t } from '../i18n/seats'
import { type LineWord, lineWord } from '../rtc/line'
import type { PathStats } from '../rtc/stats'
import { Icon } from '../ui/icon'

/** Direct, relayed or by pictures, and why; round trip, resolution. */
export function Path({ path, relayOnly }: { path: PathStats | null; relayOnly: boolean }) {
  if (!path) return <p class="chip">{t('path.none')}</p>
  return (
    <p class="chip">
      <Icon name="link" />
      <span>{t(`path.${path.kind}`)}</span>
      <PathReason kind={path.kind} relayOnly={relayOnly} />
      {path.roundTrip !== null && <span>{t('path.roundTrip', { ms: path.roundTrip })}</span>}
      {path.width > 0 && (
        <span dir="ltr">
          {path.width} × {path.height}
        </span>
      )}
    </p>
  )
}

/** Why it is not direct; of pictures the note above tells. */
function PathReason({ kind, relayOnly }: { kind: PathStats['kind']; relayOnly: boolean }) {
  switch (kind) {
    case 'direct':
    case 'pictures':
      return null
    case 'relay_udp':
      return <span class="quiet">{relayOnly ? t('path.why.relayOnly') : t('path.why.relay_udp')}</span>
    case 'relay_tcp':
    case 'relay_tls':
      return <span class="quiet">{t(`path.why.${kind}`)}</span>
  }
}

/** Opens to the numbers and, on a thin line, to a remedy. sharp: what is shared comes in strips, and no video. */
export function LineChip({ path, sharp }: { path: PathStats | null; sharp: boolean }) {
  if (!path?.flow) return null
  const { flow, room } = path
  const word = lineWord(room, flow.lost)
  return (
    <details class={`line line-${word}`}>
      <summary class="chip">
        <Icon name={icons[word]} />
        <span>{t(`line.${word}`)}</span>
        {sharp && room !== null && <span>{t('line.rate', { kbps: count(room) })}</span>}
      </summary>
      <div class="line-more">
        <ul>
          {room !== null && <li>{t('line.room', { kbps: count(room) })}</li>}
          {!sharp && <li>{t('line.comes', { kbps: count(flow.kbps) })}</li>}
          {!sharp && <li>{t('line.frames', { frames: flow.frames })}</li>}
          {!sharp && <li>{t('line.lost', { percent: count(flow.lost * 100, 1) })}</li>}
        </ul>
        {word !== 'good' && <p>{sharp ? t('line.sharp') : t(`line.${word}.remedy`)}</p>}
      </div>
    </details>
  )
}

const icons = { good: 'check', thin: 'info', very_thin: 'warn' } as const satisfies Record<LineWord, string>

function count(n: number, digits = 0): string {
  return new Intl.NumberFormat(formats(), { maximumFractionDigits: digits }).format(n)
}
