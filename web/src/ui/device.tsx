// What the organisation knows of the device one is at.
import { isolate } from '../i18n'
import { t } from '../i18n/seats'
import type { ThisDevice } from '../wire'
import { LinkButton, Note } from './kit'
import { Warnings } from './warnings'

export function DeviceLine({ device: d }: { device: ThisDevice }) {
  const enrol = <LinkButton href="/enrol">{t('action.enrol')}</LinkButton>
  switch (d.state) {
    case 'proven':
      return (
        <section class="this-device" aria-label={t('device.this')}>
          <p>
            {t('device.enrolledAs', { name: isolate(d.device?.name ?? '') })}{' '}
            {d.grade !== '' && t('proof.own', { proof: t(`proof.${d.grade}`) })}{' '}
            {d.warnings.length === 0 && t('device.compliant')}
          </p>
          <Warnings warnings={d.warnings} />
        </section>
      )
    case 'key_lost':
      return (
        <Note tone="warn" title={t('enrol.keyLost')}>
          {enrol}
        </Note>
      )
    case 'revoked':
      return <Note tone="warn" title={t('enrol.revoked')} />
    case 'unenrolled':
      if (!d.needed) return <p class="quiet">{t('device.notEnrolled')}</p>
      return (
        <Note tone="warn" title={t('device.needed')}>
          {enrol}
        </Note>
      )
  }
}
