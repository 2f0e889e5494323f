import { readFileSync } from 'node:fs';
import { fc } from '../../support/properties.ts';
import { changed, rawBody } from './changed-body.ts';
import { oddText, PROTOTYPE_NAMES, SECRETS } from './odd-values.ts';
import { type Known, type Schema, valid } from './valid-values.ts';

/** An operation of the committed document. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly body?: Schema;
}

/** One request as it goes out. */
export interface Request {
  readonly operation: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Described {
  readonly operationId: string;
  readonly parameters?: Operation['parameters'];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}
const document = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
};

/** Every operation of docs/openapi.json. */
const OPERATIONS: readonly Operation[] = Object.entries(document.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs).map(([verb, { operationId: id, parameters = [], requestBody }]) => ({
    ...{ id, method: verb.toUpperCase(), path, parameters },
    ...(requestBody && { body: requestBody.content['application/json'].schema }),
  })),
);

/** A request of any operation: right, nearly right, or hostile. */
export function requestOfAny(known: Known): fc.Arbitrary<Request> {
  return fc.oneof(...OPERATIONS.map((operation) => requestOf(operation, known)));
}

function requestOf(operation: Operation, known: Known): fc.Arbitrary<Request> {
  const { id, path, parameters, body } = operation;
  const inPath = parameters.filter((each) => each.in === 'path');
  return fc
    .record({
      method: fc.oneof({ weight: 30, arbitrary: fc.constant(operation.method) }, fc.constantFrom(...OTHER_METHODS)),
      segments: fc.tuple(...inPath.map(({ name, schema }) => segment(valid(schema, known, name)))),
      query: queryOf(operation, known),
      headers: headersOf(operation, known),
      sent: body === undefined ? fc.option(oddText, { freq: 9 }) : sentAs(valid(body, known)),
    })
    .map(({ method, segments, query, headers, sent }) => {
      const filled = inPath.reduce((all, { name }, at) => all.replace(`{${name}}`, () => segments[at] ?? ''), path);
      const withBody = sent !== null && method !== 'GET' && method !== 'HEAD';
      return { operation: id, method, path: filled + query, headers, ...(withBody ? { body: sent } : {}) };
    });
}

const OTHER_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

function segment(right: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 9, arbitrary: right.map((value) => encoded(String(value))) },
    { weight: 2, arbitrary: oddText.map(encoded) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '..', '%2e%2e', '%2e%2e%2fx', '..%2F..%2Fevidence', '%00', '%2F', '%', '%E0%A4'),
    },
  );
}

/** Percent-encoded; what is no Unicode has no such form. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function queryOf({ parameters }: Operation, known: Known): fc.Arbitrary<string> {
  const own = parameters.filter((each) => each.in === 'query');
  const right = own.map(({ name, schema, required = false }) =>
    fc.oneof(
      { weight: required ? 0 : 3 * own.length, arbitrary: fc.constant<[string, string][]>([]) },
      { weight: 3, arbitrary: valid(schema, known, name).map((value) => [[name, String(value)] as [string, string]]) },
      { weight: 2, arbitrary: oddText.map((value) => [[name, value] as [string, string]]) },
    ),
  );
  const names = fc.oneof(fc.constantFrom(...PROTOTYPE_NAMES, '$filter', ...own.map(({ name }) => name)), oddText);
  const stray = fc.oneof(
    { weight: 8, arbitrary: fc.constant<[string, string][]>([]) },
    fc.array(fc.tuple(names, oddText), { maxLength: 3 }),
  );
  return fc.tuple(fc.tuple(...right), stray).map(([given, more]) => {
    const pairs = [...given.flat(), ...more].map((pair) => pair.map(encoded).join('='));
    return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  });
}

function headersOf({ parameters }: Operation, known: Known): fc.Arbitrary<Readonly<Record<string, string>>> {
  const own = parameters.filter((each) => each.in === 'header');
  const right = own.map(({ name, schema }) =>
    fc.option(valid(schema, known, name).map((value) => [name, String(value)] as const)),
  );
  const odd = fc.tuple(
    fc.constantFrom(
      'if-none-match',
      'idempotency-key',
      'accept',
      'x-forwarded-host',
      'x-http-method-override',
      'cookie',
    ),
    fc.oneof(fc.constantFrom('*', '"x"', 'W/"x", "y"', '""', ',,,'), oddText.map(headerValue)),
  );
  const ruinous = fc.constantFrom(
    ...[
      'text/plain',
      'application/json; charset=utf-16',
      'APPLICATION/JSON',
      'application/json, text/plain',
      ';',
      ...SECRETS,
    ].map((type) => ['content-type', type] as const),
    ['content-length', '0'] as const,
    ['content-encoding', 'gzip'] as const,
  );
  const seldom = fc.oneof({ weight: 12, arbitrary: fc.constant([]) }, fc.array(ruinous, { maxLength: 1 }));
  return fc
    .tuple(
      fc.tuple(...right),
      fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(odd, { maxLength: 2 })),
      seldom,
    )
    .map(([given, more, worse]) => Object.fromEntries([...given.filter((each) => each !== null), ...more, ...worse]));
}

/** What may stand in a header at all: Latin-1 without controls (RFC 9110, 5.5). */
function headerValue(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '').trim();
}

function sentAs(right: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: right.map((value) => JSON.stringify(value)) },
    { weight: 4, arbitrary: changed(right) },
    { weight: 1, arbitrary: rawBody(right) },
  );
}
