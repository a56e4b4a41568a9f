// What bodies and parameters consist of.
import { t } from '../i18n/docs'
import { kindOf, type Parameter, type Schema, wordsOf } from './describe'
import { Code, English } from './english'

/** The address of an object on the page. */
export const objectId = (name: string) => `object-${name}`

/** What a schema is: an object is a link to its members. */
export function Kind({ schema }: { schema: Schema }) {
  const { word, object, list } = kindOf(schema)
  return (
    <span class="kind">
      {list && `${t('docs.list')} `}
      {object ? <a href={`#${objectId(object)}`}>{object}</a> : <English>{word}</English>}
    </span>
  )
}

/** The members of an object, or what else it is. */
export function Members({ schema }: { schema: Schema }) {
  const members = Object.entries(schema.properties ?? {})
  if (members.length === 0)
    return typeof schema.additionalProperties === 'object' ? <p>{t('docs.map')}</p> : <Kind schema={schema} />
  return (
    <dl class="members">
      {members.map(([name, s]) => (
        <Member key={name} name={name} schema={s} required={schema.required?.includes(name) ?? false} />
      ))}
    </dl>
  )
}

const places = { path: 'docs.in.path', query: 'docs.in.query', header: 'docs.in.header' } as const

export function Parameters({ all }: { all: readonly Parameter[] }) {
  return (
    <dl class="members">
      {all.map((p) => (
        <Member
          key={`${p.in} ${p.name}`}
          name={p.name}
          schema={p.schema}
          required={p.required ?? false}
          place={p.in in places ? t(places[p.in as keyof typeof places]) : ''}
        />
      ))}
    </dl>
  )
}

function Member(p: { name: string; schema: Schema; required: boolean; place?: string }) {
  const { schema } = p
  const words = wordsOf(schema)
  return (
    <div class="member">
      <dt>
        <Code>{p.name}</Code> <Kind schema={schema} />
        <span class="quiet">{[p.place, p.required && t('docs.required')].filter(Boolean).join(', ')}</span>
      </dt>
      {schema.description && (
        <dd>
          <English>{schema.description}</English>
        </dd>
      )}
      {words.length > 0 && (
        <dd class="words">
          {t('docs.oneOf')}{' '}
          {words.map((w) => (
            <Code key={w}>{w}</Code>
          ))}
        </dd>
      )}
      {schema.default !== undefined && <dd class="quiet">{t('docs.default', { value: String(schema.default) })}</dd>}
    </div>
  )
}
