// A secret that a link carries in its fragment.

export interface Fragment {
  /** Empty: the page was opened without one. */
  value: string
  /** It is used up. */
  forget: () => void
}

/** Takes it out of the address bar at once; it is kept, under a name, over the sign-in only. */
export function takeFragment(name: string): Fragment {
  const value = location.hash.slice(1)
  if (value !== '') {
    history.replaceState(null, '', location.pathname)
    sessionStorage.setItem(name, value)
  }
  // A link opened in this very tab changes the fragment only: begin again with it.
  addEventListener('hashchange', () => {
    if (location.hash !== '') location.reload()
  })
  return { value: value || (sessionStorage.getItem(name) ?? ''), forget: () => sessionStorage.removeItem(name) }
}
