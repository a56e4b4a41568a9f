/** @jsxImportSource react */
// The first page: what there is for this reader, with a sentence on each.
import { t } from '../../i18n/admin'
import { useTitle } from '../hooks'
import type { PageProps } from '../kit/configured'
import { PageLink } from '../link'
import { Empty, PageHead } from '../parts'
import { allPages, headings, type Page, pages } from '../route'

export default function OverviewPage({ focus, may }: PageProps) {
  useTitle(t('title.overview'))
  const open = allPages.filter((p): p is Exclude<Page, 'overview'> => pages[p].needs !== null && may(pages[p].needs))
  return (
    <>
      <PageHead title={t('title.overview')} lead={t('overview.lead')} focus={focus} />
      {open.length === 0 && <Empty title={t('overview.nothing')} more={t('overview.nothingMore')} />}
      {headings
        .filter((h) => open.some((p) => pages[p].under === h))
        .map((h) => (
          <section key={h} aria-label={t(`nav.${h}`)}>
            <h2 className="overview-head">{t(`nav.${h}`)}</h2>
            <ul className="tiles">
              {open
                .filter((p) => pages[p].under === h)
                .map((p) => (
                  <li key={p} className="panel tile">
                    <PageLink href={pages[p].path}>{t(`title.${p}`)}</PageLink>
                    <p className="quiet">{t(`about.${p}`)}</p>
                  </li>
                ))}
            </ul>
          </section>
        ))}
    </>
  )
}
