/** Writes docs/openapi.json, the contract of the HTTP API, from its table of routes. */
import { writeFileSync } from 'node:fs';
import { documentOf } from '../src/api/document.ts';
import { ROUTES } from '../src/api/routes/index.ts';

const file = new URL('../docs/openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(documentOf(ROUTES), undefined, 2)}\n`);
