/** @jsxImportSource react */
// Chooses one person by searching: for filters by somebody.
import { Input } from '@fluentui/react-components'
import { useEffect, useId, useState } from 'react'
import { Refusal } from '../../api'
import { people, person } from '../../api/admin'
import type { Person } from '../../wire'

interface PersonChoiceProps {
  label: string
  /** Id; empty: anybody. */
  value: string
  onValue: (id: string) => void
}

/** Name and address tell people of one name apart. */
function wordsOf(p: Pick<Person, 'name' | 'email'>): string {
  return p.email === '' ? p.name : `${p.name} · ${p.email}`
}

/** How long the typing rests before the server is asked, in ms. */
const restsAfter = 250
const offered = 10

export function PersonChoice({ label, value, onValue }: PersonChoiceProps) {
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly Person[]>([])
  const list = useId()
  useName(value, setText)
  useEffect(() => {
    if (text.trim() === '' || found.some((p) => wordsOf(p) === text)) return
    let mine = true
    const id = setTimeout(() => {
      people(new URLSearchParams({ search: text.split(' · ')[0] ?? '', limit: String(offered) })).then(
        (page) => mine && setFound(page.items),
        () => undefined // nothing is offered; the filter itself says what is refused
      )
    }, restsAfter)
    return () => {
      mine = false
      clearTimeout(id)
    }
  }, [text, found])
  const type = (next: string) => {
    setText(next)
    const chosen = found.find((p) => wordsOf(p) === next)
    if (chosen) onValue(chosen.id)
    else if (next === '') onValue('')
  }
  return (
    <>
      <Input type="search" list={list} aria-label={label} placeholder={label} value={text} onChange={(_, d) => type(d.value)} />
      <datalist id={list}>
        {found.map((p) => (
          <option key={p.id} value={wordsOf(p)} />
        ))}
      </datalist>
    </>
  )
}

/** Shows the name of whom the address chose. */
function useName(id: string, show: (text: string) => void): void {
  useEffect(() => {
    if (id === '') {
      show('')
      return
    }
    let mine = true
    person(id).then(
      (p) => mine && show(wordsOf(p)),
      (e: unknown) => mine && e instanceof Refusal && show(id)
    )
    return () => {
      mine = false
    }
  }, [id, show])
}
