// Writes src/wire/gen from openapi.json: TypeScript types only, no client.
import { createClient } from '@hey-api/openapi-ts'

await createClient({
  input: 'openapi.json',
  output: { path: 'src/wire/gen', header: ['// Generated from openapi.json by npm run generate: do not edit.'] },
  plugins: ['@hey-api/typescript'],
  logs: { level: 'warn' }
})
