import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { snap } from '../gallery/people'
import type { Peer, PeerEvents } from '../src/rtc/peer'
import { EarlySignals } from '../src/seat/early'
import { Line } from '../src/seat/line'
import { type End, Pairing } from '../src/seat/pairing'
import { PulseKeeper } from '../src/seat/pulse'
import { emptyView } from '../src/seat/seat'
import { Store } from '../src/seat/store'
import type { SeatView } from '../src/seat/view'
import type { ChatLine, FromBrowser, Signal, Snapshot } from '../src/wire'
import { FakeWorld } from './world'

/** Requests that wait for the test to answer them. */
interface Asked {
  method: string
  path: string
  answer(status: number, body: unknown): void
  fail(): void
}

let asked: Asked[]
let world: FakeWorld
let view: Store<SeatView>
let line: Line
const settle = () => vi.waitFor(() => undefined)

beforeEach(() => {
  asked = []
  vi.stubGlobal(
    'fetch',
    (path: string, init: RequestInit) =>
      new Promise<Response>((done, fail) => {
        asked.push({
          method: init.method ?? '',
          path,
          answer: (status, body) =>
            done(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })),
          fail: () => fail(new TypeError('network'))
        })
      })
  )
  world = new FakeWorld()
  view = new Store<SeatView>(emptyView)
  line = new Line('s', view, world, { changed: () => undefined, signal: () => undefined, opened: () => undefined })
})

afterEach(() => vi.unstubAllGlobals())

function attached(s: Snapshot): void {
  line.open()
  world.last.opens()
  world.last.brings({ type: 'snapshot', snapshot: s })
}

const chatLine = (number: number, id: string): ChatLine => ({ number, id, seat: 'sharer', text: id, at: '2026-01-01T00:00:00Z' })
const said = (m: FromBrowser) => (m.type === 'say' ? [m.say?.id] : [])

describe('line', () => {
  test('an act shows at once and is confirmed by the answer', async () => {
    attached(snap('sharer', 'sharing'))
    const done = line.act('pause')
    expect(view.get().snapshot?.state).toBe('paused')
    expect(view.get().doing).toEqual(['pause'])
    expect(asked[0]?.path).toBe('/api/v1/help-sessions/s/acts/pause')
    asked[0]?.answer(200, snap('sharer', 'paused', { version: 8 }))
    expect(await done).toBe(true)
    expect(view.get().doing).toEqual([])
    expect(view.get().snapshot?.version).toBe(8)
  })

  test('a refused act is taken back and says why', async () => {
    attached(snap('sharer', 'trust'))
    const done = line.act('allow', { text: 'view-1' })
    expect(view.get().snapshot?.screen).toBe('answered')
    asked[0]?.answer(403, { code: 'help_refused', detail: 'no', reasons: [{ code: 'help_disabled' }] })
    expect(await done).toBe(false)
    expect(view.get().snapshot?.screen).toBe('trust')
    expect(view.get().refusal?.reasons).toEqual([{ code: 'help_disabled' }])
  })

  test('other news does not undo an act that is on its way', () => {
    attached(snap('sharer', 'sharing'))
    void line.act('pause')
    world.last.brings({ type: 'snapshot', snapshot: snap('sharer', 'sharing', { version: 9 }) })
    expect(view.get().snapshot?.version).toBe(9)
    expect(view.get().snapshot?.state).toBe('paused')
  })

  test('an act that must arrive is repeated until there is an answer', async () => {
    attached(snap('sharer', 'sharing'))
    const done = line.act('end', {}, true)
    asked[0]?.fail()
    await vi.waitFor(() => {
      world.pass(5000)
      expect(asked).toHaveLength(2)
    })
    asked[1]?.answer(503, {})
    await vi.waitFor(() => {
      world.pass(5000)
      expect(asked).toHaveLength(3)
    })
    asked[2]?.answer(200, snap('sharer', 'ended', { version: 8 }))
    expect(await done).toBe(true)
  })

  test('an act without need is not repeated, and the page says that there is no answer', async () => {
    attached(snap('sharer', 'trust'))
    const done = line.act('allow', { text: 'view-1' })
    asked[0]?.fail()
    expect(await done).toBe(false)
    expect(view.get().refusal?.code).toBe('offline')
    world.pass(60_000)
    expect(asked).toHaveLength(1)
  })

  test('chat lines wait for the socket and are sent again with the same id', () => {
    line.say('before it opens')
    attached(snap('sharer', 'sharing'))
    const [id] = world.last.sent.flatMap(said)
    expect(id).toBe(view.get().thread.waiting[0]?.id)
    world.last.closes(1006)
    world.pass(5000)
    world.last.opens()
    world.last.brings({ type: 'snapshot', snapshot: snap('sharer', 'sharing') })
    expect(world.last.sent.flatMap(said)).toEqual([id])
    world.last.brings({ type: 'chat', chat: [chatLine(1, id ?? '')] })
    expect(view.get().thread.waiting).toEqual([])
    expect(view.get().thread.lines).toHaveLength(1)
  })

  test('a line refused for speed goes again by itself, others wait for the person', () => {
    attached(snap('sharer', 'sharing'))
    line.say('fast')
    const [id = ''] = world.last.sent.flatMap(said)
    world.last.brings({ type: 'refused', refused: { re: 'say', id, code: 'too_many_requests', detail: '' } })
    world.pass(2000)
    expect(world.last.sent.flatMap(said)).toEqual([id, id])
    world.last.brings({ type: 'refused', refused: { re: 'say', id, code: 'chat_disabled', detail: '' } })
    world.pass(60_000)
    expect(world.last.sent.flatMap(said)).toEqual([id, id])
    expect(view.get().thread.waiting[0]?.refused?.code).toBe('chat_disabled')
  })

  test('after silence it asks the server, and renews a dead socket', async () => {
    attached(snap('sharer', 'sharing'))
    world.pass(9000)
    line.tick()
    expect(asked).toHaveLength(0)
    world.pass(2000)
    line.tick()
    line.tick()
    expect(asked.map((a) => a.method)).toEqual(['GET'])
    asked[0]?.fail()
    await vi.waitFor(() => expect(view.get().socket.is).toBe('retrying'))
  })

  test('a socket that does not answer a heartbeat message is renewed', () => {
    attached(snap('sharer', 'sharing'))
    line.send({ type: 'heartbeat', heartbeat: { peer: 'missing' } })
    world.pass(1000)
    line.send({ type: 'heartbeat', heartbeat: { peer: 'missing' } })
    line.tick()
    expect(view.get().socket.is).toBe('open')
    world.pass(1000)
    line.tick()
    expect(view.get().socket.is).toBe('retrying')
  })

  test('news that the socket did not bring make a new socket', async () => {
    attached(snap('sharer', 'sharing'))
    world.pass(11_000)
    line.tick()
    asked[0]?.answer(200, snap('sharer', 'paused', { version: 12 }))
    await vi.waitFor(() => expect(view.get().snapshot?.version).toBe(12))
    expect(view.get().socket.is).toBe('retrying')
  })

  test('takeover is asked for once', () => {
    line.open()
    world.last.opens()
    world.last.closes(4409)
    expect(view.get().socket).toEqual({ is: 'closed', verdict: 'seat_taken' })
    line.takeOver()
    world.last.opens()
    expect(world.last.sent[0]?.attach?.takeover).toBe(true)
    world.last.brings({ type: 'snapshot', snapshot: snap('sharer', 'connecting') })
    world.last.closes(1006)
    world.pass(5000)
    world.last.opens()
    expect(world.last.sent[0]?.attach?.takeover).toBe(false)
  })

  test('the clock of the server is taken from the newest snapshot', async () => {
    attached(snap('sharer', 'sharing', { now: new Date(Date.now() + 60_000).toISOString() }))
    await settle()
    expect(Math.abs(view.get().skew - 60_000)).toBeLessThan(2000)
  })
})

describe('early signals', () => {
  const signal = (page: string, candidate: string): Signal => ({ page, kind: 'candidate', candidate })

  test('wait for their page, those of one page at a time', () => {
    const early = new EarlySignals()
    early.keep(signal('a', '1'))
    early.keep(signal('b', '2'))
    early.keep(signal('b', '3'))
    expect(early.take('a')).toEqual([])
    expect(early.take('b').map((s) => s.candidate)).toEqual(['2', '3'])
    expect(early.take('b')).toEqual([])
  })

  test('are bounded', () => {
    const early = new EarlySignals()
    for (let i = 0; i < 1000; i++) early.keep(signal('a', String(i)))
    expect(early.take('a')).toHaveLength(64)
  })
})

/** An end without a browser. */
class FakeEnd implements End {
  readonly taken: Signal[] = []
  closed = false
  peer = {
    everConnected: false,
    connected: false,
    pc: { connectionState: 'new', signalingState: 'stable' },
    use: () => undefined,
    close: () => {
      this.closed = true
    }
  } as unknown as Peer
  constructor(readonly events: PeerEvents) {}
  take(s: Signal): void {
    this.taken.push(s)
  }
}

describe('pairing', () => {
  const sent: FromBrowser[] = []
  const words: string[] = []
  let ends: FakeEnd[]
  let pulse: PulseKeeper
  let pairing: Pairing<FakeEnd>
  const link = { iceServers: [], relayOnly: false }
  const at = (state: Snapshot['state'], page: string, more: Partial<Snapshot> = {}) => {
    const s = snap('helper', state, { link, ...more })
    if (s.peer) s.peer = { ...s.peer, page }
    return s
  }

  beforeEach(() => {
    ends = []
    sent.length = words.length = 0
    pulse = new PulseKeeper(() => true)
    const make = (_: unknown, events: PeerEvents) => {
      const end = new FakeEnd(events)
      ends.push(end)
      return end
    }
    pairing = new Pairing<FakeEnd>(pulse, make, {
      send: (m) => sent.push(m) > 0,
      now: () => world.time,
      changed: () => undefined,
      word: (w) => words.push(w),
      pictures: () => undefined
    })
  })

  test('nothing is connected before both have said yes', () => {
    for (const state of ['waiting', 'trust'] as const) expect(pairing.follow(at(state, 'a'))).toBe(false)
    expect(ends).toHaveLength(0)
    expect(pairing.follow(at('connecting', 'a'))).toBe(true)
    expect(pairing.follow(at('sharing', 'a'))).toBe(false)
    expect(ends).toHaveLength(1)
  })

  test('a new page on the other side is a new connection, the end of the session is none', () => {
    pairing.follow(at('sharing', 'a'))
    expect(pairing.follow(at('connecting', 'b'))).toBe(true)
    expect(ends.map((e) => e.closed)).toEqual([true, false])
    pairing.follow(at('ended', 'b'))
    expect(ends.map((e) => e.closed)).toEqual([true, true])
  })

  test('signals that overtake the snapshot wait for it; those of a page that is gone are dropped', () => {
    pairing.signal({ page: 'b', kind: 'offer', sdp: 'early' })
    pairing.follow(at('connecting', 'b'))
    expect(ends[0]?.taken.map((s) => s.sdp)).toEqual(['early'])
    pairing.signal({ page: 'a', kind: 'candidate', candidate: 'old' })
    expect(ends[0]?.taken).toHaveLength(1)
  })

  test('signals are addressed to the page they are for', () => {
    pairing.follow(at('connecting', 'a'))
    ends[0]?.events.signal({ kind: 'restart' })
    expect(sent).toEqual([{ type: 'signal', signal: { page: 'a', kind: 'restart' } }])
  })

  test('words and beats are told apart, and a goodbye is remembered', () => {
    pairing.follow(at('sharing', 'a'))
    ends[0]?.events.control({ word: 'end' })
    ends[0]?.events.beat({ seq: 1, sharing: true, paused: false, surface: '' })
    ends[0]?.events.control({ word: 'bye' })
    expect(words).toEqual(['end', 'bye'])
    expect(pulse.last?.seq).toBe(1)
    const { peer } = at('sharing', 'a')
    expect(peer && pulse.judge(peer, true)).toBe('closed')
  })

  test('silence means more when the server was away', () => {
    pairing.follow(at('sharing', 'a'))
    const { peer } = ends[0] ?? {}
    if (peer) peer.everConnected = true
    world.pass(10_000)
    ends[0]?.events.beat({ seq: 1, sharing: true, paused: false, surface: '' })
    world.pass(1200)
    expect(pairing.overdue()).toBe(false)
    pairing.returned()
    expect(pairing.overdue()).toBe(true)
    ends[0]?.events.beat({ seq: 2, sharing: true, paused: false, surface: '' })
    expect(pairing.overdue()).toBe(false)
  })

  test('a wish for a new way is not heard while one is being looked for', () => {
    pairing.follow(at('sharing', 'a'))
    world.pass(10_000)
    pairing.tried()
    world.pass(1000)
    pairing.signal({ page: 'a', kind: 'restart' })
    expect(ends[0]?.taken).toEqual([])
    world.pass(3000)
    pairing.signal({ page: 'a', kind: 'restart' })
    pairing.signal({ page: 'a', kind: 'restart' })
    expect(ends[0]?.taken.map((s) => s.kind)).toEqual(['restart'])
  })

  test('a connection that never came to be is tried again after a while, not at once', () => {
    pairing.follow(at('connecting', 'a'))
    world.pass(10_000)
    expect(pairing.overdue()).toBe(false)
    world.pass(6000)
    expect(pairing.overdue()).toBe(true)
    pairing.tried()
    expect(pairing.overdue()).toBe(false)
  })
})
