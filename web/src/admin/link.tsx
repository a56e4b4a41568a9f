/** @jsxImportSource react */
// Links: within the admin center without loading anew, and links that look like buttons.
import { Button, type ButtonProps } from '@fluentui/react-components'
import type { MouseEvent, ReactNode } from 'react'
import { go } from './hooks'

/** Whether the browser should do what it does with links: open a tab, a window, a download. */
function browsersOwn(e: MouseEvent): boolean {
  return e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey
}

/** A link to another page of the admin center. */
export function PageLink(p: { href: string; current?: boolean; className?: string; children: ReactNode }) {
  return (
    <a
      href={p.href}
      className={p.className}
      aria-current={p.current ? 'page' : undefined}
      onClick={(e) => {
        if (browsersOwn(e)) return
        e.preventDefault()
        go(p.href)
      }}
    >
      {p.children}
    </a>
  )
}

interface ButtonLinkProps {
  href: string
  appearance?: NonNullable<ButtonProps['appearance']>
  size?: NonNullable<ButtonProps['size']>
  /** The file is saved, not shown. */
  download?: boolean
  onClick?: () => void
  children: ReactNode
}

/** A link that looks like a button: for going somewhere, not for doing something. */
export function ButtonLink({ href, appearance = 'secondary', size = 'medium', download, onClick, children }: ButtonLinkProps) {
  return (
    <Button as="a" href={href} appearance={appearance} size={size} download={download || undefined} onClick={() => onClick?.()}>
      {children}
    </Button>
  )
}
