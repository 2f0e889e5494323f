import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Of the committed document, what is looked into here; everything else is Ajv's business. */
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>;
}

const document = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')) as Document &
  object;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, 'api');

const methods = (path: string): readonly string[] => Object.keys(document.paths[path] ?? {});

/** The templated path that an address answers to; a fixed one comes before one with parameters. */
function templateOf(pathname: string): string | undefined {
  const given = pathname.split('/');
  const fits = Object.keys(document.paths).filter((path) => {
    const parts = path.split('/');
    return (
      parts.length === given.length &&
      parts.every((part, at) => (part.startsWith('{') ? given[at] !== '' : part === given[at]))
    );
  });
  return fits.sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

/** Whether the document knows an address and its method. */
export function isDescribed(method: string, pathname: string): boolean {
  const path = templateOf(pathname);
  return path !== undefined && document.paths[path]?.[method.toLowerCase()] !== undefined;
}

/**
 * Throws where an answer is not one that the committed OpenAPI document allows: another status, another media type, or a
 * body of another shape. An address that the document does not know must be a problem.
 */
export function assertDescribed(
  method: string,
  pathname: string,
  status: number,
  type: string | null,
  body: string,
): void {
  const where = `${method} ${pathname} answered ${status}`;
  const path = templateOf(pathname);
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = path === undefined ? undefined : document.paths[path]?.[verb];
  if (path === undefined || operation === undefined) {
    const expected = path === undefined ? 404 : 405;
    if (status !== expected) throw new Error(`${where}, and ${expected} is right (${methods(path ?? '').join(', ')})`);
    return;
  }
  const declared = operation.responses[String(status)];
  if (declared === undefined) throw new Error(`${where}, which docs/openapi.json does not know`);
  if (status === 304 || method === 'HEAD') return;
  const media = type?.split(';')[0] ?? '';
  if (declared.content?.[media] === undefined)
    throw new Error(`${where} as ${media}, which docs/openapi.json does not know`);
  const pointer = ['paths', path, verb, 'responses', String(status), 'content', media, 'schema'];
  const ref = `api#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  const validate = ajv.getSchema(ref);
  if (validate === undefined) throw new Error(`no schema at ${ref}`);
  const value: unknown = media.endsWith('json') ? JSON.parse(body) : body;
  if (!validate(value))
    throw new Error(`${where} in another shape than docs/openapi.json: ${ajv.errorsText(validate.errors)}`);
}
