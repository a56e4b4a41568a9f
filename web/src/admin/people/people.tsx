/** @jsxImportSource react */
// The people of the organisation and what they may do.
import { Button, Field, MessageBar, MessageBarBody, SearchBox } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { people } from '../../api/admin'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Permission, Person } from '../../wire'
import { go, useAsked, useTitle } from '../hooks'
import { Empty, PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { peopleHref, searchLimit } from '../route'
import { EditPermissions } from './edit'
import { PeopleList } from './list'
import { matching } from './match'

interface PeoplePageProps {
  search: string
  /** Whose permissions are open; empty: nobody's. */
  person: string
  /** Who is looking. */
  own: string
  focus: boolean
}

export function PeoplePage({ focus, ...rest }: PeoplePageProps) {
  useTitle(t('title.people'))
  const { asked, again, put } = useAsked(people)
  return (
    <>
      <PageHead title={t('title.people')} lead={t('people.lead')} focus={focus} />
      {asked.is === 'loading' && <Waiting>{t('people.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && (
        <Everybody {...rest} everybody={asked.value.people} onPeople={(list) => put({ people: [...list] })} />
      )}
    </>
  )
}

interface EverybodyProps extends Omit<PeoplePageProps, 'focus'> {
  everybody: readonly Person[]
  onPeople: (list: readonly Person[]) => void
}

function Everybody({ search, person, own, everybody, onPeople }: EverybodyProps) {
  const [saved, setSaved] = useState('')
  const [text, setText] = useSearchText(search)
  const open = everybody.find((p) => p.id === person)
  const found = matching(everybody, text)
  const close = () => go(peopleHref(text))
  const keep = (id: string, held: readonly Permission[]) => {
    onPeople(everybody.map((p) => (p.id === id ? { ...p, permissions: [...held] } : p)))
    setSaved(everybody.find((p) => p.id === id)?.name ?? '')
    close()
  }
  const edit = (p: Person) => {
    setSaved('')
    go(peopleHref(text, p.id))
  }
  return (
    <>
      <Search text={text} onText={setText} />
      <div role="status">
        {saved !== '' && (
          <MessageBar intent="success">
            <MessageBarBody>{t('person.saved', { name: isolate(saved) })}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {found.length > 0 ? <PeopleList people={found} own={own} onEdit={edit} /> : <Nobody onClear={() => setText('')} />}
      <p className="quiet" role="status">
        {t('people.shown', { count: found.length })}
      </p>
      {open && <EditPermissions key={open.id} person={open} own={open.id === own} onSaved={keep} onClose={close} />}
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
