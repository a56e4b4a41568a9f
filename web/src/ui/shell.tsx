// What stands around every page: the name, who is signed in, the language.
import type { ComponentChildren } from 'preact'
import { currentLanguage, languages, switchLanguage } from '../i18n'
import { t } from '../i18n/seats'
import { Icon } from './icon'
import { Avatar, Button } from './kit'

interface ShellProps {
  /** Who is signed in; null: nobody, or not known yet. */
  person?: { name: string; picture: string } | null
  onSignOut?: () => void
  /** Uses the whole width, for the picture. */
  wide?: boolean
  children: ComponentChildren
}

export function Shell({ person, onSignOut, wide, children }: ShellProps) {
  return (
    <div class={wide ? 'shell shell-wide' : 'shell'}>
      <header class="bar">
        <a class="brand" href="/" aria-label={t('shell.home')}>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <span>Tasuke</span>
        </a>
        <div class="bar-end">
          <LanguageSwitch />
          {person && (
            <div class="who">
              <Avatar name={person.name} picture={person.picture} />
              <bdi class="who-name">{person.name}</bdi>
              {onSignOut && (
                <Button kind="quiet" onClick={onSignOut}>
                  {t('shell.signOut')}
                </Button>
              )}
            </div>
          )}
        </div>
      </header>
      <main class="main">{children}</main>
    </div>
  )
}

function LanguageSwitch() {
  return (
    <label class="language">
      <Icon name="globe" />
      <span class="hidden">{t('shell.language')}</span>
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
