// Languages: which there are, which one is spoken, and how to change it. Catalogs
// are PO files compiled at build; one locale is downloaded, not all of them.

import type { Messages } from '@lingui/core'
import { setupI18n } from '@lingui/core'

export type Locale = 'en' | 'ja' | 'ar'

/** The languages in their own words. formats is what Intl is given: Latin digits everywhere, as in codes and clocks. */
export const languages: readonly { id: Locale; name: string; dir: 'ltr' | 'rtl'; formats: string }[] = [
  { id: 'en', name: 'English', dir: 'ltr', formats: 'en' },
  { id: 'ja', name: '日本語', dir: 'ltr', formats: 'ja' },
  { id: 'ar', name: 'العربية', dir: 'rtl', formats: 'ar-u-nu-latn' }
]

/** Where the choice is kept. */
const stored = 'tasuke.language'

export const i18n = setupI18n()

export type Catalog = () => Promise<{ default: Messages }>
/** One catalog per locale; a surface gives its own. */
export type Catalogs = Record<Locale, Catalog>

/** A catalog with the messages of another one beside its own. */
export function both(shared: Catalog, own: Catalog): Catalog {
  return async () => {
    const [a, b] = await Promise.all([shared(), own()])
    return { default: { ...a.default, ...b.default } }
  }
}

let catalogs: Catalogs | null = null

/** Loads the language the person chose before, or the browser asks for. Call once per page, before rendering. */
export async function startI18n(c: Catalogs): Promise<void> {
  catalogs = c
  await speak(preferred(readStored(), navigator.languages))
}

/** Changes the language and remembers it. */
export async function switchLanguage(to: Locale): Promise<void> {
  try {
    localStorage.setItem(stored, to)
  } catch {
    // storage is switched off: the choice holds for this page
  }
  await speak(to)
}

export function currentLanguage(): Locale {
  return isLocale(i18n.locale) ? i18n.locale : 'en'
}

/** Calls back after every change until the returned function is called. */
export function onLanguage(listener: () => void): () => void {
  return i18n.on('change', listener)
}

/** The first language we speak of those asked for; a region does not matter. */
export function preferred(chosen: string | null, asked: readonly string[]): Locale {
  for (const l of [chosen ?? '', ...asked]) {
    const base = l.toLowerCase().split('-')[0] ?? ''
    if (isLocale(base)) return base
  }
  return 'en'
}

/** What to give Intl for the language spoken now. */
export function formats(): string {
  return languages.find((l) => l.id === i18n.locale)?.formats ?? 'en'
}

/** Keeps a name's own direction inside a sentence of the other (Unicode isolates). */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`
}

async function speak(locale: Locale): Promise<void> {
  const messages = (await catalogs?.[locale]())?.default ?? {}
  const language = languages.find((l) => l.id === locale)
  document.documentElement.lang = locale
  document.documentElement.dir = language?.dir ?? 'ltr'
  i18n.loadAndActivate({ locale, locales: language?.formats ?? 'en', messages })
}

function readStored(): string | null {
  try {
    return localStorage.getItem(stored)
  } catch {
    return null
  }
}

function isLocale(s: string): s is Locale {
  return s === 'en' || s === 'ja' || s === 'ar'
}
