// The knobs of the picture's sender, turned one after another.
import type { Plan } from './line'

/** Parameters newer than TypeScript's library (W3C WebRTC extensions). */
interface Encoding extends RTCRtpEncodingParameters {
  codec?: RTCRtpCodec
}

/** What else may be said with parameters (RTCSetParameterOptions, likewise); browsers that do not know it leave it. */
interface SetParameters {
  setParameters(p: RTCRtpSendParameters, o: { encodingOptions: { keyFrame: boolean }[] }): Promise<void>
}

/** AV1 writes text with a fraction of the others' bits. */
const thriftyCodec = 'video/av1'

/** While a still goes over a thin line, the video keeps so much of it, in bits a second (the least there is), and so many frames. */
const [stillBitrate, stillFrames] = [30_000, 1]
/** A line for no more frames than this has no room for even that: the video waits. */
const tooThin = 2

/** Who else needs the line: nobody; a still, for a while; strips of what is shared, which stand for the video. */
export type Others = 'none' | 'still' | 'strips'

export class Sender {
  plan: Plan = { frames: 30, scale: 1, thrifty: false, stills: false }
  private others: Others = 'none'
  private work: Promise<void> = Promise.resolve()

  constructor(private readonly sender: RTCRtpSender) {}

  /**
   * Text stays readable: fewer frames rather than fewer pixels, where the browser can
   * be told. Said before there is a picture: libwebrtc sets the encoder up anew for it,
   * and would do so under the first frame.
   */
  prepare(): Promise<void> {
    return this.change((p) => {
      p.degradationPreference = 'maintain-resolution'
    })
  }

  /** Does what a plan says. */
  async follow(plan: Plan): Promise<void> {
    const { frames, scale, thrifty } = this.plan
    if (plan.frames === frames && plan.scale === scale && plan.thrifty === thrifty) return
    this.plan = plan
    await this.apply()
  }

  /** On a thin line the video waits for what is worth more. */
  makeRoom(others: Others): void {
    if (others === this.others) return
    this.others = others
    if (this.plan.thrifty) void this.apply()
  }

  /** No video goes, so the browser learns nothing about the line. */
  get rests(): boolean {
    return this.others === 'strips'
  }

  /** The next frame stands alone: whoever missed some sees again at once, instead of asking when the patience of its decoder ends. */
  async keyFrame(): Promise<void> {
    await this.change(() => undefined, true)
  }

  private async apply(): Promise<void> {
    await this.change((p) => {
      const e: Encoding | undefined = p.encodings[0]
      if (!e) return
      const still = this.others === 'still'
      e.active = !this.rests && !(still && this.plan.frames <= tooThin)
      e.maxFramerate = still ? stillFrames : this.plan.frames
      e.scaleResolutionDownBy = this.plan.scale
      if (still) e.maxBitrate = stillBitrate
      else delete e.maxBitrate
    })
    if (this.plan.thrifty) await this.changeCodec()
  }

  /** By itself, because a browser that does not know it must still do the rest. */
  private async changeCodec(): Promise<void> {
    await this.change((p) => {
      const e: Encoding | undefined = p.encodings[0]
      const codec = p.codecs.find((c) => c.mimeType.toLowerCase() === thriftyCodec)
      if (e && codec) e.codec = codec
    })
  }

  /** What a browser refuses stays as it was. */
  private change(turn: (p: RTCRtpSendParameters) => void, keyFrame = false): Promise<void> {
    this.work = this.work.then(async () => {
      const p = this.sender.getParameters()
      turn(p)
      const sender: RTCRtpSender & SetParameters = this.sender
      await sender.setParameters(p, { encodingOptions: p.encodings.map(() => ({ keyFrame })) }).catch(() => undefined)
    })
    return this.work
  }
}
