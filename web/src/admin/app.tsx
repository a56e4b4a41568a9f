/** @jsxImportSource react */
// The admin center: who is signed in, and which page the address means. What
// somebody may see is decided by the server; a page shows its answer.
import { type ComponentType, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { me, signOut } from '../api'
import { t } from '../i18n/admin'
import type { Me, Permission } from '../wire'
import { type Asked, go, useAddress, useAsked, useTitle } from './hooks'
import type { PageProps } from './kit/configured'
import { ButtonLink, PageLink } from './link'
import { Empty, PageHead, Waiting } from './parts'
import { RefusalBar } from './refusal'
import { hrefOf, lacks, type Page, type Route, routeOf } from './route'
import { Crumbs, Shell } from './shell'
import { keepAddress, keptAddress, signInHref } from './signin'

export function App() {
  const { asked, again } = useAsked(me)
  const route = routeOf(useAddress())
  useEffect(() => {
    const address = keptAddress()
    if (address !== null) go(address, 'replace')
  }, [])
  const who = asked.is === 'here' ? asked.value : null
  return (
    <Shell
      person={who?.person ?? null}
      organisation={who?.organisation.name ?? ''}
      open={route.page}
      permissions={who?.permissions ?? []}
      onSignOut={() => void leave()}
    >
      <Body asked={asked} again={again} route={route} />
    </Shell>
  )
}

/** Signs out of this browser and goes where the server says. */
async function leave(): Promise<void> {
  try {
    location.assign((await signOut(false)).location || '/')
  } catch {
    location.assign('/') // the page there shows whether it worked
  }
}

function Body({ asked, again, route }: { asked: Asked<Me>; again: () => void; route: Route }) {
  switch (asked.is) {
    case 'loading':
      return <Waiting>{t('admin.loading')}</Waiting>
    case 'failed':
      return asked.refusal.status === 401 ? <SignIn /> : <RefusalBar refusal={asked.refusal} onAgain={again} />
    case 'here':
      return <Pages me={asked.value} route={route} />
  }
}

function SignIn() {
  useTitle(t('admin.name'))
  return (
    <section className="card">
      <h1>{t('admin.signIn.title')}</h1>
      <p>{t('admin.signIn.more')}</p>
      <div className="actions">
        <ButtonLink href={signInHref()} appearance="primary" size="large" onClick={keepAddress}>
          {t('signIn.button')}
        </ButtonLink>
      </div>
    </section>
  )
}

const shown: Record<Exclude<Page, 'settings'>, ComponentType<PageProps>> = {
  overview: lazy(() => import('./overview/overview')),
  live: lazy(() => import('./live/live')),
  sessions: lazy(() => import('./reports/reports')),
  people: lazy(() => import('./people/people')),
  groups: lazy(() => import('./groups/groups')),
  devices: lazy(() => import('./devices/devices')),
  compliance: lazy(() => import('./compliance/compliance')),
  roles: lazy(() => import('./roles/roles')),
  assignments: lazy(() => import('./roles/assignments')),
  whyNot: lazy(() => import('./roles/why')),
  policies: lazy(() => import('./policies/policies')),
  locations: lazy(() => import('./policies/locations')),
  whatIf: lazy(() => import('./policies/whatif')),
  tokens: lazy(() => import('./tokens/tokens')),
  audit: lazy(() => import('./audit/audit'))
}
const Settings = lazy(() => import('./settings/settings'))

/** The open page. The settings stay in place once opened, so that looking something up elsewhere loses no typing. */
function Pages({ me: who, route }: { me: Me; route: Route }) {
  const { page } = route
  const moved = useMoved(page)
  const missing = page === 'unknown' ? null : lacks(page, who.permissions)
  const inSettings = page === 'settings' && missing === null
  const [settingsOpened, setSettingsOpened] = useState(inSettings)
  if (inSettings && !settingsOpened) setSettingsOpened(true)
  const One = page === 'unknown' || page === 'settings' ? null : shown[page]
  return (
    <>
      <Crumbs page={page} />
      <Suspense fallback={<Waiting>{t('admin.loading')}</Waiting>}>
        {settingsOpened && (
          <Settings shown={inSettings} focus={moved && inSettings} may={who.permissions.includes('manage_settings')} />
        )}
        {missing !== null && page !== 'unknown' && <Missing page={page} permission={missing} focus={moved} />}
        {missing === null && One && (
          <One key={page} query={route.query} focus={moved} may={(p) => who.permissions.includes(p)} own={who.person.id} />
        )}
      </Suspense>
      {page === 'unknown' && <Unknown focus={moved} />}
    </>
  )
}

/** A page that the reader may not see says which permission is missing, and how to find out why. */
function Missing({ page, permission, focus }: { page: Page; permission: Permission; focus: boolean }) {
  useTitle(t(`title.${page}`))
  return (
    <>
      <PageHead title={t(`title.${page}`)} lead="" focus={focus} />
      <Empty
        title={t('error.not_permitted')}
        more={t('ground.permission_missing', { permission: t(`permission.${permission}`) })}
      >
        <p className="quiet">{t('fix.not_permitted')}</p>
      </Empty>
    </>
  )
}

/** Whether the page was opened from another one: its heading takes the focus then, not at the first load. */
function useMoved(tab: Route['page']): boolean {
  const first = useRef(tab)
  const [moved, setMoved] = useState(false)
  useEffect(() => {
    if (tab !== first.current) setMoved(true)
  }, [tab])
  return moved
}

function Unknown({ focus }: { focus: boolean }) {
  useTitle(t('title.unknown'))
  return (
    <>
      <PageHead title={t('title.unknown')} lead={t('admin.unknown.more')} focus={focus} />
      <PageLink href={hrefOf('overview')}>{t('admin.unknown.back')}</PageLink>
    </>
  )
}
