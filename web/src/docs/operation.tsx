// One operation: its line in the list, and everything about it once it is opened.
import type { ComponentChildren } from 'preact'
import { t } from '../i18n/docs'
import { t as common } from '../i18n/seats'
import { CopyButton } from '../ui/kit'
import { type Body, curl, type Operation, type Refused } from './describe'
import { Block, Code, English } from './english'
import { Kind, Parameters } from './members'
import { Opened } from './opened'

interface OperationProps {
  operation: Operation
  base: string
  /** Whether the address names it. */
  named: boolean
}

export function OperationItem({ operation: o, base, named }: OperationProps) {
  const summary = (
    <h3 class="operation">
      <span class={`method method-${o.method.toLowerCase()}`} lang="en" dir="ltr">
        {o.method}
      </span>
      <Code>{o.path}</Code>
      <span class="operation-summary">
        <English>{o.summary}</English>
      </span>
    </h3>
  )
  return (
    <Opened id={o.id} named={named} summary={summary}>
      <p>
        <English>{o.description}</English>
      </p>
      <p>
        <strong>{t('docs.permission')}</strong> <Permission name={o.permission} />
      </p>
      {!o.tokens && o.permission !== 'public' && <p>{t('docs.people')}</p>}
      <p class="quiet">
        <a href={`#${o.id}`}>{t('docs.link')}</a>
      </p>
      {o.parameters.length > 0 && (
        <Part title={t('docs.parameters')}>
          <Parameters all={o.parameters} />
        </Part>
      )}
      {o.request && (
        <Part title={t('docs.request')}>
          <BodyPart body={o.request} />
        </Part>
      )}
      <Part title={t('docs.answer', { status: o.status })}>
        {o.answer ? <BodyPart body={o.answer} /> : <p>{t('docs.answer.empty')}</p>}
      </Part>
      <Part title={t('docs.refusals')}>
        <Refusals all={o.refusals} />
      </Part>
      {o.tokens && (
        <Part title={t('docs.call')}>
          <Block text={curl(base, o)} />
          <CopyButton text={curl(base, o)} icon="copy" done={common('copy.done')} failed={common('copy.failed')}>
            {t('docs.copy')}
          </CopyButton>
        </Part>
      )}
    </Opened>
  )
}

function Permission({ name }: { name: string }) {
  if (name === 'public') return <>{t('docs.permission.public')}</>
  if (name === 'signed_in') return <>{t('docs.permission.signedIn')}</>
  return <Code>{name}</Code>
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="part">
      <h4>{title}</h4>
      {children}
    </section>
  )
}

function BodyPart({ body }: { body: Body }) {
  return (
    <>
      <p>
        <Code>{body.type}</Code> {body.schema && <Kind schema={body.schema} />}
      </p>
      {body.example !== null && (
        <>
          <p class="quiet">{t('docs.example')}</p>
          <Block text={body.example} />
        </>
      )}
    </>
  )
}

function Refusals({ all }: { all: readonly Refused[] }) {
  return (
    <dl class="members">
      {all.flatMap(({ status, codes }) =>
        codes.map(({ code, text }) => (
          <div class="member" key={`${status} ${code}`}>
            <dt>
              <span class="status">{status}</span> <Code>{code}</Code>
            </dt>
            <dd>
              <English>{text}</English>
            </dd>
          </div>
        ))
      )}
    </dl>
  )
}
