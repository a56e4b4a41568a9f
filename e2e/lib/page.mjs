// What the harness puts into every page before the product's own scripts run: it
// only watches. These functions are sent to the browser as text and must not use
// anything around them.

/** Keeps peer connections, policy violations and errors where a story can look at them. */
export function watch() {
  /** @type {RTCPeerConnection[]} */
  const peers = []
  /** @type {string[]} */
  const faults = []
  Object.defineProperty(window, 'watched', { value: { peers, faults } })
  const Real = window.RTCPeerConnection
  if (Real) {
    window.RTCPeerConnection = new Proxy(Real, {
      construct(target, args) {
        const pc = Reflect.construct(target, args)
        peers.push(pc)
        return pc
      }
    })
  }
  addEventListener('securitypolicyviolation', (e) => faults.push(`policy ${e.violatedDirective} ${e.blockedURI}`))
  addEventListener('error', (e) => e instanceof ErrorEvent && faults.push(`error ${e.message}`))
  addEventListener('unhandledrejection', (e) => faults.push(`rejection ${e.reason}`))
}

/**
 * Reads the painted code out of the helper's video: see paint.html. null while
 * there is no picture, or another one.
 */
export function readPicture() {
  const video = document.querySelector('video')
  if (!video || video.readyState < 2 || !video.videoWidth) return null
  const { videoWidth: width, videoHeight: height } = video
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }))
  g.drawImage(video, 0, 0)
  const at = (x, y) => [...g.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data.slice(0, 3)]
  const blocks = 30
  let bits = 0n
  for (let i = 0; i < blocks; i++) {
    const [r, green, b] = at((i + 0.5) / blocks, 0.05)
    bits = (bits << 1n) | ((r + green + b) / 3 > 127 ? 1n : 0n)
  }
  const [sync, value, check] = [Number(bits >> 28n), Number((bits >> 4n) & 0xffffffn), Number(bits & 15n)]
  let sum = 0
  for (let v = value; v > 0; v >>= 4) sum ^= v & 15
  if (sync !== 2 || sum !== check) return null
  return { value, colour: at(0.5, 0.6), width, height, frames: video.getVideoPlaybackQuality().totalVideoFrames }
}

/**
 * What the helper sees of the shared screen, in its own size, as a data URL: the sharp
 * still where one is shown, else the video. null while there is no picture.
 */
export function seenPicture() {
  const video = document.querySelector('video')
  const still = document.querySelector('canvas.still')
  const [source, width, height] = still
    ? [still, still.width, still.height]
    : [video, video?.videoWidth ?? 0, video?.videoHeight ?? 0]
  if (!source || width === 0) return null
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  if (video?.videoWidth) g.drawImage(video, 0, 0, width, height) // under a sharp picture that is not whole yet
  g.drawImage(source, 0, 0, width, height)
  return { still: source === still, data: canvas.toDataURL('image/png') }
}

/**
 * Finds the button of Firefox's own sharing bar in the helper's video: the one blue
 * thing at the upper edge of the shared screen. Gives its middle, or null.
 */
export function findStopSharing() {
  const video = document.querySelector('video')
  if (!video || video.readyState < 2) return null
  const canvas = document.createElement('canvas')
  const [width, height] = [(canvas.width = video.videoWidth), (canvas.height = 32)]
  const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }))
  g.drawImage(video, 0, 0)
  const { data } = g.getImageData(0, 0, width, height)
  let [left, top, right, bottom, blue] = [width, height, 0, 0, 0]
  for (let i = 0; i < width * height; i++) {
    const [r, green, b] = data.subarray(i * 4, i * 4 + 3)
    if (r > 70 || green > 140 || b < 170) continue
    const [x, y] = [i % width, Math.floor(i / width)]
    blue++
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return blue > 300 ? { x: Math.round((left + right) / 2), y: Math.round((top + bottom) / 2) } : null
}

/** How the last peer connection of the page is connected, by the browser's own statistics. */
export async function readPath() {
  const pc = window.watched.peers.at(-1)
  if (!pc) return null
  const stats = new Map()
  for (const [id, s] of await pc.getStats()) stats.set(id, s)
  const all = [...stats.values()]
  const transport = all.find((s) => s.type === 'transport' && s.selectedCandidatePairId)
  const pair = transport ? stats.get(transport.selectedCandidatePairId) : all.find((s) => s.type === 'candidate-pair' && s.selected)
  if (!pair) return null
  const [local, remote] = [stats.get(pair.localCandidateId), stats.get(pair.remoteCandidateId)]
  return { local: local?.candidateType, remote: remote?.candidateType, protocol: local?.relayProtocol ?? local?.protocol }
}

/** The secrets that the page's connections know. */
export function readSecrets() {
  return window.watched.peers.flatMap((pc) =>
    [pc.localDescription, pc.remoteDescription].flatMap((d) => [...(d?.sdp ?? '').matchAll(/^a=(?:fingerprint:sha-256 |ice-ufrag:|ice-pwd:)(\S+)/gm)].map((m) => m[1]))
  )
}
