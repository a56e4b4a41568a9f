/** @jsxImportSource react */
// Something that drops down from a button: choices, commands.
import { type ReactNode, useEffect, useRef } from 'react'

export function Drop({ label, children }: { label: string; children: ReactNode }) {
  const ref = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const outside = (e: Event) => {
      if (ref.current && e.target instanceof Node && !ref.current.contains(e.target)) ref.current.open = false
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [])
  return (
    <details
      ref={ref}
      className="drop"
      onKeyDown={(e) => {
        if (e.key !== 'Escape' || !ref.current?.open) return
        e.stopPropagation()
        ref.current.open = false
        ref.current.querySelector('summary')?.focus()
      }}
    >
      <summary>{label}</summary>
      {children}
    </details>
  )
}
