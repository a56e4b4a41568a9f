// Who the other person is, in the words of their identity provider.
import { t } from '../i18n/seats'
import type { Party } from '../wire'
import { Icon } from './icon'
import { Avatar } from './kit'

type Known = Pick<Party, 'name' | 'title' | 'company' | 'department' | 'domain' | 'domainVerified' | 'picture' | 'proof'>

/** The card of a trust screen. Names are text, never markup, and keep their own direction. */
export function PersonCard({ person }: { person: Known }) {
  const place = [person.company, person.department].filter((s) => s !== '')
  return (
    <div class="person">
      <Avatar name={person.name} picture={person.picture} size="large" />
      <div class="person-text">
        <h2 class="person-name">
          <bdi>{person.name}</bdi>
        </h2>
        {person.title && (
          <p class="person-title">
            <bdi>{person.title}</bdi>
          </p>
        )}
        {place.length > 0 && (
          <p class="person-place">
            {place.map((s, i) => (
              <span key={s}>
                {i > 0 && ' · '}
                <bdi>{s}</bdi>
              </span>
            ))}
          </p>
        )}
        {person.proof !== '' && <p class="person-place">{t('proof.of', { proof: t(`proof.${person.proof}`) })}</p>}
        <DomainBadge domain={person.domain} verified={person.domainVerified} />
      </div>
    </div>
  )
}

function DomainBadge({ domain, verified }: { domain: string; verified: boolean }) {
  if (domain === '') return <p class="badge badge-warn">{t('person.noDomain')}</p>
  return (
    <p class={verified ? 'badge badge-good' : 'badge badge-warn'}>
      <Icon name={verified ? 'shield' : 'warn'} />
      <bdi dir="ltr">{domain}</bdi>
      <span>{verified ? t('person.verified') : t('person.unverified')}</span>
    </p>
  )
}
