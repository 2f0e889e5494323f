import * as z from 'zod';
import { text } from '../../shapes/primitives.ts';
import type { Definition } from './limit-key.ts';
import { headerWritten, isTokenCheck, MATTERS, targetsOf, within } from './parsing/elements.ts';
import type { PolicyElement } from './parsing/parse-policy.ts';
import { afterLimit, afterSetting, distinct, FIRST_PATH, type Path, where } from './parsing/paths.ts';
import { type RateLimit, RateLimitSchema, rateLimitOf, worthOf } from './rate-limit.ts';
import { type TokenCheck, TokenCheckSchema, tokenCheckOf } from './token-check.ts';

/** What happens to a request by which it, or its answer, may go past a check that comes later. */
const STEP_KINDS = ['forwards', 'copies', 'answers-from-elsewhere', 'answers-from-cache', 'writes-header'] as const;

const StepSchema = z.strictObject({
  kind: z.enum(STEP_KINDS),
  at: z.int(),
  conditional: z.boolean(),
  /** In lower case; `*` where an expression names it. */
  header: z.exactOptional(text),
});
type Step = z.output<typeof StepSchema>;

export const FlowFactsSchema = z.strictObject({
  /** Whether a request gets to the backend at all. */
  forwards: z.boolean(),
  checks: z.array(TokenCheckSchema),
  steps: z.array(StepSchema),
  /** What it does where something failed: a token, too. */
  onError: z.array(z.enum(STEP_KINDS)),
  limits: z.array(RateLimitSchema),
  /** On which of the ways to the backend there is a limit that is enough; `unclear` where nobody can say. */
  limited: z.enum(['always', 'sometimes', 'never', 'unclear']),
  /** Where it forwards: names of backends in lower case, and addresses without their paths. */
  targets: z.array(text),
  unread: z.array(text),
  /** Something of it could not be had; the reading says what. */
  incomplete: z.boolean(),
});
/** What the policies of one place do to a request, without a word of theirs that could be a secret. */
export type FlowFacts = z.output<typeof FlowFactsSchema>;

interface Walk {
  at: number;
  readonly checks: TokenCheck[];
  readonly steps: Step[];
  readonly limits: RateLimit[];
  readonly definitions: Definition[];
  readonly targets: string[];
  /** Paths on which a request was forwarded already. */
  readonly forwarded: Path[];
  readonly unread: string[];
  incomplete: boolean;
  asksElsewhere: boolean;
}

/** What a request goes through, from the merged sections of its policies. */
export function readFlow(inbound: readonly PolicyElement[], onError: readonly PolicyElement[]): FlowFacts {
  const walk: Walk = {
    at: 0,
    checks: [],
    steps: [],
    limits: [],
    definitions: [],
    targets: [],
    forwarded: [],
    unread: [],
    incomplete: false,
    asksElsewhere: false,
  };
  const last = passThrough(inbound, [FIRST_PATH], false, walk);
  const ends = [...last, ...walk.forwarded];
  const failing = within(onError);
  const asks = failing.some(({ name }) => name === 'send-request');
  const answers = failing.some(({ name }) => name === 'return-response' || name === 'set-body');
  for (const each of failing) if (each.name === '#unread') note(each, walk);
  const { checks, steps, limits, targets, unread, incomplete } = walk;
  return {
    forwards: ends.length > 0,
    checks,
    steps,
    onError: [
      ...(failing.some(({ name }) => name === 'forward-request') ? (['forwards'] as const) : []),
      ...(asks && answers ? (['answers-from-elsewhere'] as const) : []),
    ],
    limits,
    limited: limitedOn(ends),
    targets: [...new Set(targets)],
    unread: [...new Set(unread)],
    incomplete,
  };
}

function limitedOn(ends: readonly Path[]): FlowFacts['limited'] {
  const worth = ends.map(({ limited }) => limited);
  if (worth.every((each) => each === 2)) return 'always';
  if (worth.every((each) => each === 0)) return 'never';
  return worth.includes(0) ? 'sometimes' : 'unclear';
}

/** The paths behind some elements, of those before them. Where none is left, nothing behind is ever run. */
function passThrough(
  elements: readonly PolicyElement[],
  before: readonly Path[],
  conditional: boolean,
  walk: Walk,
): readonly Path[] {
  let paths = before;
  for (const element of elements) {
    if (paths.length === 0) return paths;
    walk.at += 1;
    paths = pass(element, paths, conditional, walk);
  }
  return paths;
}

function pass(element: PolicyElement, paths: readonly Path[], conditional: boolean, walk: Walk): readonly Path[] {
  const { name, attributes, children } = element;
  const step = (kind: Step['kind'], header?: string): void => {
    walk.steps.push({ kind, at: walk.at, conditional, ...(header === undefined ? {} : { header }) });
  };
  switch (name) {
    case '#unread':
      note(element, walk);
      return afterSetting(paths);
    case 'choose':
      return choose(children, paths, walk);
    case 'retry': // what is in it is done once at least
    case 'limit-concurrency': // what it holds back gets a 429
      return passThrough(children, paths, conditional, walk);
    case 'wait':
      return distinct([...paths, ...passThrough(children, paths, true, walk)]);
    case 'return-response':
    case 'mock-response':
      if (walk.asksElsewhere) step('answers-from-elsewhere');
      return [];
    case 'forward-request':
      step('forwards');
      walk.forwarded.push(...paths);
      return paths;
    case 'send-request':
    case 'send-one-way-request':
      walk.asksElsewhere ||= name === 'send-request';
      if (attributes.mode !== undefined && attributes.mode.text !== 'new') step('copies');
      return define(element, paths, conditional, walk);
    case 'set-backend-service':
      walk.targets.push(...targetsOf(element));
      return paths;
    case 'cache-lookup':
    case 'llm-semantic-cache-lookup':
    case 'azure-openai-semantic-cache-lookup':
      step('answers-from-cache');
      return paths;
    case 'set-header':
    case 'authentication-basic':
    case 'authentication-managed-identity': {
      const header = headerWritten(element);
      if (header !== undefined) step('writes-header', header);
      return define(element, paths, conditional, walk);
    }
    case 'rate-limit-by-key': {
      const limit = rateLimitOf(element, walk.at, walk.definitions);
      walk.limits.push(limit);
      return afterLimit(paths, ({ enough: 2, unclear: 1, 'not-enough': 0 } as const)[worthOf(limit)]);
    }
    default:
      if (isTokenCheck(name)) walk.checks.push(tokenCheckOf(element, walk.at, conditional));
      else if (within(children).some((each) => MATTERS.has(each.name))) {
        walk.unread.push(`<${name}> holds policies, and the app does not know when it runs them.`);
      }
      return define(element, paths, conditional, walk);
  }
}

/** Of several branches the first whose condition holds, or the last where none does. */
function choose(branches: readonly PolicyElement[], before: readonly Path[], walk: Walk): readonly Path[] {
  let others = before;
  const behind: Path[] = [];
  for (const branch of branches) {
    const { name, attributes, children } = branch;
    if (name === 'when') {
      behind.push(...passThrough(children, where(others, attributes.condition, true), true, walk));
      others = where(others, attributes.condition, false);
    } else if (name === 'otherwise') {
      behind.push(...passThrough(children, others, true, walk));
      others = [];
    } else behind.push(...passThrough([branch], others, true, walk));
  }
  return distinct([...behind, ...others]);
}

/** Takes note of every variable that an element sets. */
function define(
  { name, attributes }: PolicyElement,
  paths: readonly Path[],
  conditional: boolean,
  walk: Walk,
): readonly Path[] {
  const names = Object.entries(attributes).flatMap(([attribute, { text: variable }]) =>
    attribute.endsWith('variable-name') || (name === 'set-variable' && attribute === 'name') ? [variable] : [],
  );
  const said = name === 'set-variable' ? attributes.value : isTokenCheck(name) ? 'token' : undefined;
  for (const variable of names) {
    walk.definitions.push({ variable, at: walk.at, conditional, value: said ?? 'unclear' });
  }
  return afterSetting(paths, names);
}

function note({ text: said }: PolicyElement, walk: Pick<Walk, 'unread' | 'incomplete'>): void {
  if (said === undefined || said.text === '') walk.incomplete = true;
  else walk.unread.push(said.text);
}
