// What managers and auditors ask: the sessions that go on, those that have ended,
// the numbers, the audit log; and the API tokens.
import type {
  AuditLine,
  LiveSessions,
  NewToken,
  Overview,
  PageAuditLine,
  PageSessionReport,
  SessionDetail,
  Token,
  TokenBody
} from '../wire'
import { Refusal, request, type Transport } from './client'

const root = '/api/v1'
const transport: Transport = { fetch: (...a) => fetch(...a) }

const withQuery = (path: string, query: URLSearchParams) => {
  const q = query.toString()
  return q === '' ? `${root}${path}` : `${root}${path}?${q}`
}

/** One page of ended help sessions. */
export const sessionReports = (query: URLSearchParams) =>
  request<PageSessionReport>(transport, 'GET', withQuery('/reports/sessions', query))
/** Everything that is kept of one. */
export const sessionReport = (id: string) =>
  request<SessionDetail>(transport, 'GET', `${root}/reports/sessions/${encodeURIComponent(id)}`)
/** Where the browser downloads the same sessions as a file. */
export const sessionFile = (format: 'csv' | 'jsonl', query: URLSearchParams) => withQuery(`/reports/sessions.${format}`, query)

/** What goes on, in numbers. */
export const overview = () => request<Overview>(transport, 'GET', `${root}/overview`)

/** The help sessions that go on now. */
export const liveSessions = () => request<LiveSessions>(transport, 'GET', `${root}/live-sessions`)
/** Where they are followed, as server-sent events. */
export const liveEvents = `${root}/live-sessions/events`
/** Ends somebody else's help session; both sides read the note. */
export const endSession = (id: string, note: string) =>
  request<void>(transport, 'POST', `${root}/help-sessions/${encodeURIComponent(id)}/admin-end`, { note })

/** One page of the audit log, newest first. */
export const auditLines = (query: URLSearchParams) => request<PageAuditLine>(transport, 'GET', withQuery('/audit', query))
/** Where the browser downloads the same lines as a file. */
export const auditFile = (format: 'csv' | 'jsonl', query: URLSearchParams) => withQuery(`/audit.${format}`, query)
/** One line by its number; Refusal not_found. */
export async function auditLine(number: string): Promise<AuditLine> {
  const [line] = (await auditLines(new URLSearchParams({ number, limit: '1' }))).items
  if (!line) throw new Refusal(404, 'not_found', '', '', [], 0)
  return line
}

/** One page of what was changed of the settings, newest first. */
export const settingsHistory = (query: URLSearchParams) =>
  request<PageAuditLine>(transport, 'GET', withQuery('/settings/history', query))

/** Everybody's API tokens, without their secrets. */
export const tokens = async () => (await request<{ items: Token[] }>(transport, 'GET', `${root}/tokens`)).items
/** Makes one of one's own; its secret is in this answer and nowhere else. */
export const makeToken = (body: TokenBody) => request<NewToken>(transport, 'POST', `${root}/tokens`, body)
export const revokeToken = (id: string) => request<void>(transport, 'DELETE', `${root}/tokens/${encodeURIComponent(id)}`)
