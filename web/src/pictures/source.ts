// The newest frame of what is shared. A hidden page, which the sharer's always is,
// gets frames from a track processor where the browser has one, else from a video
// element that is never shown.

/** Newer than the targets: https://www.w3.org/TR/mediacapture-transform/ */
interface TrackProcessor {
  readable: ReadableStream<VideoFrame>
}
type MakesProcessor = new (o: { track: MediaStreamTrack; maxBufferSize: number }) => TrackProcessor

export interface Source {
  /** What can be drawn now, and its size; null: nothing came yet. */
  newest(): { image: CanvasImageSource; width: number; height: number } | null
  close(): void
}

export function sourceOf(track: MediaStreamTrack): Source {
  const { MediaStreamTrackProcessor: Processor } = globalThis as { MediaStreamTrackProcessor?: MakesProcessor }
  return Processor ? new Processed(new Processor({ track, maxBufferSize: 1 })) : new Played(track)
}

class Processed implements Source {
  private frame: VideoFrame | null = null
  private readonly reader: ReadableStreamDefaultReader<VideoFrame>

  constructor(p: TrackProcessor) {
    this.reader = p.readable.getReader()
    void this.read()
  }

  newest() {
    const { frame } = this
    return frame && { image: frame, width: frame.displayWidth, height: frame.displayHeight }
  }

  close(): void {
    void this.reader.cancel().catch(() => undefined)
    this.keep(null)
  }

  private async read(): Promise<void> {
    for (;;) {
      const { done, value } = await this.reader.read()
      if (done) return
      this.keep(value)
    }
  }

  /** Frames hold memory of the capturer until they are closed. */
  private keep(f: VideoFrame | null): void {
    this.frame?.close()
    this.frame = f
  }
}

class Played implements Source {
  private readonly video = document.createElement('video')

  constructor(track: MediaStreamTrack) {
    this.video.muted = true
    this.video.srcObject = new MediaStream([track])
    void this.video.play().catch(() => undefined) // closed in this very moment
  }

  newest() {
    const { video } = this
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return null
    return { image: video, width: video.videoWidth, height: video.videoHeight }
  }

  close(): void {
    this.video.srcObject = null
  }
}
