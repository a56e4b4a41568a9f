/** @jsxImportSource react */
// Who or what belongs to a group. Putting in and taking out takes effect at once
// and can be undone.
import { Button } from '@fluentui/react-components'
import { useCallback } from 'react'
import { members, setMember } from '../../api/admin'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Group, Named } from '../../wire'
import { refusalIn, useAsked } from '../hooks'
import { Find, findDevices, findPeople } from '../kit/find'
import { Part } from '../kit/form'
import { Notice, useNotice } from '../kit/notice'
import { Waiting } from '../parts'
import { RefusalBar } from '../refusal'

interface Belonging {
  list: readonly Named[]
  next: string
}

export function MembersPart({ group, may }: { group: Group; may: boolean }) {
  const load = useCallback(async (): Promise<Belonging> => {
    const page = await members(group.id, '')
    return { list: page.members, next: page.next }
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
          {editable && (
            <Find
              label={t(group.of === 'people' ? 'members.search' : 'members.searchDevices')}
              find={group.of === 'people' ? findPeople : findDevices}
              except={new Set(asked.value.list.map((m) => m.id))}
              choose={{ words: t('members.add'), of: (name) => t('members.addOf', { name }) }}
              onChoose={(one) => void change(one, true)}
            />
          )}
          <MemberList list={asked.value.list} onRemove={editable ? (m) => void change(m, false) : null} />
          {asked.value.next !== '' && <Button onClick={() => void more(asked.value)}>{t('list.more')}</Button>}
        </>
      )}
    </Part>
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
