/** @jsxImportSource react */
// Why somebody may not do something: what is missing, and every assignment that
// was looked at.
import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import { whyNot } from '../../api/admin'
import { dynamic, t } from '../../i18n/admin'
import type { Considered, Explanation, Permission, Person } from '../../wire'
import { type Asked, refusalIn, useAsked, useTitle } from '../hooks'
import { orNone, type PageProps } from '../kit/configured'
import { DeviceField } from '../kit/find'
import { ChoiceField } from '../kit/form'
import { DataList } from '../kit/list'
import { everybody } from '../names'
import { PageHead, Waiting } from '../parts'
import { permissions } from '../people/match'
import { RefusalBar } from '../refusal'
import { groundText } from '../words'

const load = () => orNone(everybody())

export default function WhyNotPage({ query, focus, own }: PageProps) {
  useTitle(t('title.whyNot'))
  const { asked, again } = useAsked(load)
  return (
    <>
      <PageHead title={t('title.whyNot')} lead={t('whyNot.lead')} focus={focus} />
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && <Question people={asked.value} own={own} query={query} />}
    </>
  )
}

type Answer = Asked<Explanation> | { is: 'nothing' }

function Question({ people, own, query }: { people: readonly Person[]; own: string; query: URLSearchParams }) {
  const [person, setPerson] = useState(query.get('person') ?? own)
  const [permission, setPermission] = useState<Permission>('offer_remote_assistance')
  const [target, setTarget] = useState('')
  const [device, setDevice] = useState('')
  const [answer, setAnswer] = useState<Answer>({ is: 'nothing' })
  const ask = async (e: FormEvent) => {
    e.preventDefault()
    setAnswer({ is: 'loading' })
    try {
      const value = await whyNot({
        person,
        permission,
        ...(target === '' ? {} : { target }),
        ...(device === '' ? {} : { device })
      })
      setAnswer({ is: 'here', value })
    } catch (error) {
      setAnswer({ is: 'failed', refusal: refusalIn(error) })
    }
  }
  const names = people.map((p) => [p.id, p.name] as const)
  return (
    <>
      <form className="panel what-if" onSubmit={(e) => void ask(e)}>
        <ChoiceField label={t('whyNot.person')} value={person} options={names} onChange={setPerson} />
        <ChoiceField
          label={t('whyNot.permission')}
          value={permission}
          options={permissions.map((p) => [p, t(`permission.${p}`)] as const)}
          onChange={setPermission}
        />
        <ChoiceField
          label={t('whyNot.target')}
          value={target}
          options={[['', t('whyNot.everything')] as const, ...names]}
          onChange={setTarget}
        />
        <DeviceField label={t('whyNot.device')} onChange={setDevice} />
        <div className="row">
          <Button type="submit" appearance="primary">
            {t('whyNot.ask')}
          </Button>
        </div>
      </form>
      {answer.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {answer.is === 'failed' && <RefusalBar refusal={answer.refusal} />}
      {answer.is === 'here' && <Answered explanation={answer.value} query={query} />}
    </>
  )
}

function Answered({ explanation: e, query }: { explanation: Explanation; query: URLSearchParams }) {
  return (
    <>
      <div role="status">
        <MessageBar intent={e.allowed ? 'success' : 'warning'} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t(e.allowed ? 'whyNot.allowed' : 'whyNot.refused')}</MessageBarTitle>
            {e.reasons.map(groundText).join(' ')}
          </MessageBarBody>
        </MessageBar>
      </div>
      <h2>{t('whyNot.considered')}</h2>
      <DataList<Considered>
        page="whyNot"
        query={query}
        label={t('whyNot.considered')}
        rows={e.assignments}
        keyOf={(a) => a.id}
        flat
        columns={[
          { id: 'name', head: t('title.assignments'), text: (a) => a.name, cell: (a) => <bdi>{a.name}</bdi> },
          {
            id: 'role',
            head: t('assignments.role'),
            text: (a) => a.role,
            cell: (a) => <bdi>{dynamic(`role.${a.role}`, a.role)}</bdi>
          },
          { id: 'member', head: t('whyNot.member'), cell: (a) => yes(a.member) },
          { id: 'covers', head: t('whyNot.covers'), cell: (a) => yes(a.covers) },
          { id: 'expired', head: t('assignments.expired'), cell: (a) => yes(a.expired) }
        ]}
        empty={{ title: t('whyNot.none'), more: t('whyNot.noneMore') }}
      />
    </>
  )
}

const yes = (is: boolean) => t(is ? 'field.yes' : 'field.no')
