// The device's key: made by the browser, kept in its profile, never readable by
// anybody, this page included. One signature at a time, each with its number.
const database = 'tasuke-device'
const store = 'keys'

/** P-256 (FIPS 186-5): the only curve the server takes. */
const kind: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' }

interface Kept {
  key: CryptoKey
  counter: number
}

export interface Statement {
  purpose: 'enrol' | 'prove'
  org: string
  signIn: string
  device: string
  nonce: string
}

/** The text that is signed; the server makes the same. */
export function message(s: Statement, counter: number): string {
  return [`tasuke device ${s.purpose} v1`, s.org, s.signIn, s.device, s.nonce, String(counter)].join('\n')
}

export async function makeKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(kind, false, ['sign', 'verify'])
}

/** The public key as the server takes it: SubjectPublicKeyInfo in base64. */
export async function publicKey(pair: CryptoKeyPair): Promise<string> {
  return base64(await crypto.subtle.exportKey('spki', pair.publicKey))
}

export async function sign(key: CryptoKey, s: Statement, counter: number): Promise<string> {
  return base64(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new TextEncoder().encode(message(s, counter))))
}

function base64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
}

export async function keepKey(device: string, kept: Kept): Promise<void> {
  await within('readwrite', (s) => {
    s.put(kept, device)
    if (device !== '') s.delete('') // where it was before it had a name
  })
}

/** Gives the key with the number of its next signature, which nobody gets twice; null: there is no key. */
export async function nextUse(device: string): Promise<Kept | null> {
  const db = await open()
  try {
    return await new Promise((resolve, reject) => {
      const tx = db.transaction(store, 'readwrite')
      let use: Kept | null = null
      const ask = tx.objectStore(store).get(device) as IDBRequest<Kept | undefined>
      ask.onsuccess = () => {
        if (!ask.result) return
        use = { key: ask.result.key, counter: ask.result.counter + 1 }
        tx.objectStore(store).put(use, device)
      }
      tx.oncomplete = () => resolve(use)
      tx.onerror = tx.onabort = () => reject(tx.error)
    })
  } finally {
    db.close()
  }
}

async function within(mode: IDBTransactionMode, act: (s: IDBObjectStore) => void): Promise<void> {
  const db = await open()
  try {
    await new Promise<void>((resolve, reject) => {
      const tx = db.transaction(store, mode)
      act(tx.objectStore(store))
      tx.oncomplete = () => resolve()
      tx.onerror = tx.onabort = () => reject(tx.error)
    })
  } finally {
    db.close()
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const ask = indexedDB.open(database, 1)
    ask.onupgradeneeded = () => ask.result.createObjectStore(store)
    ask.onsuccess = () => resolve(ask.result)
    ask.onerror = () => reject(ask.error)
  })
}
