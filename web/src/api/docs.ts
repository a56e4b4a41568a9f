// The server's own description of its API.
import { request } from './client'

export { Refusal } from './client'

/** An OpenAPI document, as the caller reads it. Needs no sign-in. */
export const description = <Document>() => request<Document>({ fetch: (...a) => fetch(...a) }, 'GET', '/api/openapi.json')
