// Parts of a page that are downloaded when they are needed.
import type { ComponentChildren, ComponentType, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

type Loaded<P> = { default: ComponentType<P> | ((p: P) => JSX.Element | null) }

/** A component that loads itself; rest is shown meanwhile, and broken when it cannot be downloaded. */
export function lazy<P extends object>(load: () => Promise<Loaded<P>>) {
  let ready: Loaded<P>['default'] | null = null
  return function Lazy(p: P & { rest?: ComponentChildren; broken?: ComponentChildren }) {
    const [state, setState] = useState<'loading' | 'ready' | 'broken'>(ready ? 'ready' : 'loading')
    useEffect(() => {
      if (ready) return
      load().then(
        (m) => {
          ready = m.default
          setState('ready')
        },
        () => setState('broken')
      )
    }, [])
    if (state === 'broken') return <>{p.broken}</>
    if (!ready) return <>{p.rest}</>
    const Part = ready as ComponentType<P>
    return <Part {...p} />
  }
}
