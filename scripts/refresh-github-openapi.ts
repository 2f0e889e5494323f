/**
 * Takes from GitHub's published OpenAPI what the simulated GitHub is checked against, and writes
 * local/tenant/github/schemas/github-openapi.subset.json. Run by hand (`node scripts/refresh-github-openapi.ts`):
 * the package unpacks to hundreds of MB, so it is no dependency.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENDPOINTS } from '../local/tenant/github/endpoints.ts';

const PACKAGE = '@octokit/openapi@23.0.2';
const TARGET = new URL('../local/tenant/github/schemas/github-openapi.subset.json', import.meta.url);

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const folder = mkdtempSync(join(tmpdir(), 'github-openapi-'));
try {
  execFileSync('npm', ['pack', PACKAGE, '--silent'], { cwd: folder });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm pack ${PACKAGE} left no archive`);
  execFileSync('tar', ['xzf', archive, 'package/generated/ghec.json'], { cwd: folder });
  const source = JSON.parse(readFileSync(join(folder, 'package/generated/ghec.json'), 'utf8')) as JsonObject;
  writeFileSync(TARGET, `${JSON.stringify(subsetOf(source))}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The responses of our endpoints, and every component that they refer to. */
function subsetOf(source: JsonObject): JsonObject {
  const paths: JsonObject = {};
  for (const { method, path } of ENDPOINTS) {
    const operation = at(source, ['paths', path, method.toLowerCase()]);
    if (operation === undefined) throw new Error(`${PACKAGE} has no ${method} ${path}`);
    const responses = at(operation, ['responses']) ?? {};
    const known = (paths[path] ?? {}) as JsonObject;
    paths[path] = { ...known, [method.toLowerCase()]: { responses: bodiesOf(responses as JsonObject, source) } };
  }
  const schemas: JsonObject = {};
  const wanted = refsIn(paths);
  for (const name of wanted) {
    if (name in schemas) continue;
    const schema = strip(at(source, ['components', 'schemas', name]) ?? {});
    schemas[name] = schema;
    for (const further of refsIn(schema)) wanted.add(further);
  }
  return {
    source: `${PACKAGE} generated/ghec.json (MIT)`,
    openapi: source.openapi ?? '',
    paths,
    components: { schemas },
  };
}

function bodiesOf(responses: JsonObject, source: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const ref = at(response, ['$ref']);
      const resolved = typeof ref === 'string' ? (at(source, ref.slice(2).split('/')) ?? {}) : response;
      const schemaOf = (type: string) => at(resolved, ['content', type, 'schema']);
      return [status, strip(schemaOf('application/json') ?? schemaOf('application/scim+json') ?? null)];
    }),
  );
}

/** Without prose and examples, which are most of the bytes. */
function strip(value: Json, insideProperties = false): Json {
  if (Array.isArray(value)) return value.map((item) => strip(item));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(
    ([key]) =>
      insideProperties ||
      !(key.startsWith('x-') || ['description', 'example', 'examples', 'title', 'externalDocs'].includes(key)),
  );
  return Object.fromEntries(
    entries.map(([key, item]) => [key, strip(item, !insideProperties && key === 'properties')]),
  );
}

function refsIn(value: Json): Set<string> {
  const names = new Set<string>();
  for (const [, name] of JSON.stringify(value).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    if (name !== undefined) names.add(name);
  }
  return names;
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  let here: Json | undefined = value;
  for (const key of path) {
    if (here === null || typeof here !== 'object' || Array.isArray(here)) return undefined;
    here = here[key];
  }
  return here;
}
