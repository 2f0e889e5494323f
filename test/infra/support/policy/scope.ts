import type { Json, JsonObject } from './json.ts';
import type { Pins } from './select.ts';

/** What an expression can see: the resource, the assignment's parameters, and the `count` expressions around it. */
export interface Scope {
  readonly resource: JsonObject;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly pins: Pins;
  /** Enclosing counts, innermost last. */
  readonly counts: readonly EnclosingCount[];
}

export type EnclosingCount =
  | { readonly kind: 'field'; readonly alias: string }
  | { readonly kind: 'value'; readonly name: string; readonly member: Json };
