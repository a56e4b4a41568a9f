// The description of the API: how to call it, a search, operations by group, objects.
import { useEffect, useId, useMemo, useState } from 'preact/hooks'
import { Refusal } from '../api/docs'
import { t } from '../i18n/docs'
import { Button, Note, Waiting } from '../ui/kit'
import { RefusalNote } from '../ui/refusal'
import { type OpenAPI, type Operation, operationsOf, search } from './describe'
import { Block, English } from './english'
import { Members, objectId } from './members'
import { Opened } from './opened'
import { OperationItem } from './operation'

interface DocsProps {
  found: OpenAPI | Refusal | null
  /** The server's address, without a path. */
  base: string
  /** Id of the operation or object that the address names. */
  hash: string
  onAgain: () => void
}

export function DocsScreen({ found, base, hash, onAgain }: DocsProps) {
  return (
    <div class="docs">
      <h1>{t('docs.title')}</h1>
      <p class="lead">{t('docs.lead')}</p>
      {found === null && <Waiting>{t('docs.loading')}</Waiting>}
      {found instanceof Refusal && (
        <>
          <RefusalNote refusal={found} />
          <Button onClick={onAgain}>{t('docs.again')}</Button>
        </>
      )}
      {found && !(found instanceof Refusal) && <Description api={found} base={base} hash={hash} />}
    </div>
  )
}

function Description({ api, base, hash }: { api: OpenAPI; base: string; hash: string }) {
  const all = useMemo(() => operationsOf(api), [api])
  const [words, setWords] = useState('')
  const shown = search(all, words)
  useEffect(() => {
    // What the address names is shown, whatever was looked for before.
    if (all.some((o) => o.id === hash) && !shown.some((o) => o.id === hash)) setWords('')
  }, [hash])
  return (
    <>
      <Start base={base} />
      <Search words={words} shown={shown.length} all={all.length} onWords={setWords} />
      {shown.length === 0 && <Note tone="info">{t('docs.none')}</Note>}
      <Groups shown={shown} base={base} hash={hash} />
      <section aria-labelledby="objects">
        <h2 id="objects">{t('docs.objects')}</h2>
        {Object.entries(api.components.schemas).map(([name, schema]) => (
          <Opened
            key={name}
            id={objectId(name)}
            named={hash === objectId(name)}
            summary={
              <h3 class="operation">
                <English>{name}</English>
              </h3>
            }
          >
            <Members schema={schema} />
          </Opened>
        ))}
      </section>
    </>
  )
}

function Start({ base }: { base: string }) {
  return (
    <section class="card card-wide" aria-labelledby="start">
      <h2 id="start">{t('docs.start')}</h2>
      <p>{t('docs.start.token')}</p>
      <Block text={`curl ${base}/api/v1/me \\\n  -H "Authorization: Bearer $TASUKE_TOKEN"`} />
      <p>{t('docs.start.refusals')}</p>
      <p class="actions">
        <a href="/admin/tokens">{t('docs.tokens')}</a>
        <a href="/api/openapi.json">{t('docs.file')}</a>
      </p>
    </section>
  )
}

function Search(p: { words: string; shown: number; all: number; onWords: (words: string) => void }) {
  const id = useId()
  return (
    <div class="docs-search">
      <label for={id}>{t('docs.search')}</label>
      <input
        id={id}
        class="field"
        type="search"
        autocomplete="off"
        placeholder={t('docs.search.hint')}
        value={p.words}
        onInput={(e) => p.onWords(e.currentTarget.value)}
      />
      <p class="quiet" role="status">
        {t('docs.count', { shown: p.shown, all: p.all })}
      </p>
    </div>
  )
}

/** The address of a group on the page. */
const groupId = (tag: string) => `group-${tag.toLowerCase().replaceAll(' ', '-')}`

function Groups({ shown, base, hash }: { shown: readonly Operation[]; base: string; hash: string }) {
  const tags = [...new Set(shown.map((o) => o.tag))]
  return (
    <>
      <nav class="groups" aria-label={t('docs.groups')}>
        {tags.map((tag) => (
          <a key={tag} href={`#${groupId(tag)}`}>
            <English>{tag}</English>
          </a>
        ))}
        <a href="#objects">{t('docs.objects')}</a>
      </nav>
      {tags.map((tag) => (
        <section key={tag} aria-labelledby={groupId(tag)}>
          <h2 id={groupId(tag)}>
            <English>{tag}</English>
          </h2>
          {shown.flatMap((o) =>
            o.tag === tag ? <OperationItem key={o.id} operation={o} base={base} named={hash === o.id} /> : []
          )}
        </section>
      ))}
    </>
  )
}
