import type { InvocationContext } from '@azure/functions';
import type { DurableClient } from 'durable-functions';
import * as df from 'durable-functions';
import type * as z from 'zod';
import { type Config, config } from '../config.ts';
import { type Vendors, vendors } from '../connectors/vendors.ts';
import { withinDeadline } from '../deadline.ts';
import { OffboardingError } from '../errors.ts';
import { type Log, logOf } from '../log.ts';
import { type Envelope, failureOf } from './failure.ts';
import type { Shaped, Shapes } from './shapes.ts';

/** What an activity may use besides its input. */
export interface ActivityContext {
  /** Everybody that the app talks to, each under its own name. */
  readonly vendors: Vendors;
  readonly settings: Config;
  readonly log: Log;
  readonly now: () => Date;
  /** Only for activities that are defined with `defineStarter`. */
  readonly client?: DurableClient;
}

export interface ActivityDefinition<I, O> {
  readonly kind: 'activity';
  readonly name: string;
  readonly shapes: Shapes;
  readonly starts?: true;
  readonly handler: (input: I, context: ActivityContext) => Promise<O>;
}

export function defineActivity<Input extends z.ZodType, Output extends z.ZodType>(
  name: string,
  shapes: Shapes<Input, Output>,
  handler: (input: Shaped<Input>, context: ActivityContext) => Promise<Shaped<Output>>,
): ActivityDefinition<Shaped<Input>, Shaped<Output>> {
  return { kind: 'activity', name, shapes, handler };
}

/**
 * An activity that starts orchestrations of their own. An orchestrator can only call sub-orchestrations, whose end
 * it would wait for; what shall live on alone is started by a client, and a client belongs into an activity.
 */
export function defineStarter<Input extends z.ZodType, Output extends z.ZodType>(
  name: string,
  shapes: Shapes<Input, Output>,
  handler: (
    input: Shaped<Input>,
    context: ActivityContext & { readonly client: DurableClient },
  ) => Promise<Shaped<Output>>,
): ActivityDefinition<Shaped<Input>, Shaped<Output>> {
  return {
    kind: 'activity',
    name,
    shapes,
    starts: true,
    handler: async (input, context) => {
      const { client } = context;
      if (client === undefined)
        throw new OffboardingError('unexpected', `${name} was called without a Durable client.`);
      return handler(input, { ...context, client });
    },
  };
}

/** Tells Functions about an activity. Only the registration index calls this. */
export function registerActivity<I, O>(definition: ActivityDefinition<I, O>): void {
  const starts = definition.starts === true;
  df.app.activity(definition.name, {
    extraInputs: starts ? [df.input.durableClient()] : [],
    handler: async (input: I, context: InvocationContext): Promise<Envelope<O>> => {
      const log = logOf(context);
      try {
        const client = starts ? { client: df.getClient(context) } : {};
        const given: ActivityContext = {
          vendors: vendors(),
          settings: config(),
          log,
          now: () => new Date(),
          ...client,
        };
        const ms = given.settings.ACTIVITY_TIMEOUT_SECONDS * 1_000;
        const value = await withinDeadline(definition.name, ms, () => definition.handler(input, given));
        return { ok: true, value };
      } catch (error) {
        const failure = failureOf(error);
        log.warn(`${definition.name} failed`, { ...failure });
        return { ok: false, error: failure };
      }
    },
  });
}
