// The socket for pictures: attaches first and comes back by itself until it is
// closed. What a close code means is said by the page's first socket.
import type { PictureAttach, PictureMessage, Want } from '../wire'
import { backoff } from './backoff'
import type { LiveWorld, Socket } from './live'

/** What a picture socket needs: a world, and who this page is. */
export interface PictureLine extends LiveWorld {
  attach: PictureAttach
}

export interface PictureEvents {
  open?(): void
  want?(w: Want): void
  picture?(message: Uint8Array<ArrayBuffer>): void
}

export class PictureSocket {
  private socket: Socket | null = null
  private open = false
  private tries = 0
  private timer = 0

  constructor(
    private readonly world: PictureLine,
    private readonly events: PictureEvents
  ) {
    this.connect()
  }

  /** Sends a picture; tells whether there was a socket for it. */
  send(picture: Uint8Array<ArrayBuffer>): boolean {
    if (this.open) this.socket?.send(picture)
    return this.open
  }

  want(w: Want): void {
    if (this.open) this.socket?.send(JSON.stringify({ type: 'want', want: w } satisfies PictureMessage))
  }

  /** Nothing comes any more: this socket is not trusted. */
  renew(): void {
    if (this.open) this.lost()
  }

  close(): void {
    this.world.clearTimer(this.timer)
    const s = this.socket
    this.socket = null
    this.open = false
    if (!s) return
    s.onopen = s.onmessage = s.onclose = null
    s.close()
  }

  private connect(): void {
    const s = this.world.connect('/live/pictures')
    this.socket = s
    s.onopen = () => {
      s.send(JSON.stringify({ type: 'attach', attach: this.world.attach } satisfies PictureMessage))
      this.open = true
      this.events.open?.()
    }
    s.onmessage = (e) => this.read(e.data)
    s.onclose = () => this.lost()
  }

  private read(data: unknown): void {
    this.tries = 0
    if (data instanceof ArrayBuffer) this.events.picture?.(new Uint8Array(data))
    if (typeof data !== 'string') return
    const { want } = JSON.parse(data) as PictureMessage
    if (want) this.events.want?.(want)
  }

  private lost(): void {
    this.close()
    this.timer = this.world.setTimer(() => this.connect(), backoff(this.tries, this.world.random))
    this.tries++
  }
}
