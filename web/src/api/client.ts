// One fetch wrapper: JSON in, JSON out, refusals as Refusal. It knows no route.
import type { Problem, ProblemReason } from '../wire'

/** How long an answer may take before the page says that the server does not answer. */
const patience = 15_000

/** Why a request failed: a refusal of the server's with its stable code, or no answer at all (code offline, status 0). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly fix: string,
    readonly reasons: readonly ProblemReason[],
    /** Seconds to wait before the next try; 0: not said. */
    readonly retryAfter: number
  ) {
    super(`${code}: ${detail}`)
  }
}

/** No answer came: the network, or the server, is away. */
export function offline(): Refusal {
  return new Refusal(0, 'offline', '', '', [], 0)
}

/** Whether trying the same again later can help. */
export function passing(r: Refusal): boolean {
  return r.status === 0 || r.status === 429 || r.status >= 500
}

/** What the wrapper needs of the world. */
export interface Transport {
  fetch: typeof fetch
}

interface Asking {
  /** How long to wait for the answer, in ms. */
  wait?: number
  /** The version that the caller has seen: a change meanwhile is refused. */
  match?: number
}

/** Does one request. Throws Refusal and nothing else. */
export async function request<T>(
  t: Transport,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  { wait = patience, match }: Asking = {}
): Promise<T> {
  const init: RequestInit = { method, credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(wait) }
  init.headers = { Accept: 'application/json' }
  if (match !== undefined) init.headers = { ...init.headers, 'If-Match': `"${match}"` }
  if (body !== undefined) {
    const file = body instanceof Blob // sent as it is
    init.headers = { ...init.headers, 'Content-Type': file ? body.type : 'application/json' }
    init.body = file ? body : JSON.stringify(body)
  }
  let answer: Response
  try {
    answer = await t.fetch(path, init)
  } catch {
    throw offline()
  }
  if (!answer.ok) throw await refusalOf(answer)
  return read<T>(answer)
}

async function read<T>(answer: Response): Promise<T> {
  try {
    const text = await answer.text()
    return (text === '' ? undefined : JSON.parse(text)) as T
  } catch {
    throw offline() // the answer broke off
  }
}

/** Reads problem details (RFC 9457); an answer from something in between (a proxy's page) becomes unavailable. */
async function refusalOf(answer: Response): Promise<Refusal> {
  const retryAfter = Number(answer.headers.get('Retry-After') ?? 0) || 0
  try {
    const p = (await answer.json()) as Partial<Problem>
    if (typeof p.code === 'string') {
      return new Refusal(answer.status, p.code, p.detail ?? '', p.fix ?? '', p.reasons ?? [], retryAfter)
    }
  } catch {
    // not JSON: fall through
  }
  return new Refusal(answer.status, answer.status === 401 ? 'sign_in_required' : 'unavailable', '', '', [], retryAfter)
}
