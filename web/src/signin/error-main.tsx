import '../tokens/tokens.css'
import '../ui/ui.css'
import { startPage } from '../ui/main'
import { SignInError } from './error'

const query = new URLSearchParams(location.search)
const [code, back] = [query.get('code') ?? '', query.get('return') ?? '/']
void startPage(() => <SignInError code={code} back={back} onGo={(address) => location.assign(address)} />)
