// The sharer's seat: chooses, shows, holds back and takes away the picture.

import type { Seal } from '../pictures/seal'
import type { PictureSender } from '../pictures/sending'
import { CaptureFailure, captureScreen, surfaceOf } from '../rtc/capture'
import type { PeerEvents } from '../rtc/peer'
import { SendingPeer } from '../rtc/sending'
import type { Beat } from '../session/heartbeat'
import { linked } from '../session/machine'
import type { Way } from '../session/way'
import type { Link, Snapshot, Surface } from '../wire'
import { emptyView, Seat, type SeatWorld } from './seat'
import { Store } from './store'
import type { SharerView } from './view'

/** How often to look whether the first frame has left, in ms. */
const frameEvery = 40
/** How often to look whether the picture is another one, in ms. */
const glanceEvery = 100
/** The helper asks for pictures all the time: without a question for so long it has video, in ms. */
const unwantedAfter = 8000

export class SharerSeat extends Seat<SendingPeer, PictureSender, SharerView> {
  private track: MediaStreamTrack | null = null
  private paused = false
  private seq = 0
  private watching: (() => void) | null = null
  private stuckTold = false
  private stopGlances: () => void = () => undefined
  private sentBefore = 0 // frames that left before the present picture was chosen

  constructor(session: string, world: SeatWorld) {
    super(session, new Store<SharerView>({ ...emptyView, capture: 'idle', surface: '', stillAt: null }), world)
  }

  override start(): void {
    super.start()
    this.stopGlances = this.world.every(glanceEvery, () => this.pairing.end?.glance())
  }

  /** Opens the browser's picker and shares what is chosen. Only straight from a click. */
  async share(): Promise<void> {
    const choosing = this.choose()
    void this.countSent() // while the picker is open: nothing may stand between the choice and the picture
    const track = await choosing
    if (!track) return
    this.paused = false
    this.hold(track)
    this.set({ capture: 'starting', surface: surfaceOf(track) })
    await this.put()
    this.watchFirstFrame()
  }

  /** Opens the picker again; what is shared stays until something else is chosen. */
  async change(): Promise<void> {
    const before = this.track
    const track = await this.choose()
    if (!track) return
    this.hold(track)
    if (before) release(before)
    track.enabled = !this.paused
    await this.put()
    this.set({ capture: 'live' })
    await this.surfaceIs(surfaceOf(track))
  }

  /** Nothing more leaves this browser from this moment on. */
  async pause(): Promise<void> {
    this.paused = true
    if (this.track) this.track.enabled = false
    void this.put()
    if (!(await this.line.act('pause', {}, true))) this.obey()
  }

  async resume(): Promise<void> {
    this.paused = false
    if (this.track) this.track.enabled = true
    void this.put()
    if (!(await this.line.act('resume', {}, true))) this.obey()
  }

  /** Ends the help session. */
  async end(): Promise<void> {
    this.letGo()
    await this.finish('end')
  }

  override bye(): void {
    super.bye()
    this.letGo()
  }

  override stop(): void {
    this.stopGlances()
    this.letGo()
    super.stop()
  }

  protected makeEnd(link: Link, events: PeerEvents): SendingPeer {
    this.sentBefore = 0
    return new SendingPeer(link, { ...events, now: () => this.world.now(), still: () => this.set({ stillAt: Date.now() }) })
  }

  protected async makePictures(seal: Seal): Promise<PictureSender> {
    const { PictureSender } = await import('../pictures/sending')
    const attach = { session: this.line.session, page: this.line.page }
    return new PictureSender({ ...this.world, attach, seal }, { ready: () => this.pictureReady(), open: () => this.passes() })
  }

  protected restart(end: SendingPeer): void {
    end.restart()
    if (end.peer.everConnected || this.pictures.end || this.stuckTold || this.snapshot?.state !== 'connecting') return
    this.stuckTold = true
    void this.line.act('share_failed', { problem: 'connection_stuck' })
  }

  protected beatNow(): Beat {
    const { capture, surface } = this.view.get()
    const sharing = this.track !== null && (capture === 'live' || capture === 'starting')
    return { seq: ++this.seq, sharing, paused: this.paused, surface }
  }

  protected followed(s: Snapshot, newEnd: boolean): void {
    if (newEnd && this.track) void this.put()
    if (!linked(s.state)) this.letGo()
    if (s.state === 'connecting' && this.view.get().capture === 'live' && !this.busy('share')) this.watchFirstFrame()
    if (s.state === 'paused' || s.state === 'sharing') this.stuckTold = false
  }

  protected override present(): void {
    this.pairing.end?.refresh()
  }

  protected ticked(): void {
    this.pairing.end?.tick()
    const { track } = this
    const { capture, surface } = this.view.get()
    if (!track || capture !== 'live') return
    const now = surfaceOf(track) // the browser's own bar can switch it
    if (now !== surface) void this.surfaceIs(now)
  }

  protected bridging(way: Way): void {
    if (way.connected && this.pictures.end?.unwanted(unwantedAfter)) this.pictures.stop()
  }

  protected override bridged(): void {
    super.bridged()
    this.pictures.end?.show(this.shown)
  }

  /** What may leave this browser now. */
  private get shown(): MediaStreamTrack | null {
    return this.paused ? null : this.track
  }

  /** Whether the server passes pictures on: by its own word, not by what was asked of it. */
  private passes(): boolean {
    const { snapshot, doing } = this.view.get()
    return snapshot?.state === 'sharing' && doing.length === 0
  }

  /** The first picture could leave: the server passes it once it knows. */
  private pictureReady(): void {
    if (this.watching) this.firstFrameLeft()
  }

  /** Notes how many frames have left while there is no picture. */
  private async countSent(): Promise<void> {
    const { end } = this.pairing
    const sent = await end?.framesSent()
    if (end === this.pairing.end) this.sentBefore = sent ?? 0
  }

  /** The picker. null: nothing was chosen, and both sides know why. */
  private async choose(): Promise<MediaStreamTrack | null> {
    const { capture: before } = this.view.get()
    if (before === 'choosing') return null
    this.set({ capture: 'choosing', refusal: null })
    try {
      const track = await captureScreen()
      if (this.snapshot && linked(this.snapshot.state)) return track
      release(track) // it ended meanwhile
    } catch (e) {
      const problem = e instanceof CaptureFailure ? e.problem : 'capture_failed'
      if (this.snapshot?.state === 'connecting') void this.line.act('share_failed', { problem })
    }
    this.set({ capture: this.track ? 'live' : 'idle' })
    return null
  }

  private hold(track: MediaStreamTrack): void {
    this.track = track
    track.onended = () => {
      if (this.track === track) void this.stopped()
    }
  }

  /** The browser's own "Stop sharing", or the shared tab or window closed: only this page is told, so it tells the others. */
  private async stopped(): Promise<void> {
    const wasLive = this.view.get().capture === 'live'
    this.letGo()
    await this.line.act(wasLive ? 'stop' : 'share_failed', { problem: 'sharing_stopped' }, true)
  }

  /** Puts the picture into the connection, or takes it out, and says so. */
  private async put(): Promise<void> {
    const { end } = this.pairing
    const { shown } = this
    this.pairing.control(this.beatNow())
    this.pictures.end?.show(shown)
    try {
      await end?.show(shown)
    } catch {
      if (shown && this.track === shown) void this.stopped() // it ended in this very moment
    }
  }

  /** Tells the server once a frame has really left. */
  private watchFirstFrame(): void {
    if (this.watching) return
    let asking = false
    this.watching = this.world.every(frameEvery, () => {
      if (asking || !this.pairing.end) return
      asking = true
      void this.pairing.end
        .framesSent()
        .then((n) => {
          if (n < this.sentBefore) this.sentBefore = 0 // the browser began to count anew
          if (n > this.sentBefore && this.track) this.firstFrameLeft()
        })
        .finally(() => {
          asking = false
        })
    })
  }

  private firstFrameLeft(): void {
    this.unwatch()
    this.set({ capture: 'live' })
    void this.line.act('share', { surface: this.view.get().surface }, true)
  }

  private async surfaceIs(surface: Surface): Promise<void> {
    this.set({ surface })
    this.pairing.control(this.beatNow())
    const state = this.snapshot?.state
    if (state === 'sharing' || state === 'paused') await this.line.act('change', { surface }, true)
  }

  /** The server did not take a pause or resume: what it says holds. */
  private obey(): void {
    const state = this.snapshot?.state
    if (state !== 'paused' && state !== 'sharing') return
    this.paused = state === 'paused'
    if (this.track) this.track.enabled = !this.paused
    void this.put()
  }

  /** Takes the picture away. */
  private letGo(): void {
    this.unwatch()
    const { track } = this
    this.track = null
    this.paused = false
    if (!track) return
    release(track)
    this.set({ capture: 'idle', surface: '' })
    void this.put()
  }

  private unwatch(): void {
    this.watching?.()
    this.watching = null
  }

  private busy(act: 'share'): boolean {
    return this.watching !== null || this.view.get().doing.includes(act)
  }
}

/** Lets the browser take its sharing bar away. */
function release(track: MediaStreamTrack): void {
  track.onended = null
  track.stop()
}
