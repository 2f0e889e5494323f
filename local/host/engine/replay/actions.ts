import * as z from 'zod';
import { type FailureDetails, failureDetails } from '../failure-details.ts';

/** The action codes of `durable-functions/lib/src/actions/ActionType.js`. */
const ACTION = {
  callActivity: 0,
  callActivityWithRetry: 1,
  callSubOrchestrator: 2,
  callSubOrchestratorWithRetry: 3,
  continueAsNew: 4,
  createTimer: 5,
  waitForExternalEvent: 6,
  whenAny: 11,
  whenAll: 12,
} as const;

const UNSUPPORTED: Readonly<Record<number, string>> = {
  7: 'callEntity',
  8: 'callHttp (call an activity instead)',
  9: 'signalEntity',
  10: 'a scheduled signalEntity',
  13: 'lock',
  14: 'release of a lock',
};

export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly backoff: number;
  readonly longestDelayMs: number;
  readonly timeoutMs: number;
}

interface Source {
  /**
   * The SDK's own action object. The same object at two places means that the orchestrator put a task that is
   * already running into another Task.all or Task.any.
   */
  readonly source: object;
}

/** What an orchestrator asked for; inputs are JSON text, null for none. */
export type Action = Source &
  (
    | { readonly kind: 'activity'; readonly name: string; readonly input: string | null; readonly retry?: RetryPolicy }
    | {
        readonly kind: 'sub-orchestration';
        readonly name: string;
        readonly input: string | null;
        readonly instanceId: string | undefined;
        readonly version: string | undefined;
        readonly retry?: RetryPolicy;
      }
    | { readonly kind: 'timer'; readonly fireAt: number; readonly canceled: boolean }
    | { readonly kind: 'external-event'; readonly name: string }
    | { readonly kind: 'continue-as-new'; readonly input: string | null }
    | { readonly kind: 'all' | 'any'; readonly children: readonly Action[] }
    | { readonly kind: 'unsupported'; readonly what: string }
  );

/** What the orchestrator function answers in one episode. */
export interface OrchestratorState {
  readonly isDone: boolean;
  readonly actions: readonly Action[];
  /** JSON text; null for none. */
  readonly output: string | null;
  readonly error: string | undefined;
  /** The failed task that ended the orchestrator, where one did and more is known of it than a message. */
  readonly failureDetails: FailureDetails | undefined;
  /** JSON text; null for none. */
  readonly customStatus: string | null;
}

const days = (count: number): number => count * 24 * 60 * 60 * 1000;

/** Defaults of the extension's RetryOptions. */
const retryOptions = z
  .object({
    firstRetryIntervalInMilliseconds: z.number(),
    maxNumberOfAttempts: z.number(),
    backoffCoefficient: z.number().optional(),
    maxRetryIntervalInMilliseconds: z.number().optional(),
    retryTimeoutInMilliseconds: z.number().optional(),
  })
  .transform(
    (options): RetryPolicy => ({
      attempts: options.maxNumberOfAttempts,
      firstDelayMs: options.firstRetryIntervalInMilliseconds,
      backoff: options.backoffCoefficient ?? 1,
      longestDelayMs: options.maxRetryIntervalInMilliseconds ?? days(6),
      timeoutMs: options.retryTimeoutInMilliseconds ?? Number.POSITIVE_INFINITY,
    }),
  );

const rawAction = z.looseObject({
  actionType: z.number(),
  functionName: z.string().optional(),
  input: z.unknown().optional(),
  instanceId: z.string().nullish(),
  version: z.string().nullish(),
  fireAt: z.union([z.date(), z.string()]).optional(),
  isCanceled: z.boolean().optional(),
  externalEventName: z.string().optional(),
  compoundActions: z.array(z.unknown()).optional(),
  retryOptions: retryOptions.optional(),
});

const rawState = z.looseObject({
  isDone: z.boolean(),
  actions: z.array(z.array(z.unknown())),
  output: z.unknown().optional(),
  error: z.string().optional(),
  failureDetails: failureDetails.optional(),
  customStatus: z.unknown().optional(),
});

/** Reads an OrchestratorState of schema V2 to V4: one list of actions, one per yield, compound ones nested. */
export function readOrchestratorState(value: unknown): OrchestratorState {
  const raw = rawState.parse(value);
  if (raw.actions.length !== 1) throw new Error(`Expected one list of actions, got ${raw.actions.length}.`);
  return {
    isDone: raw.isDone,
    actions: (raw.actions[0] ?? []).map(readAction),
    output: jsonOf(raw.output),
    error: raw.error,
    failureDetails: raw.failureDetails,
    customStatus: jsonOf(raw.customStatus),
  };
}

function readAction(value: unknown): Action {
  const raw = rawAction.parse(value);
  const source = value as object;
  const retry = raw.retryOptions === undefined ? {} : { retry: raw.retryOptions };
  switch (raw.actionType) {
    case ACTION.callActivity:
    case ACTION.callActivityWithRetry:
      return { kind: 'activity', name: raw.functionName ?? '', input: jsonOf(raw.input), source, ...retry };
    case ACTION.callSubOrchestrator:
    case ACTION.callSubOrchestratorWithRetry:
      return {
        kind: 'sub-orchestration',
        name: raw.functionName ?? '',
        input: jsonOf(raw.input),
        instanceId: raw.instanceId ?? undefined,
        version: raw.version ?? undefined,
        source,
        ...retry,
      };
    case ACTION.continueAsNew:
      return { kind: 'continue-as-new', input: jsonOf(raw.input), source };
    case ACTION.createTimer:
      return {
        kind: 'timer',
        fireAt: new Date(raw.fireAt ?? Number.NaN).getTime(),
        canceled: raw.isCanceled ?? false,
        source,
      };
    case ACTION.waitForExternalEvent:
      return { kind: 'external-event', name: raw.externalEventName ?? '', source };
    case ACTION.whenAny:
    case ACTION.whenAll:
      return {
        kind: raw.actionType === ACTION.whenAny ? 'any' : 'all',
        children: (raw.compoundActions ?? []).map(readAction),
        source,
      };
    default:
      return { kind: 'unsupported', what: UNSUPPORTED[raw.actionType] ?? `action ${raw.actionType}`, source };
  }
}

function jsonOf(value: unknown): string | null {
  return value === undefined || value === null ? null : (JSON.stringify(value) ?? null);
}
