// What is not as it should be with a device: which rules, since when, how old the facts
// are. The helper reads it for the whole session, its owner on the first page.
import { isolate } from '../i18n'
import { agoText } from '../i18n/ago'
import { isMessage, t } from '../i18n/seats'
import type { Finding, Warning } from '../wire'
import { Note } from './kit'
import { momentText } from './time'

/** brief: in one line, beside the picture. */
export function Warnings({ warnings, brief = false }: { warnings: readonly Warning[]; brief?: boolean }) {
  return (
    <>
      {warnings.map((w) => (
        <Note key={w.code} tone="warn" brief={brief} title={t(`warning.${w.code}`)}>
          {(w.findings ?? []).length > 0 ? (
            <ul class="grounds">
              {(w.findings ?? []).map((f) => (
                <li key={`${f.rule} ${f.policy}`}>{findingText(f)}</li>
              ))}
            </ul>
          ) : (
            <p>{t(`warning.${w.code}.more`)}</p>
          )}
          {w.evaluatedAt && <p class="quiet">{t('warning.age', { age: agoText(w.evaluatedAt) })}</p>}
        </Note>
      ))}
    </>
  )
}

function findingText(f: Finding): string {
  const id = `rule.${f.rule}`
  const rule = isMessage(id) ? t(id) : f.rule
  const since = f.since ? momentText(f.since) : ''
  const policy = isolate(f.policy)
  return f.graceTo && Date.parse(f.graceTo) > Date.now()
    ? t('warning.ruleInGrace', { rule, policy, since, until: momentText(f.graceTo) })
    : t('warning.rule', { rule, policy, since })
}
