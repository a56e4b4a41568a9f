// What the join page remembers in this tab: the code while the person signs in,
// and nothing longer; which help session the tab sits in.
const codeKey = 'tasuke.code'
const sessionKey = 'tasuke.session'

/** Keeps the code over the way to the sign-in page and back. */
export function keepCode(code: string): void {
  put(codeKey, code)
}

/** Gives the kept code once. */
export function takeCode(): string {
  const code = get(codeKey)
  drop(codeKey)
  return code
}

export function keepSession(id: string): void {
  put(sessionKey, id)
}

export function keptSession(): string {
  return get(sessionKey)
}

export function forgetSession(): void {
  drop(sessionKey)
}

function put(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value)
  } catch {
    // storage is switched off: the person types the code again
  }
}

function get(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

function drop(key: string): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // nothing is kept then
  }
}
