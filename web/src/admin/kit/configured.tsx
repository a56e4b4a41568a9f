/** @jsxImportSource react */
// A page of configured things: the list, and the editor of the one that the
// address names. Every kind of thing is shown and changed by this page.
import { Button } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import type { Collection, Kept } from '../../api/admin'
import { t } from '../../i18n/admin'
import type { Permission } from '../../wire'
import { go, refusalIn, useAsked, useTitle } from '../hooks'
import { PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { hrefOf, type Page } from '../route'
import { type Editing, Editor } from './editor'
import { type Column, DataList, type Facet } from './list'
import { Notice, type Saying, useNotice } from './notice'

/** What every page is given. */
export interface PageProps {
  query: URLSearchParams
  /** The page was opened from another one. */
  focus: boolean
  /** Whether the reader has a permission. */
  may: (permission: Permission) => boolean
  /** Id of the reader. */
  own: string
}

/** What the address says of a new thing instead of an id. */
const fresh = 'new'

interface ConfiguredProps<W extends Kept & B, B extends { name: string }, D> extends Pick<PageProps, 'query' | 'focus'> {
  page: Page
  words: { title: string; lead: string; label: string; add: string; titleNew: string; empty: { title: string; more: string } }
  /** Asks for everything the page shows; the same function each time. */
  load: () => Promise<D>
  rows: (known: D) => readonly W[]
  columns: (known: D, saying: Saying, again: () => Promise<void>) => readonly Column<W>[]
  facets?: (known: D) => readonly Facet<W>[]
  collection: Collection<W, B>
  blank: B
  /** What a new one begins with, when the address says more. */
  start?: (known: D, from: string) => B
  tidy?: (draft: B) => B
  mayWrite: boolean
  /** A thing that nobody can change. */
  isFixed?: (thing: W) => boolean
  commands?: (known: D) => ReactNode
  form: (editing: Editing<B>, known: D, thing: W | null) => ReactNode
  beside?: (thing: W, known: D) => ReactNode
}

export function Configured<W extends Kept & B, B extends { name: string }, D>(p: ConfiguredProps<W, B, D>) {
  useTitle(p.words.title)
  const { asked, again, put } = useAsked(p.load)
  const saying = useNotice()
  const fetchAgain = async () => {
    try {
      put(await p.load())
    } catch (e) {
      saying.say({ is: 'refused', refusal: refusalIn(e) })
    }
  }
  return (
    <>
      <PageHead title={p.words.title} lead={p.words.lead} focus={p.focus} />
      <Notice {...saying} />
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && <Loaded {...p} known={asked.value} saying={saying} fetchAgain={fetchAgain} />}
    </>
  )
}

interface LoadedProps<W extends Kept & B, B extends { name: string }, D> extends ConfiguredProps<W, B, D> {
  known: D
  saying: Saying
  fetchAgain: () => Promise<void>
}

function Loaded<W extends Kept & B, B extends { name: string }, D>(p: LoadedProps<W, B, D>) {
  const { known, query } = p
  const rows = p.rows(known)
  const add = p.mayWrite && (
    <Button appearance="primary" onClick={() => go(hrefOf(p.page, withParts(query, { open: fresh })))}>
      {p.words.add}
    </Button>
  )
  return (
    <>
      <DataList
        page={p.page}
        query={query}
        label={p.words.label}
        rows={rows}
        keyOf={(row) => row.id}
        columns={p.columns(known, p.saying, p.fetchAgain)}
        facets={p.facets?.(known) ?? []}
        empty={p.words.empty}
        commands={
          <>
            {add}
            {p.commands?.(known)}
          </>
        }
      />
      <Open {...p} found={rows} />
    </>
  )
}

/** The editor of what the address names. */
function Open<W extends Kept & B, B extends { name: string }, D>(p: LoadedProps<W, B, D> & { found: readonly W[] }) {
  const { known, query } = p
  const id = query.get('open') ?? ''
  const from = query.get('from') ?? ''
  const thing = p.found.find((row) => row.id === id) ?? null
  const close = () => go(hrefOf(p.page, withParts(query, { open: '', from: '' })))
  const done = (text: string) => {
    p.saying.say({ is: 'done', text })
    close()
    void p.fetchAgain()
  }
  const [opened, setOpened] = useState<{ id: string; thing: W | null }>({ id: '', thing: null })
  if (opened.id !== `${id} ${from}`) setOpened({ id: `${id} ${from}`, thing }) // what is edited stays, whatever the list learns
  if (id === '' || (id !== fresh && !opened.thing)) return null
  return (
    <Editor<W, B>
      key={`${id} ${from}`}
      collection={p.collection}
      thing={opened.thing}
      blank={id === fresh && p.start && from !== '' ? p.start(known, from) : p.blank}
      began={id === fresh && from !== ''}
      {...(p.tidy ? { tidy: p.tidy } : {})}
      titleNew={p.words.titleNew}
      may={p.mayWrite && !(opened.thing && p.isFixed?.(opened.thing))}
      onDone={done}
      onClose={close}
      beside={opened.thing && p.beside?.(opened.thing, known)}
    >
      {(editing) => p.form(editing, known, opened.thing)}
    </Editor>
  )
}

/** A query with some parts replaced; empty ones go. */
export function withParts(query: URLSearchParams, parts: Record<string, string>): URLSearchParams {
  const out = new URLSearchParams(query)
  for (const [k, v] of Object.entries(parts)) {
    if (v === '') out.delete(k)
    else out.set(k, v)
  }
  return out
}

/** What somebody may not see is not there; any other refusal stands. */
export async function orNone<T>(asking: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asking
  } catch (e) {
    if (refusalIn(e).status === 403) return []
    throw e
  }
}
