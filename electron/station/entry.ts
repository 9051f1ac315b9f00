import { composeStation } from './compose.ts'
import { serveStation } from './transport/serve.ts'

await serveStation(composeStation)
