import { holds } from './conditions.ts';
import { TemplateFailure, UnsupportedPolicy } from './errors.ts';
import { isObject, type Json, type JsonObject, property } from './json.ts';
import { looksAt } from './resource-types.ts';
import type { Scope } from './scope.ts';
import { parameterValues } from './template/parameters.ts';
import { resolveTemplates } from './template/template.ts';

export interface PolicyDefinition {
  readonly mode: string;
  readonly parameters: JsonObject;
  readonly policyRule: JsonObject;
}

/** A definition with the parameter values of its assignment, as Azure Resource Manager writes them. */
export interface AssignedPolicy {
  readonly definition: PolicyDefinition;
  readonly parameters: JsonObject;
}

/** `failed` is a template function that failed, which Azure enforces as a denial of whatever is being deployed. */
export type Verdict = 'allowed' | 'audited' | 'denied' | 'failed';

/**
 * What an assigned policy does with the request to create or update a resource, in the shape of the request's body
 * with its `type`. Throws on everything whose meaning is not certain.
 */
export function evaluatePolicy({ definition, parameters }: AssignedPolicy, resource: JsonObject): Verdict {
  const { type } = resource;
  if (typeof type !== 'string') throw new UnsupportedPolicy('a resource has a type', resource);
  const scope: Scope = {
    resource,
    parameters: parameterValues(definition.parameters, parameters),
    pins: new Map(),
    counts: [],
  };
  if (!looksAt(definition.mode, type)) return 'allowed';
  try {
    const matches = holds(property(definition.policyRule, 'if') ?? null, scope);
    return matches ? effectOf(definition, scope) : 'allowed';
  } catch (error) {
    if (error instanceof TemplateFailure) return 'failed';
    throw error;
  }
}

function effectOf({ policyRule }: PolicyDefinition, scope: Scope): Verdict {
  const then = property(policyRule, 'then');
  const effect: Json = isObject(then) ? resolveTemplates(property(then, 'effect') ?? null, scope) : null;
  switch (typeof effect === 'string' ? effect.toLowerCase() : effect) {
    case 'deny':
      return 'denied';
    case 'audit':
      return 'audited';
    case 'disabled':
      return 'allowed';
    default:
      throw new UnsupportedPolicy('effect is not implemented', effect);
  }
}
