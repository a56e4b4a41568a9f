/** @jsxImportSource react */
// One device: what is known of it and how, whether it complies and why not, who was
// helped on it, and what can be done with it.
import { Button } from '@fluentui/react-components'
import { useCallback, useState } from 'react'
import { device } from '../../api/devices'
import { enrolmentLink, withdrawDevice } from '../../api/inventory'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { DeviceDetail, Group, Ticket } from '../../wire'
import { refusalIn, useAsked, useTitle } from '../hooks'
import { type PageProps, withParts } from '../kit/configured'
import { Question } from '../kit/editor'
import { Notice, useNotice } from '../kit/notice'
import { ButtonLink, PageLink } from '../link'
import { namer } from '../names'
import { Facts, PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { hrefOf } from '../route'
import { listText, momentText } from '../words'
import { ComplianceBadge } from './devices'
import { DeviceForm } from './edit'
import { EnrolmentLink } from './enrol'
import { Audit, Compliance, KnownFacts, Sessions } from './history'
import { enrolmentText, gradeMeaning, gradeText, ownershipText, platformText } from './words'

interface DevicePageProps extends PageProps {
  id: string
  groups: readonly Group[]
}

export function DevicePage({ id, query, focus, may, groups }: DevicePageProps) {
  const { asked, again, put } = useAsked(useCallback(() => device(id), [id]))
  const title = asked.is === 'here' ? asked.value.name : t('title.devices')
  useTitle(title)
  return (
    <>
      <p>
        <PageLink href={hrefOf('devices', withParts(query, { open: '' }))}>{t('devices.back')}</PageLink>
      </p>
      <PageHead title={title} lead="" focus={focus} />
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && <Shown device={asked.value} groups={groups} may={may} put={put} />}
    </>
  )
}

interface ShownProps extends Pick<DevicePageProps, 'groups' | 'may'> {
  device: DeviceDetail
  put: (d: DeviceDetail) => void
}

function Shown({ device: d, groups, may, put }: ShownProps) {
  return (
    <div className="device">
      <Commands device={d} may={may} put={put} />
      <section className="panel group" aria-label={t('device.about')}>
        <h2>{t('device.about')}</h2>
        <Facts of={factsOf(d, groups)} />
      </section>
      <Compliance device={d} />
      <KnownFacts facts={d.facts} />
      <Sessions sessions={d.sessions} />
      {may('view_audit') && <Audit lines={d.audit} />}
    </div>
  )
}

function factsOf(d: DeviceDetail, groups: readonly Group[]) {
  const at = (iso: string | undefined) => (iso ? momentText(iso) : '')
  const owner = d.owner && <PageLink href={hrefOf('people', { open: d.owner.id })}>{d.owner.name}</PageLink>
  return [
    [t('device.owner'), owner ?? t('device.noOwner')],
    [t('device.enrolment'), `${enrolmentText(d.enrolment)} – ${t(`enrolment.${d.enrolment}.more`)}`],
    [t('device.grade'), d.grade === '' ? gradeMeaning('') : `${gradeText(d.grade)} – ${gradeMeaning(d.grade)}`],
    [t('device.compliance'), <ComplianceBadge key="compliance" device={d} />],
    [t('device.platform'), platformText(d.platform)],
    [t('device.ownership'), ownershipText(d.ownership)],
    [t('device.manufacturer'), d.manufacturer],
    [t('device.model'), d.model],
    [t('device.serial'), d.serial],
    [t('device.externalId'), d.externalId],
    [t('device.group'), d.groups.length === 0 ? '' : listText(d.groups.map(namer(groups)))],
    [t('device.created'), at(d.createdAt)],
    [t('device.enrolled'), at(d.enrolledAt)],
    [t('device.seen'), at(d.seenAt)]
  ] as const
}

type Open = 'nothing' | 'edit' | 'retire' | 'revoke' | { ticket: Ticket }

function Commands({ device: d, may, put }: Omit<ShownProps, 'groups'>) {
  const [open, setOpen] = useState<Open>('nothing')
  const saying = useNotice()
  const close = () => setOpen('nothing')
  const name = isolate(d.name)
  const withdraw = (how: 'retire' | 'revoke') => {
    close()
    void saying.doing(async () => put(await withdrawDevice(d.id, how)), t(`device.${how}d`, { name }))
  }
  const link = async (owner: string) => {
    try {
      setOpen({ ticket: await enrolmentLink({ owner, device: d.id }) })
    } catch (e) {
      saying.say({ is: 'refused', refusal: refusalIn(e) })
    }
  }
  const gone = d.enrolment === 'retired' || d.enrolment === 'revoked'
  const { owner } = d
  return (
    <>
      <div className="commands" role="toolbar" aria-label={t('list.commands')}>
        <div className="row">
          {d.enrolment === 'enrolled' && may('offer_remote_assistance') && (
            <ButtonLink appearance="primary" href={`/help?${new URLSearchParams({ device: d.id })}`}>
              {t('device.help')}
            </ButtonLink>
          )}
          {owner && may('enrol_devices') && d.enrolment !== 'enrolled' && (
            <Button onClick={() => void link(owner.id)}>{t('device.link')}</Button>
          )}
          {may('manage_devices') && <Button onClick={() => setOpen('edit')}>{t('device.edit')}</Button>}
          {may('manage_devices') && !gone && <Button onClick={() => setOpen('retire')}>{t('device.retire')}</Button>}
          {may('manage_devices') && d.enrolment === 'enrolled' && (
            <Button onClick={() => setOpen('revoke')}>{t('device.revoke')}</Button>
          )}
        </div>
      </div>
      <Notice {...saying} />
      {open === 'edit' && (
        <DeviceForm
          device={d}
          onSaved={(now) => {
            put(now)
            close()
            saying.say({ is: 'done', text: t('editor.saved', { name: isolate(now.name) }) })
          }}
          onClose={close}
        />
      )}
      {(open === 'retire' || open === 'revoke') && (
        <Question
          title={t(`device.${open}Ask`, { name })}
          more={t(`device.${open}More`)}
          yes={t(`device.${open}`)}
          onYes={() => withdraw(open)}
          onNo={close}
        />
      )}
      {typeof open === 'object' && <EnrolmentLink ticket={open.ticket} onClose={close} />}
    </>
  )
}
