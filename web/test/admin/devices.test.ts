import { afterEach, describe, expect, it, vi } from 'vitest'
import { graceText } from '../../src/admin/devices/words'
import { devices } from '../../src/api/devices'
import { importDevices } from '../../src/api/inventory'

afterEach(() => vi.unstubAllGlobals())

/** Answers every request with a body; gives what was asked. */
function server(body: unknown): { asked: { path: string; init: RequestInit }[] } {
  const asked: { path: string; init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({ path, init })
    return new Response(JSON.stringify(body))
  })
  return { asked }
}

describe('asking for devices', () => {
  it('says the order as this call knows it, and gives a page', async () => {
    const { asked } = server({ devices: [{ id: 'd1' }], next: 'n' })
    const page = await devices(new URLSearchParams({ search: 'a b', sort: 'seen', order: 'desc', limit: '50' }))
    expect(page).toEqual({ items: [{ id: 'd1' }], next: 'n' })
    expect(asked[0]?.path).toBe('/api/v1/devices?search=a+b&sort=seen&limit=50&descending=true')
    await devices(new URLSearchParams({ sort: 'name', order: 'asc' }))
    expect(asked[1]?.path).toBe('/api/v1/devices?sort=name')
  })

  it('sends a file as it is, whatever the browser takes it for', async () => {
    const { asked } = server({ created: 0, changed: 0, unchanged: 0, errors: [], preview: true })
    const file = new Blob(['external_id\n1\n'], { type: 'application/vnd.ms-excel' })
    await importDevices(file, true)
    await importDevices(file, false)
    expect(asked.map((a) => a.path)).toEqual(['/api/v1/devices/import?preview=true', '/api/v1/devices/import'])
    expect(new Headers(asked[0]?.init.headers).get('Content-Type')).toBe('text/csv')
    expect(await (asked[0]?.init.body as Blob).text()).toBe('external_id\n1\n')
  })
})

describe('a grace period in words', () => {
  it.each([
    [48, '2 days'],
    [30, '30 hours']
  ])('%d hours are %s', (hours, words) => {
    expect(graceText(hours)).toBe(words)
  })
})
