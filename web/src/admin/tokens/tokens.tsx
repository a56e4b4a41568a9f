/** @jsxImportSource react */
// API tokens: what programs call the API with, on whose behalf, and until when.
import { Badge, Button, Link } from '@fluentui/react-components'
import { useState } from 'react'
import type { Refusal } from '../../api'
import { person } from '../../api/admin'
import { revokeToken, tokens } from '../../api/records'
import { isolate } from '../../i18n'
import { dynamic, t } from '../../i18n/admin'
import type { NewToken, Token } from '../../wire'
import { refusalIn, useAsked, useTitle } from '../hooks'
import type { PageProps } from '../kit/configured'
import { type Column, DataList, type Facet } from '../kit/list'
import { Notice, useNotice } from '../kit/notice'
import { Modal } from '../modal'
import { PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { listText, momentText } from '../words'
import { MakeToken, Secret } from './make'

interface Known {
  tokens: readonly Token[]
  /** Names of the owners, as far as the reader may see them. */
  names: ReadonlyMap<string, string>
}

async function load(): Promise<Known> {
  const all = await tokens()
  const owners = [...new Set(all.map((k) => k.owner))]
  const names = await Promise.all(owners.map(async (id) => [id, await nameOf(id)] as const))
  return { tokens: all, names: new Map(names) }
}

/** Who may not see somebody does not learn the name. */
async function nameOf(id: string): Promise<string> {
  try {
    return (await person(id)).name
  } catch (e) {
    const { status } = refusalIn(e)
    if (status === 403 || status === 404) return t('tokens.somebody')
    throw e
  }
}

type Doing = { is: 'nothing' | 'making' } | { is: 'made'; made: NewToken } | { is: 'revoking'; token: Token }

export default function TokensPage({ query, focus, may, own }: PageProps) {
  useTitle(t('title.tokens'))
  const { asked, again } = useAsked(load)
  const [doing, setDoing] = useState<Doing>({ is: 'nothing' })
  const saying = useNotice()
  const close = () => setDoing({ is: 'nothing' })
  return (
    <>
      <PageHead title={t('title.tokens')} lead={t('tokens.lead')} focus={focus} />
      <Link href="/api/docs">{t('tokens.docs')}</Link>
      <Notice {...saying} />
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && (
        <DataList<Token>
          page="tokens"
          query={query}
          label={t('title.tokens')}
          rows={asked.value.tokens}
          keyOf={(k) => k.id}
          columns={columns(asked.value, own, (token) => setDoing({ is: 'revoking', token }))}
          facets={facets()}
          empty={{ title: t('tokens.empty'), more: t('tokens.emptyMore') }}
          commands={
            <Button appearance="primary" onClick={() => setDoing({ is: 'making' })}>
              {t('tokens.add')}
            </Button>
          }
          flat
        />
      )}
      {doing.is === 'making' && (
        <MakeToken
          may={may}
          onMade={(made) => {
            setDoing({ is: 'made', made })
            again()
          }}
          onClose={close}
        />
      )}
      {doing.is === 'made' && <Secret made={doing.made} onClose={close} />}
      {doing.is === 'revoking' && (
        <Revoke
          token={doing.token}
          onDone={() => {
            saying.say({ is: 'done', text: t('tokens.revoked', { name: isolate(doing.token.name) }) })
            close()
            again()
          }}
          onClose={close}
        />
      )}
    </>
  )
}

const isExpired = (k: Token) => new Date(k.expiresAt) <= new Date()

function columns({ names }: Known, own: string, onRevoke: (k: Token) => void): readonly Column<Token>[] {
  const owner = (k: Token) => names.get(k.owner) ?? ''
  const held = (k: Token) => listText(k.permissions.map((p) => dynamic(`permission.${p}`, p)))
  return [
    { id: 'name', head: t('field.name'), text: (k) => k.name, cell: (k) => <bdi>{k.name}</bdi> },
    {
      id: 'owner',
      head: t('tokens.owner'),
      text: owner,
      cell: (k) => (
        <>
          <bdi>{owner(k)}</bdi> {k.owner === own && <Badge appearance="tint">{t('person.you')}</Badge>}
        </>
      )
    },
    { id: 'permissions', head: t('roles.permissions'), text: held, cell: held },
    { id: 'created', head: t('tokens.created'), extra: true, text: (k) => k.createdAt, cell: (k) => momentText(k.createdAt) },
    {
      id: 'expires',
      head: t('tokens.expires'),
      text: (k) => k.expiresAt,
      cell: (k) => (
        <>
          {momentText(k.expiresAt)}{' '}
          {isExpired(k) && (
            <Badge appearance="tint" color="warning" size="large">
              {t('tokens.expired')}
            </Badge>
          )}
        </>
      )
    },
    {
      id: 'used',
      head: t('tokens.used'),
      text: (k) => k.usedAt ?? '',
      cell: (k) => (k.usedAt ? momentText(k.usedAt) : <span className="quiet">{t('tokens.never')}</span>)
    },
    {
      id: 'revoke',
      head: t('live.act'),
      cell: (k) => (
        <Button aria-label={t('tokens.revokeOf', { name: isolate(k.name) })} onClick={() => onRevoke(k)}>
          {t('tokens.revoke')}
        </Button>
      )
    }
  ]
}

function facets(): readonly Facet<Token>[] {
  return [
    {
      id: 'life',
      label: t('tokens.life'),
      of: (k) => (isExpired(k) ? 'expired' : 'valid'),
      options: [
        ['valid', t('tokens.valid')],
        ['expired', t('tokens.expired')]
      ]
    }
  ]
}

function Revoke({ token, onDone, onClose }: { token: Token; onDone: () => void; onClose: () => void }) {
  const [doing, setDoing] = useState<'nothing' | 'revoking' | Refusal>('nothing')
  const revoke = async () => {
    setDoing('revoking')
    try {
      await revokeToken(token.id)
      onDone()
    } catch (e) {
      setDoing(refusalIn(e))
    }
  }
  return (
    <Modal
      title={t('tokens.revokeOf', { name: isolate(token.name) })}
      alert
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button className="danger" appearance="primary" disabledFocusable={doing === 'revoking'} onClick={() => void revoke()}>
            {t('tokens.revoke')}
          </Button>
        </>
      }
    >
      <p>{t('tokens.revokeMore')}</p>
      {typeof doing === 'object' && <RefusalBar refusal={doing} onAgain={() => void revoke()} />}
    </Modal>
  )
}
