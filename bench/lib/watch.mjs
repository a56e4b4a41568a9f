// What the benches put into every page before its own scripts run: it only looks
// and notes times. The function is sent to the browser as text and must not use
// anything around it.

export function watchTimes() {
  /** Wall clock in ms with fractions: the same for all browsers of a machine. */
  const now = () => performance.timeOrigin + performance.now()
  const waiting = new Set()
  const times = {
    now,
    chosen: 0, // getDisplayMedia gave a screen
    clicked: 0, // the last real click
    firstFrame: 0, // the first decoded frame with something on it
    usable: 0, // the box for the security code can be typed into
    /** @type {number[]} */
    attached: [], // when the server first spoke on each of the page's sockets
    /** @type {number[]} */
    frames: [], // when each decoded frame came
    /** @type {number[]} */
    delays: [], // glass to glass, of every frame whose time code could be read

    /**
     * Notes when the page's text first matches each pattern. Resolves when all were
     * seen, or after ms; null: not seen.
     * @param {Record<string, string>} patterns @param {number} ms
     */
    told(patterns, ms) {
      const left = new Map(Object.entries(patterns).map(([name, p]) => [name, new RegExp(p)]))
      const seen = Object.fromEntries(Object.keys(patterns).map((name) => [name, null]))
      return new Promise((done) => {
        const look = () => {
          const text = document.body?.textContent ?? ''
          for (const [name, p] of left) if (p.test(text)) seen[name] = (left.delete(name), now())
          if (left.size > 0) return
          waiting.delete(look)
          done(seen)
        }
        waiting.add(look)
        setTimeout(() => (waiting.delete(look), done(seen)), ms)
        look()
      })
    }
  }
  Object.defineProperty(window, 'times', { value: times })

  const media = navigator.mediaDevices
  if (media?.getDisplayMedia) {
    const real = media.getDisplayMedia.bind(media)
    media.getDisplayMedia = (o) =>
      real(o).then((s) => {
        times.chosen = now()
        return s
      })
  }
  const Socket = window.WebSocket
  window.WebSocket = class extends Socket {
    /** @param {ConstructorParameters<typeof Socket>} a */
    constructor(...a) {
      super(...a)
      this.addEventListener('message', () => times.attached.push(now()), { once: true })
    }
  }
  addEventListener('click', (e) => e.isTrusted && (times.clicked = now()), true)

  /** The strip of paint.html is drawn to this many pixels a block. */
  const [blocks, wide, high] = [30, 3, 4]
  const canvas = new OffscreenCanvas(blocks * wide, 2 * high)
  const g = canvas.getContext('2d', { willReadFrequently: true })
  const looked = new WeakSet()

  /** Reads a frame: the strip at its top, and whether there is anything below. @param {HTMLVideoElement} v */
  const read = (v) => {
    const at = now()
    times.frames.push(at)
    const { videoWidth: w, videoHeight: h } = v
    g.drawImage(v, 0, h * 0.03, w, h * 0.04, 0, 0, blocks * wide, high)
    g.drawImage(v, 0, h * 0.55, w, h * 0.04, 0, high, blocks * wide, high)
    const { data } = g.getImageData(0, 0, canvas.width, canvas.height)
    const light = (x, y) => data[4 * (y * canvas.width + x)] + data[4 * (y * canvas.width + x) + 1] + data[4 * (y * canvas.width + x) + 2]
    if (times.firstFrame === 0 && light(blocks, high + 2) > 96) times.firstFrame = at
    let bits = 0n
    for (let i = 0; i < blocks; i++) bits = (bits << 1n) | (light(i * wide + 1, 2) > 384 ? 1n : 0n)
    const [sync, value, check] = [Number(bits >> 28n), Number((bits >> 4n) & 0xffffffn), Number(bits & 15n)]
    let sum = 0
    for (let n = value; n > 0; n >>= 4) sum ^= n & 15
    if (sync === 2 && sum === check) times.delays.push((at - value + 0x1000000) % 0x1000000)
  }

  /** @param {HTMLVideoElement} v */
  const follow = (v) => {
    looked.add(v)
    const step = () => {
      read(v)
      v.requestVideoFrameCallback(step)
    }
    v.requestVideoFrameCallback(step)
  }

  new MutationObserver(() => {
    for (const look of waiting) look()
    for (const v of document.getElementsByTagName('video')) if (!looked.has(v)) follow(v)
    const box = document.querySelector('input.code-box')
    if (times.usable === 0 && box instanceof HTMLInputElement && !box.disabled && box.checkVisibility()) times.usable = now()
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
}
