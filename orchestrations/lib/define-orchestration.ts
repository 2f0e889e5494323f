import type { OrchestrationContext, Task } from 'durable-functions';
import * as df from 'durable-functions';
import type * as z from 'zod';
import { type Envelope, failureOf } from '../../src/durable/failure.ts';
import type { Shaped, Shapes } from '../../src/durable/shapes.ts';

export interface OrchestrationDefinition<I, O> {
  readonly kind: 'orchestration';
  readonly name: string;
  readonly shapes: Shapes;
  readonly handler: (context: OrchestrationContext, input: I) => Generator<Task, O, unknown>;
}

export function defineOrchestration<Input extends z.ZodType, Output extends z.ZodType>(
  name: string,
  shapes: Shapes<Input, Output>,
  handler: (context: OrchestrationContext, input: Shaped<Input>) => Generator<Task, Shaped<Output>, unknown>,
): OrchestrationDefinition<Shaped<Input>, Shaped<Output>> {
  return { kind: 'orchestration', name, shapes, handler };
}

/** Tells Functions about an orchestration whose failure must be visible as the instance's own. */
export function registerOrchestration<I, O>(definition: OrchestrationDefinition<I, O>): void {
  df.app.orchestration(definition.name, function* (context): Generator<Task, O, unknown> {
    return yield* definition.handler(context, context.df.getInput() as I);
  });
}

/** Tells Functions about an orchestration that others call: its failure travels as a value. */
export function registerSubOrchestration<I, O>(definition: OrchestrationDefinition<I, O>): void {
  df.app.orchestration(definition.name, function* (context): Generator<Task, Envelope<O>, unknown> {
    try {
      return { ok: true, value: yield* definition.handler(context, context.df.getInput() as I) };
    } catch (error) {
      return { ok: false, error: failureOf(error) };
    }
  });
}
