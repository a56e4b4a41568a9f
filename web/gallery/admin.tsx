/** @jsxImportSource react */
// Draws one page of the admin center as it really is, with answers made here:
// /gallery-admin.html?scene=NAME, or the list of all. Development only.
import '../src/tokens/tokens.css'
import '../src/ui/ui.css'
import '../src/admin/styles/frame.css'
import '../src/admin/styles/forms.css'
import '../src/admin/styles/lists.css'
import '../src/admin/styles/pages.css'
import '../src/admin/styles/records.css'
import { FluentProvider } from '@fluentui/react-components'
import { createRoot } from 'react-dom/client'
import { App } from '../src/admin/app'
import { useMedia } from '../src/admin/hooks'
import { permissions } from '../src/admin/people/match'
import { darkTheme, lightTheme } from '../src/admin/theme'
import { startI18n } from '../src/i18n'
import { adminCatalogs, t } from '../src/i18n/admin'
import * as data from './admin-data'
import * as devices from './admin-devices'

/** How the server answers: as usual, with nothing, not at all, with a fault, that somebody else was first, or to somebody without permissions. */
type Mood = 'full' | 'empty' | 'loading' | 'error' | 'conflict' | 'denied'

interface Scene {
  address: string
  mood: Mood
  /** What the reader does, one after the other. */
  acts?: readonly (() => void)[]
}

const lists: Record<string, readonly unknown[]> = {
  people: data.people,
  groups: data.groups,
  roles: data.roles,
  assignments: data.assignments,
  policies: data.policies,
  locations: data.locations,
  tokens: data.tokens,
  domains: devices.domains,
  'compliance-policies': devices.compliance,
  audit: data.audit,
  'settings/history': data.audit.slice(0, 1),
  'reports/sessions': [data.session, { ...data.session, session: 's9', sharer: '', sharerId: '', warnings: [] }]
}

/** Answers that are the same in every mood, by their paths below /api/v1/. */
const singles: Record<string, unknown> = {
  settings: data.settings,
  'local-people': { people: devices.localPeople },
  'devices/d1': devices.deviceDetail,
  'groups/g1/members': { members: [{ id: 'p2', name: '佐藤 はるか' }], next: '' },
  'enrolment-links': devices.ticket,
  'what-if': devices.refused,
  'why-not': devices.explanation,
  ...Object.fromEntries(data.people.map((p) => [`people/${p.id}`, p]))
}

/** Answers of an organisation in use, and of one that has just begun. */
const either: Record<string, readonly [inUse: unknown, empty: unknown]> = {
  devices: [
    { devices: devices.devices, next: '' },
    { devices: [], next: '' }
  ],
  'devices/import': [devices.importWrong, devices.importFine],
  overview: [data.overview, data.noOverview],
  'live-sessions': [data.live, { ...data.live, items: [] }]
}

/** The answer to a request, by its path below /api/v1/. */
function answer(path: string, mood: Mood): unknown {
  const empty = mood === 'empty'
  const list = lists[path]
  if (list) return { items: empty ? [] : list, next: !empty && path === 'reports/sessions' ? 'more' : '' }
  if (path.startsWith('reports/sessions/')) return data.session
  return either[path]?.[empty ? 1 : 0] ?? singles[path]
}

let mood: Mood = 'full'
let asking = 0

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })

window.fetch = async (input, init) => {
  const { pathname, searchParams } = new URL(String(input), location.href)
  const path = pathname.replace('/api/v1/', '')
  const writes = init?.method !== undefined && init.method !== 'GET'
  asking++
  await Promise.resolve()
  asking--
  if (path === 'me') return json(data.meWith(mood === 'denied' ? [] : [...permissions]))
  if (mood === 'loading') return new Promise<Response>(() => undefined)
  if (mood === 'error') return json({ code: 'unavailable', detail: '', status: 503 }, 503)
  if (mood === 'conflict' && writes) return json({ code: 'changed_meanwhile', detail: '', status: 412 }, 412)
  if (path === 'audit' && searchParams.has('number')) return json({ items: data.audit.slice(0, 1), next: '' })
  if (path === 'tokens' && writes) return json(data.newToken)
  return json(answer(path, mood))
}

/** Events as the server sends them, or none. */
class FakeEvents {
  addEventListener(type: string, heard: (e: { data: string }) => void) {
    if (mood === 'error' && type === 'error') queueMicrotask(() => heard({ data: '' }))
    if ((mood === 'full' || mood === 'empty') && type === 'sessions')
      queueMicrotask(() => heard({ data: JSON.stringify(answer('live-sessions', mood)) }))
  }
  close() {}
}
Object.assign(window, { EventSource: FakeEvents })

/** Presses the last button with a text: the one of the dialog on top. */
const press = (text: () => string) => () => {
  const all = [...document.querySelectorAll<HTMLElement>('button')].filter((b) => b.textContent?.trim() === text())
  const button = all.at(-1)
  if (!button) throw new Error(`no button ${text()}`)
  button.click()
}

/** Types into the first text field of the open form. */
function type(): void {
  const field = document.querySelector<HTMLInputElement>(
    'dialog input:not([type]), dialog input[type=text], main input[type=number]'
  )
  if (!field) throw new Error('no field to type into')
  const proto = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
  proto?.set?.call(field, `${field.value}1`)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** Chooses a file in the open dialog. */
function chooseFile(): void {
  const field = document.querySelector<HTMLInputElement>('input[type=file]')
  if (!field) throw new Error('no field for a file')
  const files = new DataTransfer()
  files.items.add(new File(['external_id,name\n4711,LAPTOP'], 'devices.csv', { type: 'text/csv' }))
  field.files = files.files
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

const save = press(() => t('settings.save'))
const scene = (path: string, mood: Mood = 'full', ...acts: (() => void)[]): Scene => ({ address: `/admin${path}`, mood, acts })

const configured = { groups: 'g1', roles: 'r1', assignments: 'a1', policies: 'c1', locations: 'l1', compliance: 'k1' }
const listed = ['live', 'sessions', 'people', 'devices', 'domains', 'audit', 'tokens', ...Object.keys(configured)]

const scenes: Record<string, Scene> = {
  'admin-overview': scene(''),
  'admin-overview-empty': scene('', 'empty'),
  'admin-overview-loading': scene('', 'loading'),
  'admin-overview-error': scene('', 'error'),
  ...Object.fromEntries(
    listed.flatMap((p) => [
      [`admin-${p}`, scene(`/${p}`)],
      [`admin-${p}-empty`, scene(`/${p}`, 'empty')]
    ])
  ),
  'admin-groups-loading': scene('/groups', 'loading'),
  'admin-groups-error': scene('/groups', 'error'),
  'admin-devices-error': scene('/devices', 'error'),
  'admin-live-error': scene('/live', 'error'),
  'admin-audit-denied': scene('/audit', 'denied'),
  'admin-groups-nothing-fits': scene('/groups?search=zzz'),
  'admin-unknown': scene('/nowhere'),
  ...Object.fromEntries(
    Object.entries(configured).flatMap(([p, id]) => [
      [`admin-${p}-form`, scene(`/${p}?open=${id}`)],
      [`admin-${p}-form-new`, scene(`/${p}?open=new`)]
    ])
  ),
  'admin-locations-conflict': scene('/locations?open=l1', 'conflict', type, save),
  'admin-locations-delete-ask': scene(
    '/locations?open=l1',
    'full',
    press(() => t('editor.deleteYes'))
  ),
  'admin-live-end-ask': scene(
    '/live',
    'full',
    press(() => t('live.end'))
  ),
  'admin-devices-enrol': scene('/devices?do=enrol'),
  'admin-devices-import': scene('/devices?do=import'),
  'admin-devices-import-fine': scene('/devices?do=import', 'empty', chooseFile),
  'admin-devices-import-wrong': scene('/devices?do=import', 'full', chooseFile),
  'admin-device-full': scene('/devices?open=d1'),
  'admin-domains-new': scene('/domains?open=new'),
  'admin-domains-one': scene('/domains?open=branch.example'),
  'admin-tokens-new': scene(
    '/tokens',
    'full',
    press(() => t('tokens.add'))
  ),
  'admin-what-if': scene('/what-if'),
  'admin-what-if-answer': scene(
    '/what-if',
    'full',
    press(() => t('whatIf.ask'))
  ),
  'admin-why-not': scene('/why-not'),
  'admin-settings': scene('/settings'),
  'admin-settings-error': scene('/settings', 'error'),
  'admin-settings-conflict': scene('/settings', 'conflict', type, save),
  'admin-settings-changes': scene(
    '/settings',
    'full',
    press(() => t('changes.open'))
  ),
  'admin-session-full': scene(`/sessions?open=${data.session.session}`),
  'admin-audit-full': scene('/audit?open=12'),
  'admin-person-full': scene('/people?open=p1'),
  'admin-people-invite': scene('/people?do=invite')
}

function Drawn({ scene }: { scene: string }) {
  const dark = useMedia('(prefers-color-scheme: dark)')
  return (
    <FluentProvider
      className="admin"
      theme={dark ? darkTheme : lightTheme}
      dir={document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}
    >
      <App key={scene} />
    </FluentProvider>
  )
}

const frame = () => new Promise((done) => requestAnimationFrame(done))

/** Most frames that a scene may take before it stands still. */
const patience = 600

/** Waits until nothing is asked any more. */
async function settle(scene: Scene): Promise<void> {
  const busy = () => asking > 0 || (scene.mood !== 'loading' && document.querySelector('.page-waiting') !== null)
  let left = patience
  for (let quiet = 0; quiet < 3 && left > 0; quiet = busy() ? 0 : quiet + 1, left--) await frame()
  if (broken !== null) throw broken
  if (left === 0) throw new Error(`${scene.address} (${scene.mood}) does not come to rest`)
}

/** Draws a scene and does what its reader does. */
async function show(name: string): Promise<void> {
  const scene = scenes[name]
  if (!scene) return
  mood = scene.mood
  history.replaceState(null, '', scene.address)
  root.render(<Drawn key={name} scene={name} />)
  await settle(scene)
  for (const act of scene.acts ?? []) {
    act()
    await settle(scene)
  }
}

const place = document.getElementById('app')
if (!place) throw new Error('the page has no #app')
/** Why a page broke; a broken one is no picture of anything. */
let broken: unknown = null
const root = createRoot(place, { onUncaughtError: (e) => (broken = e) })
const first = new URLSearchParams(location.search).get('scene')

void startI18n(adminCatalogs).then(async () => {
  if (first) await show(first)
  Object.assign(window, { scenes: Object.keys(scenes), show })
})
