import { aliasNamed } from './aliases.ts';
import { UnsupportedPolicy } from './errors.ts';
import { fieldValue } from './fields.ts';
import { isArray, isObject, type Json, type JsonObject } from './json.ts';
import { operators } from './operators.ts';
import type { Scope } from './scope.ts';
import { select } from './select.ts';
import { resolveTemplates } from './template/template.ts';

/**
 * Whether the `if` of a rule holds for a resource. Every part is evaluated, also where the outcome is settled: it is
 * not documented where Azure stops, and a function that fails in a part nobody reached would deny in production.
 */
export function holds(condition: Json, scope: Scope): boolean {
  if (!isObject(condition)) throw new UnsupportedPolicy('a condition is an object', condition);
  const { allOf, anyOf, not } = condition;
  if (allOf !== undefined) return all(only(condition, 'allOf'), scope).every(Boolean);
  if (anyOf !== undefined) return all(only(condition, 'anyOf'), scope).some(Boolean);
  if (not !== undefined) return !holds(only(condition, 'not'), scope);
  return leafHolds(condition, scope);
}

function all(conditions: Json, scope: Scope): readonly boolean[] {
  if (!isArray(conditions) || conditions.length === 0) throw new UnsupportedPolicy('a list of conditions', conditions);
  return conditions.map((one) => holds(one, scope));
}

function only(condition: JsonObject, name: string): Json {
  if (Object.keys(condition).length !== 1) throw new UnsupportedPolicy(`${name} stands alone`, condition);
  return condition[name] ?? null;
}

function leafHolds(condition: JsonObject, scope: Scope): boolean {
  const { field, value, count, ...rest } = condition;
  const [entry, ...others] = Object.entries(rest);
  const subjects = [field, value, count].filter((subject) => subject !== undefined);
  if (entry === undefined || others.length > 0 || subjects.length !== 1) {
    throw new UnsupportedPolicy('a condition has one of field, value, count and one operator', condition);
  }
  const [name, wantedTemplate] = entry;
  const operator = operators.get(name);
  if (operator === undefined) throw new UnsupportedPolicy('operator is not implemented', name);
  const wanted = resolveTemplates(wantedTemplate, scope);

  if (field !== undefined) return fieldHolds(field, name, (actual) => operator(actual, wanted), scope);
  if (value !== undefined) return operator(resolveTemplates(value, scope), wanted);
  return operator(countOf(count ?? null, scope), wanted);
}

/** A `[*]` field means "all of": every selected value satisfies the operator, and no values satisfy it all the same. */
function fieldHolds(field: Json, operator: string, test: (value: Json | undefined) => boolean, scope: Scope): boolean {
  const name = resolveTemplates(field, scope);
  if (typeof name !== 'string') throw new UnsupportedPolicy('a field has a name', field);
  const found = fieldValue(name, scope);
  if (found.kind === 'one') return test(found.value);
  if (operator === 'exists') throw new UnsupportedPolicy('exists on [*] is not documented: use count', field);
  return found.values.map(test).every(Boolean);
}

function countOf(count: Json, scope: Scope): number {
  if (!isObject(count)) throw new UnsupportedPolicy('count is an object', count);
  const { field, value, name, where, ...others } = count;
  if (Object.keys(others).length > 0) throw new UnsupportedPolicy('count has an unknown part', count);
  const scopes =
    typeof field === 'string' && value === undefined && name === undefined
      ? fieldScopes(field, scope)
      : valueScopes(value, name, scope, count);
  return scopes.filter((inner) => where === undefined || holds(where, inner)).length;
}

function fieldScopes(alias: string, scope: Scope): readonly Scope[] {
  if (!alias.endsWith('[*]')) throw new UnsupportedPolicy('count.field ends with [*]', alias);
  const { path, resourceType } = aliasNamed(alias);
  const { type } = scope.resource;
  if (typeof type !== 'string' || type.toLowerCase() !== resourceType.toLowerCase()) return [];
  return select(scope.resource, path, scope.pins).map(({ pins }) => ({
    ...scope,
    pins: new Map([...scope.pins, ...pins]),
    counts: [...scope.counts, { kind: 'field', alias }],
  }));
}

function valueScopes(
  value: Json | undefined,
  name: Json | undefined,
  scope: Scope,
  count: JsonObject,
): readonly Scope[] {
  const members = value === undefined ? undefined : resolveTemplates(value, scope);
  if (!isArray(members) || count.field !== undefined || (name !== undefined && typeof name !== 'string')) {
    throw new UnsupportedPolicy('count has a field, or an array as value with an optional name', count);
  }
  const counter = name ?? 'default';
  return members.map((member) => ({
    ...scope,
    counts: [...scope.counts, { kind: 'value', name: counter, member }],
  }));
}
