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
import { momentText } from '../words'
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

/** The pages of configured things. */
type Configurable = Extract<Page, 'groups' | 'roles' | 'assignments' | 'policies' | 'locations' | 'compliance'>

/** What is read of every configured thing. */
interface Thing extends Kept {
  updatedAt: string
}

/** What is written of every configured thing. */
interface Named {
  name: string
  description: string
}

interface ConfiguredProps<W extends Thing & B, B extends Named, D> extends Pick<PageProps, 'query' | 'focus'> {
  page: Configurable
  /** Asks for everything the page shows; the same function each time. */
  load: () => Promise<D>
  rows: (known: D) => readonly W[]
  /** Columns between the name and the description. */
  columns: (known: D, saying: Saying, again: () => Promise<void>) => readonly Column<W>[]
  /** Words of a thing in the reader's language, where it has any. */
  nameOf?: (thing: W) => string
  descriptionOf?: (thing: W) => string
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

export function Configured<W extends Thing & B, B extends Named, D>(p: ConfiguredProps<W, B, D>) {
  const title = t(`title.${p.page}`)
  useTitle(title)
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
      <PageHead title={title} lead={t(`lead.${p.page}`)} focus={p.focus} />
      <Notice {...saying} />
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && <Loaded {...p} known={asked.value} saying={saying} fetchAgain={fetchAgain} />}
    </>
  )
}

interface LoadedProps<W extends Thing & B, B extends Named, D> extends ConfiguredProps<W, B, D> {
  known: D
  saying: Saying
  fetchAgain: () => Promise<void>
}

function Loaded<W extends Thing & B, B extends Named, D>(p: LoadedProps<W, B, D>) {
  const { known, query } = p
  const rows = p.rows(known)
  const add = p.mayWrite && (
    <Button appearance="primary" onClick={() => go(hrefOf(p.page, withParts(query, { open: fresh })))}>
      {t(`add.${p.page}`)}
    </Button>
  )
  return (
    <>
      <DataList
        page={p.page}
        query={query}
        label={t(`title.${p.page}`)}
        rows={rows}
        keyOf={(row) => row.id}
        columns={columnsOf(p)}
        facets={p.facets?.(known) ?? []}
        empty={{ title: t(`empty.${p.page}`), more: t(`emptyMore.${p.page}`) }}
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

/** Every list begins with the name and ends with the description and when it was changed. */
function columnsOf<W extends Thing & B, B extends Named, D>(p: LoadedProps<W, B, D>): readonly Column<W>[] {
  const name = p.nameOf ?? ((w: W) => w.name)
  const description = p.descriptionOf ?? ((w: W) => w.description)
  return [
    { id: 'name', head: t('field.name'), text: name, cell: (w) => <bdi>{name(w)}</bdi> },
    ...p.columns(p.known, p.saying, p.fetchAgain),
    { id: 'description', head: t('field.description'), text: description, cell: (w) => <bdi>{description(w)}</bdi> },
    {
      id: 'updated',
      head: t('field.updated'),
      extra: true,
      text: (w) => w.updatedAt,
      cell: (w) => (p.isFixed?.(w) ? '' : momentText(w.updatedAt))
    }
  ]
}

/** The editor of what the address names. */
function Open<W extends Thing & B, B extends Named, D>(p: LoadedProps<W, B, D> & { found: readonly W[] }) {
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
      titleNew={t(`add.${p.page}`)}
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
