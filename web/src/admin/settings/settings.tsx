/** @jsxImportSource react */
// The organisation's settings: what they are, a draft of what they shall be, and
// what happens when somebody else saved first.
import { Button } from '@fluentui/react-components'
import { type FormEvent, useEffect, useState } from 'react'
import type { Refusal } from '../../api'
import { saveSettings, settings } from '../../api/admin'
import { t } from '../../i18n/admin'
import type { Settings } from '../../wire'
import { refusalIn, useAsked, useTitle } from '../hooks'
import { PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { changedFields, type Draft, draftOf, type Rebased, rebase, settingsOf, switchesHelpOff, wrongFields } from './draft'
import { SettingFields } from './fields'
import { History } from './history'
import { OffQuestion } from './off'
import { Outcome, type Said, SaveBar } from './save'

/** shown: the page stays in place, unseen, while another tab is open. */
export default function SettingsPage({ shown, focus, may }: { shown: boolean; focus: boolean; may: boolean }) {
  const { asked, again, put } = useAsked(settings)
  const [history, setHistory] = useState(false)
  return (
    <div hidden={!shown}>
      {shown && <Title />}
      <div className="page">
        <PageHead title={t('title.settings')} lead={t('settings.lead')} focus={focus} />
        <div>
          <Button onClick={() => setHistory(true)}>{t('changes.open')}</Button>
        </div>
        {history && shown && <History onClose={() => setHistory(false)} />}
        {asked.is === 'loading' && <Waiting>{t('settings.loading')}</Waiting>}
        {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
        {asked.is === 'here' && <SettingsForm base={asked.value} may={may} onBase={put} />}
      </div>
    </div>
  )
}

function Title() {
  useTitle(t('title.settings'))
  return null
}

function SettingsForm({ base, may, onBase }: { base: Settings; may: boolean; onBase: (s: Settings) => void }) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(base))
  const [said, setSaid] = useState<Said>({ is: 'nothing' })
  const [asking, setAsking] = useState(false)
  const changed = changedFields(base, draft).length
  useGuard(changed > 0)

  const take = (next: Settings, nextDraft: Draft, outcome: Said) => {
    onBase(next)
    setDraft(nextDraft)
    setSaid(outcome)
  }
  const save = async () => {
    setAsking(false)
    setSaid({ is: 'saving' })
    try {
      const saved = await saveSettings(settingsOf(base, draft))
      take(saved, draftOf(saved), { is: 'saved' })
    } catch (e) {
      setSaid(refused(refusalIn(e)))
    }
  }
  const reload = async (keep: boolean) => {
    setSaid({ is: 'saving' })
    try {
      const now = await settings()
      const on = keep ? rebase(base, draft, now) : null
      take(now, on?.draft ?? draftOf(now), on ? rebasedSaid(on) : { is: 'nothing' })
    } catch (e) {
      setSaid({ is: 'refused', refusal: refusalIn(e) })
    }
  }
  const submit = (e: FormEvent) => {
    e.preventDefault()
    if (said.is === 'saving' || wrongFields(draft).length > 0) return
    if (switchesHelpOff(base, draft)) setAsking(true)
    else void save()
  }
  return (
    <form className="settings" onSubmit={submit} noValidate>
      {!may && <p className="quiet">{t('settings.readOnly', { permission: t('permission.manage_settings') })}</p>}
      <fieldset className="form-body" disabled={!may}>
        <SettingFields
          draft={draft}
          refused={said.is === 'refused' ? said.refusal.reasons : []}
          onChange={(next) => {
            setDraft(next)
            if (said.is === 'saved' || said.is === 'rebased') setSaid({ is: 'nothing' })
          }}
        />
      </fieldset>
      {may && (
        <SaveBar
          changed={changed}
          wrong={wrongFields(draft).length > 0}
          saving={said.is === 'saving'}
          onDiscard={() => take(base, draftOf(base), { is: 'nothing' })}
        >
          <Outcome said={said} onReload={(keep) => void reload(keep)} />
        </SaveBar>
      )}
      {asking && <OffQuestion onYes={() => void save()} onNo={() => setAsking(false)} />}
    </form>
  )
}

function refused(refusal: Refusal): Said {
  return refusal.code === 'changed_meanwhile' ? { is: 'conflict' } : { is: 'refused', refusal }
}

function rebasedSaid({ theirs, both }: Rebased): Said {
  return { is: 'rebased', theirs, both }
}

/** Asks before the browser leaves a page with unsaved changes. */
function useGuard(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return
    const guard = (e: BeforeUnloadEvent) => e.preventDefault()
    addEventListener('beforeunload', guard)
    return () => removeEventListener('beforeunload', guard)
  }, [unsaved])
}
