// Something with a heading that opens: by hand, or because the address names it.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

interface OpenedProps {
  id: string
  named: boolean
  summary: ComponentChildren
  children: ComponentChildren
}

/** What is inside is made once it is opened: a hundred operations are long. */
export function Opened({ id, named, summary, children }: OpenedProps) {
  const [open, setOpen] = useState(named)
  const place = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (!named) return
    setOpen(true)
    place.current?.scrollIntoView()
    place.current?.querySelector('summary')?.focus({ preventScroll: true })
  }, [named])
  return (
    <details id={id} class="opened" ref={place} open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && <div class="opened-inside">{children}</div>}
    </details>
  )
}
