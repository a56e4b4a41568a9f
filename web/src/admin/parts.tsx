/** @jsxImportSource react */
// The small parts the pages are made of.
import { Spinner } from '@fluentui/react-components'
import { type ReactNode, useEffect, useRef } from 'react'

/** A page's head; takes the focus when the page was opened from another one. */
export function PageHead({ title, lead, focus }: { title: string; lead: string; focus: boolean }) {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (focus) ref.current?.focus()
  }, [focus])
  return (
    <header className="page-head">
      <h1 ref={ref} tabIndex={-1}>
        {title}
      </h1>
      {lead !== '' && <p className="page-lead">{lead}</p>}
    </header>
  )
}

export function Waiting({ children }: { children: string }) {
  return (
    <div className="page-waiting" role="status">
      <Spinner label={children} labelPosition="after" size="small" />
    </div>
  )
}

/** Nothing to show, said and with a way on. */
export function Empty({ title, more, children }: { title: string; more: string; children?: ReactNode }) {
  return (
    <div className="page-empty">
      <p className="page-empty-title">{title}</p>
      <p className="quiet">{more}</p>
      {children}
    </div>
  )
}

/** What is known of something: words and values. Those without a value are left out. */
export function Facts({ of }: { of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="known">
      {of
        .filter(([, value]) => value !== '')
        .map(([head, value]) => (
          <div key={head} className="card-fact">
            <dt>{head}</dt>
            <dd>{typeof value === 'string' ? <bdi>{value}</bdi> : value}</dd>
          </div>
        ))}
    </dl>
  )
}
