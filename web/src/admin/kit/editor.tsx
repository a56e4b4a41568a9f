/** @jsxImportSource react */
// The panel at the side in which one configured thing is made, changed or
// deleted. Somebody else's change meanwhile is shown and never overwritten unseen.
import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Refusal } from '../../api'
import type { Collection, Kept } from '../../api/admin'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import { refusalIn } from '../hooks'
import { Modal } from '../modal'
import { RefusalBar } from '../refusal'
import { Conflict } from './conflict'
import { changedParts, contested, rebased } from './draft'

/** What the form of a thing is given. */
export interface Editing<B> {
  draft: B
  change: (part: Partial<B>) => void
  /** Puts a whole draft in place: the way to leave a member out. */
  replace: (draft: B) => void
  /** Grounds of the server's last refusal. */
  refused: Refusal['reasons']
  /** Nothing of it can be changed. */
  fixed: boolean
}

interface EditorProps<W extends Kept & B, B extends { name: string }> {
  collection: Collection<W, B>
  /** What is changed; null: a new one. */
  thing: W | null
  /** What a new one begins with. */
  blank: B
  /** The new one has content already: it may be saved as it is. */
  began?: boolean
  /** What is sent instead of the draft as it was typed. */
  tidy?: (draft: B) => B
  /** Words for a new one. */
  titleNew: string
  /** Whether the reader may change it. */
  may: boolean
  onDone: (text: string) => void
  onClose: () => void
  /** Beside the form: what is saved by itself, such as members. */
  beside?: ReactNode
  children: (editing: Editing<B>) => ReactNode
}

type Doing = { is: 'nothing' | 'saving' | 'closing' | 'deleting' } | { is: 'refused'; refusal: Refusal } | { is: 'conflict' }

/** What the server says of a thing beside what is written. */
const stamps = ['id', 'version', 'createdAt', 'updatedAt', 'builtin']

/** The members of a thing that are written. */
function bodyOf<B extends object>(thing: B): B {
  return Object.fromEntries(Object.entries(thing).filter(([k]) => !stamps.includes(k))) as B
}

export function Editor<W extends Kept & B, B extends { name: string }>(p: EditorProps<W, B>) {
  const [thing, setThing] = useState(p.thing)
  const base = thing ? bodyOf<B>(thing) : p.blank
  const [draft, setDraft] = useState(base)
  const [doing, setDoing] = useState<Doing>({ is: 'nothing' })
  const [theirs, setTheirs] = useState<readonly PropertyKey[]>([])
  const form = useId()
  const changed = changedParts(base, draft).length > 0
  const attempt = async (act: () => Promise<unknown>, text: string) => {
    setDoing({ is: 'saving' })
    try {
      await act()
      p.onDone(text)
    } catch (e) {
      const refusal = refusalIn(e)
      setDoing(refusal.code === 'changed_meanwhile' ? { is: 'conflict' } : { is: 'refused', refusal })
    }
  }
  const sent = p.tidy ? p.tidy(draft) : draft
  const save = () =>
    attempt(
      () => (thing ? p.collection.save(thing.id, thing.version, sent) : p.collection.make(sent)),
      t('editor.saved', { name: isolate(draft.name) })
    )
  const remove = () =>
    thing && attempt(() => p.collection.remove(thing.id, thing.version), t('editor.deleted', { name: isolate(thing.name) }))
  const reload = async (keep: boolean) => {
    if (!thing) return
    try {
      const now = await p.collection.read(thing.id)
      const body = bodyOf<B>(now)
      setTheirs(keep ? contested(base, draft, body) : [])
      setDraft(keep ? rebased(base, draft, body) : body)
      setThing(now)
      setDoing({ is: 'nothing' })
    } catch (e) {
      setDoing({ is: 'refused', refusal: refusalIn(e) })
    }
  }
  const close = () => (changed && p.may ? setDoing({ is: 'closing' }) : p.onClose())
  return (
    <>
      <Modal
        side
        title={thing?.name ?? p.titleNew}
        onClose={close}
        actions={
          <Actions
            form={form}
            may={p.may}
            saving={doing.is === 'saving'}
            changed={changed || (p.began === true && !thing)}
            onDelete={thing ? () => setDoing({ is: 'deleting' }) : null}
            onClose={close}
          />
        }
      >
        <form
          id={form}
          className="form"
          noValidate
          onSubmit={(e) => {
            e.preventDefault()
            if (doing.is !== 'saving') void save()
          }}
        >
          <fieldset className="form-body" disabled={!p.may}>
            {p.children({
              draft,
              change: (part) => setDraft((d) => ({ ...d, ...part })),
              replace: setDraft,
              refused: doing.is === 'refused' ? doing.refusal.reasons : [],
              fixed: !p.may
            })}
          </fieldset>
        </form>
        {p.beside}
        <InSight when={doing}>
          {doing.is === 'conflict' && (
            <Conflict title={t('error.changed_meanwhile')} more={t('editor.conflict')} onReload={(keep) => void reload(keep)} />
          )}
          {theirs.length > 0 && <Contested />}
          {doing.is === 'refused' && <RefusalBar refusal={doing.refusal} onAgain={() => void save()} />}
        </InSight>
      </Modal>
      {doing.is === 'closing' && (
        <Question
          title={t('editor.discard')}
          more={t('editor.discardMore')}
          yes={t('editor.discardYes')}
          onYes={p.onClose}
          onNo={() => setDoing({ is: 'nothing' })}
        />
      )}
      {doing.is === 'deleting' && thing && (
        <Question
          title={t('editor.delete', { name: isolate(thing.name) })}
          more={t('editor.deleteMore')}
          yes={t('editor.deleteYes')}
          onYes={() => void remove()}
          onNo={() => setDoing({ is: 'nothing' })}
        />
      )}
    </>
  )
}

/** Scrolls what a save was answered with into sight, below a long form. */
function InSight({ when, children }: { when: Doing; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (when.is === 'conflict' || when.is === 'refused') ref.current?.scrollIntoView({ block: 'nearest' })
  }, [when])
  return (
    <div ref={ref} className="form">
      {children}
    </div>
  )
}

interface ActionsProps {
  form: string
  may: boolean
  saving: boolean
  changed: boolean
  onDelete: (() => void) | null
  onClose: () => void
}

function Actions({ form, may, saving, changed, onDelete, onClose }: ActionsProps) {
  if (!may) return <Button onClick={onClose}>{t('editor.close')}</Button>
  return (
    <>
      {onDelete && (
        <Button className="actions-apart" onClick={onDelete}>
          {t('editor.deleteYes')}
        </Button>
      )}
      <Button onClick={onClose}>{t('action.cancel')}</Button>
      <Button form={form} type="submit" appearance="primary" disabledFocusable={saving || !changed}>
        {t(saving ? 'settings.saving' : 'settings.save')}
      </Button>
    </>
  )
}

function Contested() {
  return (
    <div role="status">
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{t('editor.contested')}</MessageBarBody>
      </MessageBar>
    </div>
  )
}

interface QuestionProps {
  title: string
  more: string
  yes: string
  onYes: () => void
  onNo: () => void
}

/** Asks before something that cannot be taken back. */
export function Question({ title, more, yes, onYes, onNo }: QuestionProps) {
  return (
    <Modal
      alert
      title={title}
      onClose={onNo}
      actions={
        <>
          <Button onClick={onNo}>{t('action.cancel')}</Button>
          <Button className="danger" appearance="primary" onClick={onYes}>
            {yes}
          </Button>
        </>
      }
    >
      <p>{more}</p>
    </Modal>
  )
}
