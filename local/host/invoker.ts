import { randomBytes, randomUUID } from 'node:crypto';
import type {
  CoreInvocationContext,
  FunctionCallback,
  HookName,
  RpcInvocationRequest,
  RpcInvocationResponse,
  RpcTypedData,
} from './core-types.ts';
import type { Logger } from './log.ts';
import type { App, RegisteredFunction } from './registry.ts';

export interface Invocation {
  readonly trigger: RpcTypedData;
  readonly triggerMetadata?: Readonly<Record<string, RpcTypedData>>;
  readonly retryContext?: { readonly retryCount: number; readonly maxRetryCount: number };
}

type InvocationOutcome =
  | {
      readonly ok: true;
      readonly response: RpcInvocationResponse;
      /** What the handler returned, before conversion. */
      readonly result: unknown;
      readonly inputs: readonly unknown[];
      readonly context: unknown;
    }
  | { readonly ok: false; readonly error: unknown; readonly inputs: readonly unknown[]; readonly context: unknown };

/** Never rejects: what the function throws is an outcome. */
export type Invoke = (target: RegisteredFunction, invocation: Invocation) => Promise<InvocationOutcome>;

export interface InvokerParts {
  readonly app: App;
  readonly log: Logger;
  /** The value of a non-trigger input binding, such as `durableClient`. */
  readonly inputBinding: (type: string) => RpcTypedData | undefined;
}

/**
 * Calls functions the way the Functions worker does: arguments and results go through the app's own
 * `@azure/functions` invocation model, with its hooks around the handler.
 */
export function createInvoker({ app, log, inputBinding }: InvokerParts): Invoke {
  const appHookData: Record<string, unknown> = {};

  const runHooks = async (name: HookName, context: Record<string, unknown>): Promise<void> => {
    for (const hook of app.hooks.get(name) ?? []) await hook(context);
  };

  return async (target, invocation) => {
    let inputs: unknown[] = [];
    let context: unknown;
    try {
      const invocationId = randomUUID();
      const core: CoreInvocationContext = {
        invocationId,
        request: requestOf(target, invocation, inputBinding),
        metadata: target.metadata,
        state: undefined,
        log: (level, category, message) => {
          const entry = { level, category, message, invocationContext: undefined, hookData: {}, appHookData };
          for (const hook of app.hooks.get('log') ?? []) hook(entry);
          log(entry.level, `Function.${target.name}.${category}`, entry.message, { invocationId });
        },
      };
      const model = app.model.getInvocationModel(core);
      const call = await model.getArguments();
      context = call.context;
      inputs = call.inputs;
      const hookData: Record<string, unknown> = {};
      const before = { hookData, appHookData, functionCallback: target.callback, inputs, invocationContext: context };
      core.state = 'preInvocationHooks';
      await runHooks('preInvocation', before);
      inputs = before.inputs;
      core.state = 'invocation';
      const after: Record<string, unknown> = { hookData, appHookData, inputs, invocationContext: context };
      Object.assign(
        after,
        await settle(model.invokeFunction(context, inputs, before.functionCallback as FunctionCallback)),
      );
      core.state = 'postInvocationHooks';
      await runHooks('postInvocation', after);
      if (after.error !== undefined && after.error !== null) throw after.error;
      core.state = undefined;
      const response = await model.getResponse(context, after.result);
      return { ok: true, response, result: after.result, inputs, context };
    } catch (error) {
      return { ok: false, error, inputs, context };
    }
  };
}

async function settle(promise: Promise<unknown>): Promise<{ result?: unknown; error?: unknown }> {
  try {
    return { result: await promise };
  } catch (error) {
    return { error: error ?? new Error('The function threw nothing.') };
  }
}

function requestOf(
  target: RegisteredFunction,
  { trigger, triggerMetadata, retryContext }: Invocation,
  inputBinding: InvokerParts['inputBinding'],
): RpcInvocationRequest {
  const extra = Object.entries(target.metadata.bindings).flatMap(([name, binding]) => {
    if (binding.direction !== 'in' || name === target.triggerName) return [];
    const data = inputBinding(binding.type);
    if (data === undefined) {
      throw new Error(`"${target.name}" has an input of type ${binding.type}, which the local host does not support.`);
    }
    return [{ name, data }];
  });
  return {
    inputData: [{ name: target.triggerName, data: trigger }, ...extra],
    traceContext: { traceParent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00` },
    ...(triggerMetadata === undefined ? {} : { triggerMetadata }),
    ...(retryContext === undefined ? {} : { retryContext }),
  };
}
