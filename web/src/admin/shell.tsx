/** @jsxImportSource react */
// What stands around every page: the name, the tabs, the language, who is signed in.
import { Avatar, Button } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { currentLanguage, languages, switchLanguage } from '../i18n'
import { t } from '../i18n/admin'
import type { Permission, Person } from '../wire'
import { useWide } from './hooks'
import { PageLink } from './link'
import { allPages, headings, lacks, type Page, pages, type Route } from './route'

interface ShellProps {
  /** Who is signed in; null: nobody, or not known yet. */
  person: Person | null
  organisation: string
  open: Route['page']
  /** What the reader may do: pages that need more are not listed. */
  permissions: readonly Permission[]
  onSignOut: () => void
  children: ReactNode
}

export function Shell({ person, organisation, open, permissions, onSignOut, children }: ShellProps) {
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
      <div className="admin-body">
        {person && <Navigation open={open} permissions={permissions} />}
        <main id="content" className="admin-main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  )
}

interface NavigationProps {
  open: Route['page']
  permissions: readonly Permission[]
}

/** Stands at the side where there is room, else folds away above the page. */
function Navigation(p: NavigationProps) {
  const wide = useWide()
  if (wide) return <Pages {...p} />
  return (
    <details key={p.open} className="admin-menu">
      <summary>{p.open === 'unknown' ? t('admin.nav') : t(`title.${p.open}`)}</summary>
      <Pages {...p} />
    </details>
  )
}

function Pages({ open, permissions }: NavigationProps) {
  const listed = allPages.filter((p) => p === open || lacks(p, permissions) === null)
  return (
    <nav className="admin-nav" aria-label={t('admin.nav')}>
      {headings.map((h) => {
        const under = listed.filter((p) => pages[p].under === h)
        if (under.length === 0) return null
        return (
          <div key={h}>
            {h !== 'start' && <h2 id={`nav-${h}`}>{t(`nav.${h}`)}</h2>}
            <ul aria-labelledby={h === 'start' ? undefined : `nav-${h}`}>
              {under.map((p) => (
                <li key={p}>
                  <PageLink className="nav-link" href={pages[p].path} current={p === open}>
                    {t(`title.${p}`)}
                  </PageLink>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </nav>
  )
}

/** Where a page stands. */
export function Crumbs({ page }: { page: Page | 'unknown' }) {
  if (page === 'unknown' || page === 'overview') return null
  return (
    <nav className="crumbs" aria-label={t('admin.crumbs')}>
      <ol>
        <li>
          <PageLink href={pages.overview.path}>{t('title.overview')}</PageLink>
        </li>
        <li>{t(`nav.${pages[page].under}`)}</li>
        <li aria-current="page">{t(`title.${page}`)}</li>
      </ol>
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
