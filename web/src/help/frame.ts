/** How often to look for a first frame where the browser does not tell, in ms. */
const lookEvery = 30

/** Calls back when a frame that came after now is on the element; the returned function stops waiting. */
export function firstFrame(video: HTMLVideoElement, seen: () => void): () => void {
  if ('requestVideoFrameCallback' in video) {
    const id = video.requestVideoFrameCallback(() => seen())
    return () => video.cancelVideoFrameCallback(id)
  }
  const old = video as HTMLVideoElement // Firefox before 132
  const before = old.getVideoPlaybackQuality().totalVideoFrames
  const id = setInterval(() => {
    if (old.getVideoPlaybackQuality().totalVideoFrames <= before) return
    clearInterval(id)
    seen()
  }, lookEvery)
  return () => clearInterval(id)
}
