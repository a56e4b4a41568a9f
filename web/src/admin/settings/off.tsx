/** @jsxImportSource react */
import { Button } from '@fluentui/react-components'
import { t } from '../../i18n/admin'
import { Modal } from '../modal'

/** Asks before remote help is switched off: it ends what people are doing now. */
export function OffQuestion({ onYes, onNo }: { onYes: () => void; onNo: () => void }) {
  const buttons = (
    <>
      <Button onClick={onNo}>{t('action.cancel')}</Button>
      <Button className="danger" appearance="primary" onClick={onYes}>
        {t('settings.off.confirm')}
      </Button>
    </>
  )
  return (
    <Modal title={t('settings.off.title')} alert onClose={onNo} actions={buttons}>
      <p>{t('settings.off.more')}</p>
    </Modal>
  )
}
