import { TemplateFailure } from './errors.ts';
import { isArray, type Json } from './json.ts';

type TemplateFunction = (values: readonly Json[]) => Json;

/**
 * Template functions that depend on their arguments alone. A function that is not here is not implemented; an
 * argument of the wrong type fails the evaluation, as it does in Azure.
 * learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
 */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['coalesce', (values) => values.find((value) => value !== null) ?? null],
  ['concat', (values) => values.map((value) => text('concat', value)).join('')],
  ['first', ([value]) => (isArray(value) ? (value[0] ?? null) : text('first', value).slice(0, 1))],
  ['length', ([value]) => (isArray(value) ? value.length : text('length', value).length)],
  ['split', ([value, delimiter]) => text('split', value).split(text('split', delimiter))],
  ['tolower', ([value]) => text('toLower', value).toLowerCase()],
]);

function text(name: string, value: Json | undefined): string {
  if (typeof value !== 'string') throw new TemplateFailure(`${name}() wants text, not ${JSON.stringify(value)}`);
  return value;
}
