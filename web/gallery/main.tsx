// Draws one screen: /gallery.html?scene=NAME, or the list of all. Development only.
import '../src/tokens/tokens.css'
import '../src/ui/ui.css'
import '../src/join/join.css'
import '../src/help/help.css'
import '../src/home/home.css'
import '../src/check/check.css'
import '../src/docs/docs.css'
import { useReducer } from 'preact/hooks'
import { docsCatalogs } from '../src/i18n/docs'
import { startPage } from '../src/ui/main'
import { scenes } from './scenes'

let name = new URLSearchParams(location.search).get('scene') ?? ''
let redraw: () => void = () => undefined

/** Drawn anew under its own key, so that nothing of the scene before is left. */
function Gallery() {
  const [, count] = useReducer((n: number, _: undefined) => n + 1, 0)
  redraw = () => count(undefined)
  const scene = scenes[name]
  if (scene) return <div key={name}>{scene()}</div>
  return (
    <main>
      <h1>Gallery</h1>
      <ul>
        {Object.keys(scenes).map((s) => (
          <li key={s}>
            <a href={`?scene=${s}`}>{s}</a>
          </li>
        ))}
      </ul>
    </main>
  )
}

/** For the script that walks through all of them. */
function show(next: string): void {
  name = next
  redraw()
}

void startPage(Gallery, docsCatalogs).then(() => Object.assign(window, { scenes: Object.keys(scenes), show }))
