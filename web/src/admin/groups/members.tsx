/** @jsxImportSource react */
// Who or what belongs to a group. Putting in and taking out takes effect at once
// and can be undone.
import { Button, SearchBox } from '@fluentui/react-components'
import { useCallback, useState } from 'react'
import { members, setMember } from '../../api/admin'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Group, Named, Person } from '../../wire'
import { refusalIn, useAsked } from '../hooks'
import { orNone } from '../kit/configured'
import { Part } from '../kit/form'
import { Notice, useNotice } from '../kit/notice'
import { everybody } from '../names'
import { Waiting } from '../parts'
import { matching } from '../people/match'
import { RefusalBar } from '../refusal'

interface Belonging {
  list: readonly Named[]
  next: string
  /** Who could be put in. */
  people: readonly Person[]
}

export function MembersPart({ group, may }: { group: Group; may: boolean }) {
  const load = useCallback(async (): Promise<Belonging> => {
    const [page, people] = await Promise.all([members(group.id, ''), orNone(everybody())])
    return { list: page.members, next: page.next, people }
  }, [group.id])
  const { asked, again, put } = useAsked(load)
  const saying = useNotice()
  const change = (who: Named, isIn: boolean) => {
    const turn = (on: boolean) => async () => {
      await setMember(group.id, who.id, on)
      put(await load())
    }
    const words = t(isIn ? 'members.added' : 'members.removed', { name: isolate(who.name) })
    return saying.doing(turn(isIn), words, turn(!isIn))
  }
  const more = async (known: Belonging) => {
    try {
      const page = await members(group.id, known.next)
      put({ ...known, list: [...known.list, ...page.members], next: page.next })
    } catch (e) {
      saying.say({ is: 'refused', refusal: refusalIn(e) })
    }
  }
  const editable = may && group.kind === 'fixed'
  return (
    <Part title={t('members.title')} more={t(group.kind === 'fixed' ? 'members.fixed' : 'members.follow')}>
      <Notice {...saying} />
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && (
        <>
          {editable && group.of === 'people' && <Adding known={asked.value} onAdd={(p) => void change(p, true)} />}
          <MemberList list={asked.value.list} onRemove={editable ? (m) => void change(m, false) : null} />
          {asked.value.next !== '' && <Button onClick={() => void more(asked.value)}>{t('list.more')}</Button>}
        </>
      )}
    </Part>
  )
}

/** So many of those who were found are offered. */
const offered = 8

function Adding({ known, onAdd }: { known: Belonging; onAdd: (p: Person) => void }) {
  const [search, setSearch] = useState('')
  const inside = new Set(known.list.map((m) => m.id))
  const found = search.trim() === '' ? [] : matching(known.people, search).filter((p) => !inside.has(p.id))
  return (
    <>
      <SearchBox
        value={search}
        aria-label={t('members.search')}
        placeholder={t('members.search')}
        dismiss={{ 'aria-label': t('list.clear') }}
        onChange={(_, d) => setSearch(d.value)}
      />
      <ul className="members" aria-label={t('members.found')}>
        {found.slice(0, offered).map((p) => (
          <li key={p.id}>
            <span>
              <bdi>{p.name}</bdi> <bdi className="quiet">{p.email}</bdi>
            </span>
            <Button aria-label={t('members.addOf', { name: isolate(p.name) })} onClick={() => onAdd(p)}>
              {t('members.add')}
            </Button>
          </li>
        ))}
      </ul>
      {search.trim() !== '' && found.length === 0 && <p className="quiet">{t('members.nobody')}</p>}
    </>
  )
}

function MemberList({ list, onRemove }: { list: readonly Named[]; onRemove: ((m: Named) => void) | null }) {
  if (list.length === 0) return <p className="quiet">{t('members.empty')}</p>
  return (
    <ul className="members" aria-label={t('members.title')}>
      {list.map((m) => (
        <li key={m.id}>
          <bdi>{m.name}</bdi>
          {onRemove && (
            <Button aria-label={t('members.removeOf', { name: isolate(m.name) })} onClick={() => onRemove(m)}>
              {t('members.remove')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
