/** @jsxImportSource react */
// The admin center: who is signed in, and which page the address means. What
// somebody may see is decided by the server; a page shows its answer.
import { useEffect, useRef, useState } from 'react'
import { me, signOut } from '../api'
import { t } from '../i18n/admin'
import type { Me } from '../wire'
import { type Asked, go, useAddress, useAsked, useTitle } from './hooks'
import { ButtonLink, PageLink } from './link'
import { PageHead, Waiting } from './parts'
import { PeoplePage } from './people/people'
import { RefusalBar } from './refusal'
import { ReportsPage } from './reports/reports'
import { paths, type Route, routeOf } from './route'
import { SettingsPage } from './settings/settings'
import { Shell } from './shell'
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
      open={route.tab}
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

/** The open page. The settings stay in place once opened, so that looking something up elsewhere loses no typing. */
function Pages({ me: who, route }: { me: Me; route: Route }) {
  const moved = useMoved(route.tab)
  const [settingsOpened, setSettingsOpened] = useState(route.tab === 'settings')
  if (route.tab === 'settings' && !settingsOpened) setSettingsOpened(true)
  return (
    <>
      {route.tab === 'sessions' && (
        <ReportsPage filter={route.filter} may={who.permissions.includes('view_reports')} focus={moved} />
      )}
      {settingsOpened && <SettingsPage shown={route.tab === 'settings'} focus={moved && route.tab === 'settings'} />}
      {route.tab === 'people' && <PeoplePage search={route.search} own={who.person.id} focus={moved} />}
      {route.tab === 'unknown' && <Unknown focus={moved} />}
    </>
  )
}

/** Whether the page was opened from another one: its heading takes the focus then, not at the first load. */
function useMoved(tab: Route['tab']): boolean {
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
      <PageLink href={paths.sessions}>{t('admin.unknown.back')}</PageLink>
    </>
  )
}
