import type * as z from 'zod';
import { counted } from '../cases/words/wording.ts';
import { redactSecrets } from '../credentials/redact-secrets.ts';
import { type Fault, faultsOf } from './problems/faults.ts';
import { NOT_TEXT, notText } from './problems/not-text.ts';
import { problem } from './problems/problem.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

/** What of a request is checked against a shape, in this order. */
export interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly body: unknown;
}

type ParameterFault = { readonly parameter: string; readonly detail: string };

/** The request in the shapes that it must have, or the answer that names everything that is wrong with it. */
export async function readInput(
  route: Route,
  request: Request,
  params: Readonly<Record<string, string>>,
): Promise<{ readonly input: Input } | { readonly answer: Response }> {
  const sent = route.body === undefined ? { value: undefined } : await readJson(request, route.mostOfBody);
  if ('answer' in sent) return sent;
  const query = queryOf(new URL(request.url).searchParams);
  // Where nothing of the query is read, nothing is wrong with it.
  const inQuery: ParameterFault[] = route.query === undefined ? [] : [...query.faults];
  const errors: (Fault | ParameterFault)[] = [
    ...inQuery,
    ...notText(sent.value).map((pointer) => ({ pointer: redactSecrets(pointer), detail: NOT_TEXT })),
  ];
  const check = (shape: z.ZodType | undefined, value: unknown, inBody = false): unknown => {
    const parsed = shape?.safeParse(value);
    if (parsed?.success === false) {
      const faults = faultsOf(parsed.error);
      errors.push(...(inBody ? faults : faults.map(({ pointer, detail }) => ({ parameter: nameOf(pointer), detail }))));
    }
    return parsed?.data;
  };
  const input = {
    params: check(route.params, params),
    query: check(route.query, query.values),
    headers: check(route.headers, Object.fromEntries(request.headers)),
    body: check(route.body, sent.value, true),
  };
  if (errors.length === 0) return { input };
  return {
    answer: problem('invalid-request', { detail: `The request has ${counted(errors.length, 'fault')}.`, errors }),
  };
}

function queryOf(search: URLSearchParams): {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly ParameterFault[];
} {
  const names = [...search.keys()];
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const broken = new Set([...search].filter(([, value]) => notText(value).length > 0).map(([name]) => name));
  // Names are the sender's own words; see faultsOf.
  const faults = (of: ReadonlySet<string>, detail: string) =>
    [...of].map((name) => ({ parameter: redactSecrets(name), detail }));
  return {
    values: Object.fromEntries(search),
    faults: [...faults(repeated, 'was sent twice'), ...faults(broken, NOT_TEXT)],
  };
}

/** A parameter has no members, so its pointer is its name. */
function nameOf(pointer: string): string {
  return pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
}
