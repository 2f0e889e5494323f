/**
 * Writes cli/api/schema.d.ts, the types of the HTTP API, from docs/openapi.json. A folder with a lock of its own: the
 * generator asks TypeScript 5's compiler for syntax trees, which the project's version 7 does not offer.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';

const root = new URL('../../', import.meta.url);
const contract = await readFile(new URL('docs/openapi.json', root), 'utf8');
const digest = createHash('sha256').update(contract).digest('hex');
// What has a default may be left out of a request.
const types = await openapiTypescript(JSON.parse(contract) as OpenAPI3, { defaultNonNullable: false });
await writeFile(
  new URL('cli/api/schema.d.ts', root),
  `// Of docs/openapi.json with SHA-256 ${digest}: npm run write:api-types writes it anew.\n${astToString(types)}`,
);
