// Tries out what a help session needs, each thing by itself, and tells of each as soon
// as it is known.
import { check } from '../api'
import { canCapture } from '../rtc/capture'
import type { Check } from '../wire'
import {
  type Finding,
  judgeBrowser,
  judgeCapture,
  judgeClock,
  judgeExtras,
  judgeMachine,
  judgePath,
  judgeSecure,
  judgeServer,
  judgeSocket,
  type Path,
  pathOf,
  running,
  type Tried
} from './judge'

/** Longer than browsers try a path, in ms. */
const within = 12_000

/** Runs everything; tell is called with each finding, first as running. Resolves when all are known. */
export async function run(tell: (f: Finding) => void): Promise<void> {
  for (const about of ['server', 'clock', 'socket'] as const) tell(running(about))
  tell(judgeSecure(isSecureContext))
  tell(judgeBrowser(navigator.userAgent))
  tell(judgeCapture(canCapture(navigator), captureAllowed()))
  tell(judgeMachine(renderer()))
  tell(judgeExtras(extras()))
  await Promise.all([viaHTTP(tell), viaSocket().then((ms) => tell(judgeSocket(ms)))])
}

/** The server, its clock, and the relay that it names. */
async function viaHTTP(tell: (f: Finding) => void): Promise<void> {
  const began = performance.now()
  let answer: Check
  try {
    answer = await check()
  } catch {
    tell(judgeServer(null))
    return tell(judgeClock(null))
  }
  const took = performance.now() - began
  tell(judgeServer(Math.round(took)))
  tell(judgeClock((Date.now() - took / 2 - Date.parse(answer.now)) / 1000))
  await Promise.all((answer.relay ?? []).map((url) => viaRelay(url, tell)))
}

async function viaRelay(url: string, tell: (f: Finding) => void): Promise<void> {
  const path = pathOf(url)
  if (!path) return
  tell(running(path))
  tell(judgePath(path, await tryPath(url, path)))
}

/** Whether a WebSocket opens, in ms; null: it does not. The server closes it by itself when nobody is signed in. */
function viaSocket(): Promise<number | null> {
  return new Promise((done) => {
    const began = performance.now()
    const socket = new WebSocket(new URL('/live', location.href.replace(/^http/, 'ws')))
    const end = (ms: number | null) => {
      clearTimeout(timer)
      socket.onopen = socket.onerror = null
      socket.close()
      done(ms)
    }
    const timer = setTimeout(() => end(null), within)
    socket.onopen = () => end(Math.round(performance.now() - began))
    socket.onerror = () => end(null)
  })
}

/** STUN and TURN errors that mean: there was no answer (W3C WebRTC, icecandidateerror). */
const noAnswer = 701

/** Needed by the browser to ask at all; the relay answers that they are wrong, and so it answers. */
const nobody = { username: 'check', credential: 'check' }

/** Lets the browser look for addresses at one server: an address, or a refusal, is an answer. */
async function tryPath(url: string, path: Path): Promise<Tried> {
  const pc = new RTCPeerConnection({
    iceServers: [path === 'stun' ? { urls: [url] } : { urls: [url], ...nobody }],
    iceTransportPolicy: path === 'stun' ? 'all' : 'relay'
  })
  try {
    pc.createDataChannel('check')
    const began = performance.now()
    const found = gathered(pc, path)
    await pc.setLocalDescription(await pc.createOffer())
    const answered = await found
    if (answered === null) return { is: 'untold' }
    return answered ? { is: 'answered', ms: Math.round(performance.now() - began) } : { is: 'silent' }
  } catch {
    return { is: 'untold' }
  } finally {
    pc.close()
  }
}

/** Whether the server answered; null: the browser does not tell. */
function gathered(pc: RTCPeerConnection, path: Path): Promise<boolean | null> {
  const tells = 'onicecandidateerror' in pc
  let silent = false
  return new Promise((done) => {
    setTimeout(() => done(tells ? false : null), within)
    pc.onicecandidateerror = (e) => {
      silent ||= e.errorCode === noAnswer
      if (e.errorCode !== noAnswer) done(true)
    }
    pc.onicecandidate = (e) => {
      if (e.candidate?.type === 'srflx' || e.candidate?.type === 'relay') done(true)
      // Without NAT the address a STUN server sees is the own one, and is not told again.
      if (!e.candidate) done(tells ? path === 'stun' && !silent : null)
    }
  })
}

/** Whether the page's permissions policy lets it capture; null: the browser does not tell. */
function captureAllowed(): boolean | null {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } }
  return featurePolicy ? featurePolicy.allowsFeature('display-capture') : null
}

/** What draws, as WebGL says; empty: it does not. */
function renderer(): string {
  const gl = document.createElement('canvas').getContext('webgl')
  if (!gl) return ''
  const told = gl.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER)
  return typeof name === 'string' ? name : ''
}

/** What newer browsers have and nothing depends on. */
function extras(): string[] {
  const names = { WebCodecs: 'VideoEncoder', 'encoded transform': 'RTCRtpScriptTransform', ImageCapture: 'ImageCapture' }
  return Object.entries(names).flatMap(([words, name]) => (name in globalThis ? [words] : []))
}
