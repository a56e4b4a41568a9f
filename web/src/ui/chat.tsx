// The chat beside a session: one thread, any script, links as inert text.
import { useEffect, useRef, useState } from 'preact/hooks'
import { formats } from '../i18n'
import { t } from '../i18n/seats'
import { lengthOf, longestLine, sendable, type Thread, type WaitingLine } from '../session/chat'
import type { ChatLine, Seat } from '../wire'
import { Button } from './kit'
import { refusalText } from './refusal'

interface ChatProps {
  thread: Thread
  seat: Seat
  peerName: string
  /** Days the thread is kept after the end. */
  kept: number
  onSay: (text: string) => void
  onSayAgain: (id: string) => void
}

/** Shown when this many characters or fewer are left. */
const warnAt = 200

export function Chat(p: ChatProps) {
  const end = useRef<HTMLDivElement>(null)
  const count = p.thread.lines.length + p.thread.waiting.length
  useEffect(() => {
    if (end.current) end.current.scrollTop = end.current.scrollHeight
  }, [count])
  return (
    <section class="chat" aria-labelledby="chat-title">
      <h2 id="chat-title" class="chat-title">
        {t('chat.title')}
      </h2>
      <p class="chat-note">{p.kept === 0 ? t('chat.goneAtEnd') : t('chat.kept', { days: p.kept })}</p>
      <div class="chat-lines" role="log" aria-live="polite" aria-label={t('chat.thread')} ref={end} tabIndex={0}>
        {count === 0 && <p class="chat-empty">{t('chat.empty')}</p>}
        {p.thread.lines.map((l) => (
          <Line key={l.id} line={l} mine={l.seat === p.seat} peerName={p.peerName} />
        ))}
        {p.thread.waiting.map((w) => (
          <Waiting key={w.id} line={w} onAgain={() => p.onSayAgain(w.id)} />
        ))}
      </div>
      <Composer onSay={p.onSay} />
    </section>
  )
}

function Line({ line, mine, peerName }: { line: ChatLine; mine: boolean; peerName: string }) {
  const at = new Date(line.at)
  return (
    <div class={mine ? 'line line-mine' : 'line'}>
      <p class="line-head">
        <bdi>{mine ? t('chat.you') : peerName}</bdi>{' '}
        <time dateTime={line.at}>{at.toLocaleTimeString(formats(), { hour: '2-digit', minute: '2-digit' })}</time>
      </p>
      <p class="line-text" dir="auto">
        {line.text}
      </p>
    </div>
  )
}

function Waiting({ line, onAgain }: { line: WaitingLine; onAgain: () => void }) {
  return (
    <div class="line line-mine line-waiting">
      <p class="line-text" dir="auto">
        {line.text}
      </p>
      {line.refused ? (
        <p class="line-refused">
          {refusalText(line.refused)}{' '}
          <button type="button" class="link" onClick={onAgain}>
            {t('chat.again')}
          </button>
        </p>
      ) : (
        <p class="line-head">{t('chat.sending')}</p>
      )}
    </div>
  )
}

function Composer({ onSay }: { onSay: (text: string) => void }) {
  const [text, setText] = useState('')
  const left = longestLine - lengthOf(text)
  const send = () => {
    if (!sendable(text)) return
    onSay(text)
    setText('')
  }
  return (
    <form
      class="composer"
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      <label class="hidden" for="chat-text">
        {t('chat.write')}
      </label>
      <textarea
        id="chat-text"
        rows={2}
        dir="auto"
        value={text}
        placeholder={t('chat.write')}
        aria-describedby="chat-left"
        aria-invalid={left < 0}
        onInput={(e) => setText(e.currentTarget.value)}
        onKeyDown={(e) => {
          // Enter while a word is being composed (Japanese, Chinese …) belongs to the input method.
          if (e.key !== 'Enter' || e.shiftKey || e.isComposing || e.keyCode === 229) return
          e.preventDefault()
          send()
        }}
      />
      <Button kind="primary" type="submit" icon="send" disabled={!sendable(text)}>
        {t('chat.send')}
      </Button>
      <p id="chat-left" class="composer-left" role="status">
        {left < 0 ? t('chat.tooLong', { count: -left }) : left <= warnAt ? t('chat.left', { count: left }) : ''}
      </p>
    </form>
  )
}
