/** @jsxImportSource react */
// A mistake of ours in drawing a page: said, instead of an empty window.
import { Button } from '@fluentui/react-components'
import { Component, type ReactNode } from 'react'
import { t } from '../i18n/admin'
import { Empty } from './parts'

export class Broken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <main className="admin-main" role="alert">
        <Empty title={t('admin.broken')} more={t('admin.brokenMore')}>
          <Button appearance="primary" onClick={() => location.reload()}>
            {t('admin.reload')}
          </Button>
        </Empty>
      </main>
    )
  }
}
