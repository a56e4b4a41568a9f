/** @jsxImportSource react */
// What was changed of the settings, when and by whom: beside the form, the newest first.
import { Button } from '@fluentui/react-components'
import { settingsHistory } from '../../api/records'
import { t } from '../../i18n/admin'
import { Changes } from '../audit/changes'
import { actorText } from '../audit/words'
import { usePages } from '../kit/pages'
import { Modal } from '../modal'
import { Empty, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { momentText } from '../words'

const asked = new URLSearchParams({ limit: '25' }).toString()

export function History({ onClose }: { onClose: () => void }) {
  const { come, doing, more, again } = usePages(settingsHistory, asked, 0)
  const refusal = typeof doing === 'object' ? doing : null
  const reading = doing === 'reading'
  return (
    <Modal side title={t('changes.title')} onClose={onClose} actions={<Button onClick={onClose}>{t('editor.close')}</Button>}>
      {!come && reading && <Waiting>{t('admin.loading')}</Waiting>}
      {refusal && <RefusalBar refusal={refusal} onAgain={again} />}
      {come?.rows.length === 0 && <Empty title={t('changes.empty')} more={t('changes.emptyMore')} />}
      {come?.rows.map((l) => (
        <section key={l.number} className="part" aria-label={momentText(l.at, 'seconds')}>
          <p>
            <bdi>{actorText(l)}</bdi>{' '}
            <time className="quiet" dateTime={l.at}>
              {momentText(l.at)}
            </time>
          </p>
          <Changes line={l} nameOf={(id) => id} />
        </section>
      ))}
      {come && come.next !== '' && (
        <div>
          <Button disabledFocusable={reading} onClick={more}>
            {t(reading ? 'list.moreLoading' : 'list.more')}
          </Button>
        </div>
      )}
    </Modal>
  )
}
