/** @jsxImportSource react */
// The people of the organisation, their roles and groups.
import { Button, Field, SearchBox } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { groups, people, roles } from '../../api/admin'
import { t } from '../../i18n/admin'
import type { Person, Roles } from '../../wire'
import { go, refusalIn, useAsked, useTitle } from '../hooks'
import { Empty, PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { peopleHref, searchLimit } from '../route'
import { PeopleList } from './list'
import { matching } from './match'

interface PeoplePageProps {
  search: string
  /** Who is looking. */
  own: string
  focus: boolean
}

interface Known {
  everybody: readonly Person[]
  /** Names of roles and groups by their ids. */
  names: ReadonlyMap<string, string>
}

/** Everybody, and the names of what they belong to. Who may not see the roles still sees the people. */
async function everybody(): Promise<Known> {
  const [all, sets, held] = await Promise.all([people(), groups(), roles().catch(notPermitted)])
  return { everybody: all.people, names: new Map([...sets.items, ...held.items].map((o) => [o.id, o.name])) }
}

function notPermitted(e: unknown): Roles {
  if (refusalIn(e).status === 403) return { items: [] }
  throw e
}

export function PeoplePage({ focus, ...rest }: PeoplePageProps) {
  useTitle(t('title.people'))
  const { asked, again } = useAsked(everybody)
  return (
    <>
      <PageHead title={t('title.people')} lead={t('people.lead')} focus={focus} />
      {asked.is === 'loading' && <Waiting>{t('people.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && <Everybody {...rest} {...asked.value} />}
    </>
  )
}

interface EverybodyProps extends Known {
  search: string
  own: string
}

function Everybody({ search, own, everybody, names }: EverybodyProps) {
  const [text, setText] = useSearchText(search)
  const found = matching(everybody, text)
  return (
    <>
      <Search text={text} onText={setText} />
      {found.length > 0 ? <PeopleList people={found} own={own} names={names} /> : <Nobody onClear={() => setText('')} />}
      <p className="quiet" role="status">
        {t('people.shown', { count: found.length })}
      </p>
    </>
  )
}

/** How long the address waits for the typing to rest, in ms: some browsers refuse to have it changed with every key. */
const restsAfter = 300

/** What is searched for: at once on the page, a moment later in the address bar. */
function useSearchText(search: string): [string, (text: string) => void] {
  const [text, setText] = useState(search)
  useEffect(() => setText(search), [search])
  useEffect(() => {
    if (text === search) return
    const id = setTimeout(() => go(peopleHref(text), 'replace'), restsAfter)
    return () => clearTimeout(id)
  }, [text, search])
  return [text, setText]
}

function Search({ text, onText }: { text: string; onText: (text: string) => void }) {
  return (
    <Field label={t('people.search')} className="people-search">
      <SearchBox
        value={text}
        maxLength={searchLimit}
        placeholder={t('people.searchHint')}
        dismiss={{ 'aria-label': t('people.clear') }}
        onChange={(_, d) => onText(d.value)}
      />
    </Field>
  )
}

function Nobody({ onClear }: { onClear: () => void }) {
  return (
    <Empty title={t('people.none')} more={t('people.noneMore')}>
      <Button onClick={onClear}>{t('people.clear')}</Button>
    </Empty>
  )
}
