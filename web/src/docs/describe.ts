// What the page shows of an OpenAPI description. Pure.

/** The part of OpenAPI 3.1 that the server's description uses. */
export interface OpenAPI {
  info: { version: string; description?: string }
  paths: Record<string, Record<string, RawOperation>>
  components: { schemas: Record<string, Schema> }
}

interface RawOperation {
  operationId: string
  tags?: string[]
  summary: string
  description: string
  security?: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content }>
  'x-permission': string
}

export interface Parameter {
  name: string
  in: string
  description?: string
  required?: boolean
  schema: Schema
}

type Content = Record<string, { schema?: Schema; example?: unknown }>

export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  enum?: unknown[]
  default?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
}

/** A body as it is sent or answered. */
export interface Body {
  type: string
  schema: Schema | null
  /** Indented JSON; null: it is not JSON. */
  example: string | null
}

/** One status, and the codes that it comes with. */
export interface Refused {
  status: string
  codes: { code: string; text: string }[]
}

export interface Operation {
  id: string
  tag: string
  method: string
  path: string
  permission: string
  /** Whether programs may call it, with a token. */
  tokens: boolean
  summary: string
  description: string
  parameters: Parameter[]
  request: Body | null
  status: string
  answer: Body | null
  refusals: Refused[]
}

export function operationsOf(d: OpenAPI): Operation[] {
  return Object.entries(d.paths)
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, o]) => operation(method.toUpperCase(), path, o)))
    .sort(
      (a, b) => a.tag.localeCompare(b.tag, 'en') || a.path.localeCompare(b.path, 'en') || a.method.localeCompare(b.method, 'en')
    )
}

function operation(method: string, path: string, o: RawOperation): Operation {
  const answers = Object.entries(o.responses)
  const [status, good] = answers.find(([s]) => s.startsWith('2')) ?? ['', undefined]
  return {
    id: o.operationId,
    tag: o.tags?.[0] ?? '',
    method,
    path,
    permission: o['x-permission'],
    tokens: (o.security ?? []).some((s) => 'bearer' in s),
    summary: o.summary,
    description: o.description,
    parameters: o.parameters ?? [],
    request: bodyOf(o.requestBody?.content),
    status,
    answer: bodyOf(good?.content),
    refusals: answers.filter(([s]) => !s.startsWith('2')).map(([s, a]) => ({ status: s, codes: codesOf(a.description) }))
  }
}

function bodyOf(content: Content | undefined): Body | null {
  const [first] = Object.entries(content ?? {})
  if (!first) return null
  const [type, { schema, example }] = first
  return { type, schema: schema ?? null, example: example === undefined ? null : JSON.stringify(example, null, 2) }
}

/** Lines of the form `code`: sentence. */
function codesOf(description: string): Refused['codes'] {
  return [...description.matchAll(/^`([^`]+)`: (.*)$/gm)].map((m) => ({ code: m[1] ?? '', text: m[2] ?? '' }))
}

/** Those that hold every word that is looked for. */
export function search(all: readonly Operation[], words: string): Operation[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return all.filter((o) => {
    const codes = o.refusals.flatMap((r) => r.codes.map((c) => c.code))
    const text = [o.id, o.tag, o.method, o.path, o.permission, o.summary, o.description, ...codes].join(' ').toLowerCase()
    return wanted.every((w) => text.includes(w))
  })
}

/** What a schema is, in a word; object is the name of the object it refers to. */
export interface Kind {
  word: string
  object: string
  list: boolean
}

export function kindOf(s: Schema): Kind {
  if (s.items) return { ...kindOf(s.items), list: true }
  if (s.$ref) return { word: '', object: s.$ref.replace(/^.*\//, ''), list: false }
  const word = [s.type]
    .flat()
    .filter((t) => t !== 'null')
    .join(' / ')
  return { word: s.format && s.type === 'string' ? `${word} (${s.format})` : word, object: '', list: false }
}

/** The words that a member may be; empty ones are left out. */
export const wordsOf = (s: Schema): string[] => (s.enum ?? s.items?.enum ?? []).map(String).filter(Boolean)

/** A command line that calls it with a token. */
export function curl(base: string, o: Operation): string {
  const lines = [
    `curl ${o.method === 'GET' ? '' : `-X ${o.method} `}${base}${o.path}`,
    `-H "Authorization: Bearer $TASUKE_TOKEN"`
  ]
  for (const p of o.parameters) if (p.in === 'header' && p.required) lines.push(`-H '${p.name}: "3"'`)
  if (o.request?.example) lines.push(`-H 'Content-Type: ${o.request.type}'`, `-d '${o.request.example.replaceAll("'", "'\\''")}'`)
  return lines.join(' \\\n  ')
}
