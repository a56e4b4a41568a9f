/** @jsxImportSource react */
// A modal dialog made of the browser's own: it keeps the focus inside, gives it
// back at the end, and makes the rest of the page inert, without help of ours.
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'

interface ModalProps {
  title: string
  /** Interrupts with a question that wants an answer. */
  alert?: boolean
  /** Stands at the side, over the whole height: for editing. */
  side?: boolean
  /** Escape was pressed. */
  onClose: () => void
  /** The buttons. */
  actions: ReactNode
  children: ReactNode
}

/** What a reader begins with, rather than with the content as a whole, which browsers prefer where it scrolls. */
const fields = ':is(.modal-content input, .modal-content select, .modal-content textarea, .modal-content button):enabled'

export function Modal({ title, alert, side, onClose, actions, children }: ModalProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const [titleId, textId] = [useId(), useId()]
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    if (document.activeElement?.classList.contains('modal-content')) dialog?.querySelector<HTMLElement>(fields)?.focus()
    return () => dialog?.close() // before it leaves the page: closing gives the focus back
  }, [])
  return (
    <dialog
      ref={ref}
      className={side ? 'modal side' : 'modal'}
      role={alert ? 'alertdialog' : undefined}
      aria-labelledby={titleId}
      aria-describedby={alert ? textId : undefined}
      onCancel={(e) => {
        e.preventDefault()
        onClose()
      }}
    >
      <h2 id={titleId}>{title}</h2>
      <div id={textId} className="modal-content">
        {children}
      </div>
      <div className="row modal-actions">{actions}</div>
    </dialog>
  )
}
