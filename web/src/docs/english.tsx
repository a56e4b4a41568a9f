// Texts of the description are English in every language of the page.
import type { ComponentChildren } from 'preact'

export const English = ({ children }: { children: ComponentChildren }) => (
  <bdi lang="en" dir="ltr">
    {children}
  </bdi>
)

/** A name, path or word of the API. */
export const Code = ({ children }: { children: ComponentChildren }) => (
  <code lang="en" dir="ltr">
    {children}
  </code>
)

/** Long texts scroll by themselves, so they can be reached by keyboard. */
export const Block = ({ text }: { text: string }) => (
  <pre class="block" lang="en" dir="ltr" tabIndex={0}>
    {text}
  </pre>
)
