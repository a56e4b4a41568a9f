// The server's own description of its API.
import type { OpenAPI } from '../docs/describe'
import { request } from './client'

export { Refusal } from './client'

/** Needs no sign-in. */
export const description = () => request<OpenAPI>({ fetch: (...a) => fetch(...a) }, 'GET', '/api/openapi.json')
