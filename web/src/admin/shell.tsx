/** @jsxImportSource react */
// What stands around every page: the name, the tabs, the language, who is signed in.
import { Avatar, Button } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { currentLanguage, languages, switchLanguage } from '../i18n'
import { type AdminMessage, t } from '../i18n/admin'
import type { Person } from '../wire'
import { PageLink } from './link'
import { paths, type Route, type Tab, tabs } from './route'

const names: Record<Tab, AdminMessage> = { sessions: 'title.sessions', settings: 'title.settings', people: 'title.people' }

interface ShellProps {
  /** Who is signed in; null: nobody, or not known yet. */
  person: Person | null
  organisation: string
  open: Route['tab']
  onSignOut: () => void
  children: ReactNode
}

export function Shell({ person, organisation, open, onSignOut, children }: ShellProps) {
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('admin.skip')}
      </a>
      <header className="bar">
        <div className="admin-brand">
          <a className="brand" href="/" aria-label={t('shell.home')}>
            <img src="/favicon.svg" alt="" width="28" height="28" />
            <span>Tasuke</span>
          </a>
          <span className="admin-where">
            {t('admin.name')}
            {organisation !== '' && (
              <>
                {' · '}
                <bdi>{organisation}</bdi>
              </>
            )}
          </span>
        </div>
        <div className="bar-end">
          <LanguageSwitch />
          {person && <Who person={person} onSignOut={onSignOut} />}
        </div>
      </header>
      {person && <Tabs open={open} />}
      <main id="content" className="admin-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function Tabs({ open }: { open: Route['tab'] }) {
  return (
    <nav className="tabs" aria-label={t('admin.nav')}>
      {tabs.map((tab) => (
        <PageLink key={tab} className="tab" href={paths[tab]} current={tab === open}>
          {t(names[tab])}
        </PageLink>
      ))}
    </nav>
  )
}

function Who({ person, onSignOut }: { person: Person; onSignOut: () => void }) {
  return (
    <div className="who">
      <Face person={person} size={32} />
      <bdi className="who-name">{person.name}</bdi>
      <Button appearance="subtle" onClick={onSignOut}>
        {t('shell.signOut')}
      </Button>
    </div>
  )
}

/** A picture, or the initials where there is none. The name is written beside it. */
export function Face({ person, size }: { person: Pick<Person, 'name' | 'picture'>; size: 32 | 40 }) {
  const picture = person.picture === '' ? {} : { image: { src: person.picture, alt: '' } }
  return <Avatar name={person.name} size={size} aria-hidden="true" {...picture} />
}

function LanguageSwitch() {
  return (
    <label className="language">
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM3 12h18M12 3c3 3 3.500 6 3.500 9s-.5 6-3.500 9c-3-3-3.500-6-3.500-9s.5-6 3.500-9z" />
      </svg>
      <span className="hidden">{t('shell.language')}</span>
      <select value={currentLanguage()} onChange={(e) => pick(e.currentTarget.value)}>
        {languages.map((l) => (
          <option key={l.id} value={l.id} lang={l.id}>
            {l.name}
          </option>
        ))}
      </select>
    </label>
  )
}

function pick(id: string): void {
  const language = languages.find((l) => l.id === id)
  if (language) void switchLanguage(language.id)
}
