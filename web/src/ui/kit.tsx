// The small parts every screen is made of. No fetch, no socket, no session here.
import type { ComponentChildren, TargetedMouseEvent } from 'preact'
import { useState } from 'preact/hooks'
import { Icon, type IconName } from './icon'

interface ButtonProps {
  kind?: 'primary' | 'plain' | 'danger' | 'quiet'
  icon?: IconName
  /** Shown as busy and not pressed twice. */
  busy?: boolean
  disabled?: boolean
  big?: boolean
  wide?: boolean
  type?: 'button' | 'submit'
  /** Accessible name where the text is not enough. */
  label?: string
  /** More about it, for the pointer that rests on it. */
  hint?: string
  pressed?: boolean
  onClick?: (e: TargetedMouseEvent<HTMLButtonElement>) => void
  buttonRef?: { current: HTMLButtonElement | null }
  children?: ComponentChildren
}

/** Icons that point along the line of reading. */
const pointing: readonly IconName[] = ['leave', 'send', 'play', 'chat']

export function Button(p: ButtonProps) {
  const { kind = 'plain' } = p
  return (
    <button
      type={p.type ?? 'button'}
      class={`button button-${kind}${p.big ? ' button-big' : ''}${p.wide ? ' button-wide' : ''}${p.children ? '' : ' button-icon'}`}
      disabled={p.disabled}
      aria-disabled={p.busy ? 'true' : undefined}
      aria-label={p.label}
      aria-pressed={p.pressed}
      title={p.hint ?? (p.children ? undefined : p.label)}
      ref={p.buttonRef ?? null}
      onClick={(e) => {
        if (!p.busy) p.onClick?.(e)
      }}
    >
      {p.icon && <Icon name={p.icon} flip={pointing.includes(p.icon)} />}
      {p.children && <span>{p.children}</span>}
    </button>
  )
}

/** A link that looks like a button: for going somewhere, not for doing something. */
export function LinkButton(p: {
  href: string
  kind?: 'primary' | 'plain'
  big?: boolean
  onClick?: () => void
  children: ComponentChildren
}) {
  return (
    <a class={`button button-${p.kind ?? 'plain'}${p.big ? ' button-big' : ''}`} href={p.href} onClick={() => p.onClick?.()}>
      <span>{p.children}</span>
    </a>
  )
}

export type Tone = 'info' | 'good' | 'warn' | 'bad'

const toneIcon: Record<Tone, IconName> = { info: 'info', good: 'check', warn: 'warn', bad: 'warn' }

/** A boxed message. live: said to screen readers when it appears. */
export function Note(p: {
  tone: Tone
  live?: 'polite' | 'assertive'
  brief?: boolean
  title?: string
  children?: ComponentChildren
}) {
  const role = p.live === 'assertive' ? 'alert' : p.live === 'polite' ? 'status' : undefined
  return (
    <div class={`note note-${p.tone}${p.brief ? ' note-brief' : ''}`} role={role}>
      <Icon name={toneIcon[p.tone]} />
      <div class="note-text">
        {p.title && <p class="note-title">{p.title}</p>}
        {p.children}
      </div>
    </div>
  )
}

export function Card(p: { children: ComponentChildren; wide?: boolean; label?: string }) {
  return (
    <section class={p.wide ? 'card card-wide' : 'card'} aria-label={p.label}>
      {p.children}
    </section>
  )
}

/** Something is on its way; says so after a moment, not at once. */
export function Waiting({ children }: { children: ComponentChildren }) {
  return (
    <div class="waiting" role="status">
      <span class="spinner" aria-hidden="true" />
      <p>{children}</p>
    </div>
  )
}

/** A face, or the initials where there is none. */
export function Avatar(p: { name: string; picture: string; size?: 'small' | 'large' }) {
  const [broken, setBroken] = useState(false)
  const cls = `avatar avatar-${p.size ?? 'small'}`
  if (p.picture !== '' && !broken) return <img class={cls} src={p.picture} alt="" onError={() => setBroken(true)} />
  return (
    <span class={cls} aria-hidden="true">
      {initials(p.name)}
    </span>
  )
}

/** One letter for names written without spaces or in scripts without capitals, else first and last. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = [...(words[0] ?? '')][0] ?? '?'
  const last = [...(words.at(-1) ?? '')][0] ?? ''
  if (words.length < 2 || first.toLowerCase() === first.toUpperCase()) return first.toUpperCase()
  return (first + last).toUpperCase()
}

/** Copies a text and says that it did. */
export function CopyButton(p: { text: string; icon: IconName; done: string; failed: string; children: ComponentChildren }) {
  const [said, setSaid] = useState('')
  const copy = () => {
    write(p.text).then(
      () => setSaid(p.done),
      () => setSaid(p.failed)
    )
    setTimeout(() => setSaid(''), 4000)
  }
  return (
    <span class="copy">
      <Button icon={p.icon} onClick={copy}>
        {p.children}
      </Button>
      <span class="copy-said" role="status">
        {said}
      </span>
    </span>
  )
}

/** The clipboard exists in secure contexts only. */
async function write(text: string): Promise<void> {
  if (!navigator.clipboard) throw new Error('no clipboard')
  await navigator.clipboard.writeText(text)
}
