import { FunctionTimeoutError } from '../../function-timeout.ts';
import type { Invoke } from '../../invoker.ts';
import { messageOf } from '../../log.ts';
import type { RegisteredFunction } from '../../registry.ts';
import { type DurableSchema, SCHEMA_NUMBER } from '../storage/schema.ts';
import type { OrchestratorState } from './actions.ts';
import { readOrchestratorState } from './actions.ts';
import type { HistoryEvent, ParentInstance } from './history.ts';

export interface OrchestratorCall {
  readonly schema: DurableSchema;
  readonly instanceId: string;
  readonly parent: ParentInstance | null;
  /** JSON text; null for none. */
  readonly input: string | null;
  /** Events as JSON text: those of earlier episodes, and those new in this one. */
  readonly past: readonly string[];
  readonly fresh: readonly string[];
}

export type OrchestratorAnswer =
  | {
      readonly kind: 'state';
      readonly state: OrchestratorState;
      readonly history: readonly HistoryEvent[];
      /** The SDK's open tasks: its own sequence numbers and action objects. Empty where they cannot be seen. */
      readonly sdkTasks: ReadonlyMap<number, object>;
    }
  | { readonly kind: 'broken'; readonly message: string }
  /** The host ended the call; the extension runs it again. */
  | { readonly kind: 'aborted'; readonly message: string };

/** What the SDK puts between an orchestrator's error and its state. */
const STATE_LABEL = '\n\n$OutOfProcData$:';

/** Calls an orchestrator function once with the whole history, in the extension's format. Never throws. */
export async function callOrchestrator(
  invoke: Invoke,
  target: RegisteredFunction,
  call: OrchestratorCall,
): Promise<OrchestratorAnswer> {
  try {
    return await answerOf(invoke, target, call);
  } catch (error) {
    return { kind: 'broken', message: `its answer could not be read: ${messageOf(error)}` };
  }
}

async function answerOf(
  invoke: Invoke,
  target: RegisteredFunction,
  call: OrchestratorCall,
): Promise<OrchestratorAnswer> {
  const outcome = await invoke(target, { trigger: { string: bindingOf(call) } });
  const history = (outcome.inputs[0] as { history?: HistoryEvent[] } | undefined)?.history ?? [];
  if (outcome.ok) {
    return {
      kind: 'state',
      state: readOrchestratorState(outcome.result),
      history,
      sdkTasks: sdkTasks(outcome.context),
    };
  }
  const message = messageOf(outcome.error);
  if (outcome.error instanceof FunctionTimeoutError) return { kind: 'aborted', message };
  const label = message.indexOf(STATE_LABEL);
  if (label === -1) return { kind: 'broken', message };
  const state = readOrchestratorState(JSON.parse(message.slice(label + STATE_LABEL.length)));
  if (!state.error) {
    return {
      kind: 'broken',
      message:
        'it threw something that is not an Error or has no message. ' +
        'On Azure such an orchestration stays Running for ever.',
    };
  }
  return { kind: 'state', state, history, sdkTasks: new Map() };
}

function bindingOf({ schema, instanceId, parent, input, past, fresh }: OrchestratorCall): string {
  const played = past.map((event) => `{"IsPlayed":true,${event.slice(1)}`);
  const unplayed = fresh.map((event) => `{"IsPlayed":false,${event.slice(1)}`);
  const rest = {
    instanceId,
    isReplaying: past.length > 0,
    parentInstanceId: parent?.instanceId ?? null,
    // V2 for old SDKs of Python and, beside it, what is really offered. See OrchestrationTriggerAttributeBindingProvider.
    upperSchemaVersion: 1,
    upperSchemaVersionNew: SCHEMA_NUMBER[schema],
    longRunningTimerIntervalDuration: '3.00:00:00',
    maximumShortTimerDuration: '6.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  };
  return `{"history":[${[...played, ...unplayed].join(',')}],"input":${input ?? 'null'},${JSON.stringify(rest).slice(1)}`;
}

interface SdkTask {
  readonly action?: unknown;
  readonly parent?: SdkTask;
}

function sdkTasks(context: unknown): ReadonlyMap<number, object> {
  const executor = (context as { df?: { taskOrchestratorExecutor?: { openTasks?: Record<string, SdkTask> } } }).df
    ?.taskOrchestratorExecutor;
  return new Map(
    Object.entries(executor?.openTasks ?? {}).flatMap(([id, task]) => {
      const action = actionOf(task);
      return /^\d+$/.test(id) && action !== undefined ? [[Number(id), action] as const] : [];
    }),
  );
}

/** The links of a long timer and the attempts of a retry belong to the action that their parent stands for. */
function actionOf({ action, parent }: SdkTask): object | undefined {
  const whole = parent?.action;
  const isLink = typeof whole === 'object' && whole !== null && ('fireAt' in whole || 'retryOptions' in whole);
  if (isLink) return whole;
  return typeof action === 'object' && action !== null ? action : undefined;
}
