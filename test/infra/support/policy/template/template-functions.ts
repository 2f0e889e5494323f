import { TemplateFailure } from '../errors.ts';
import { isArray, type Json } from '../json.ts';

type TemplateFunction = (values: readonly Json[]) => Json;

/**
 * Template functions that depend on their arguments alone. A function that is not here is not implemented; an
 * argument of the wrong type fails the evaluation, as it does in Azure.
 * learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
 */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['and', (values) => values.every((value) => truth('and', value))],
  ['coalesce', (values) => values.find((value) => value !== null) ?? null],
  ['concat', (values) => values.map((value) => text('concat', value)).join('')],
  ['contains', ([whole, part]) => text('contains', whole).includes(text('contains', part))],
  ['createarray', (values) => values],
  ['first', ([value]) => (isArray(value) ? (value[0] ?? null) : text('first', value).slice(0, 1))],
  ['if', ([condition, yes, no]) => (truth('if', condition) ? (yes ?? null) : (no ?? null))],
  ['intersection', ([first, ...others]) => others.reduce(intersection, array('intersection', first))],
  [
    'join',
    ([value, between]) =>
      array('join', value)
        .map((one) => text('join', one))
        .join(text('join', between)),
  ],
  ['last', ([value]) => (isArray(value) ? (value.at(-1) ?? null) : text('last', value).slice(-1))],
  ['length', ([value]) => (isArray(value) ? value.length : text('length', value).length)],
  ['or', (values) => values.some((value) => truth('or', value))],
  ['skip', ([value, count]) => array('skip', value).slice(number('skip', count))],
  ['split', ([value, delimiter]) => split(text('split', value), delimiter)],
  ['string', ([value]) => string(value)],
  ['tolower', ([value]) => text('toLower', value).toLowerCase()],
]);

/** Members that both have, text in the very same case. Arrays of anything but text are not needed here. */
function intersection(ours: readonly Json[], theirs: Json): readonly Json[] {
  const wanted = new Set(array('intersection', theirs).map((member) => text('intersection', member)));
  return ours.filter((member) => wanted.has(text('intersection', member)));
}

/** At one delimiter or at any of several. */
function split(value: string, delimiter: Json | undefined): readonly string[] {
  if (!isArray(delimiter)) return value.split(text('split', delimiter));
  const [first, ...others] = delimiter.map((one) => text('split', one));
  if (first === undefined) throw new TemplateFailure('split() wants a delimiter');
  return others.reduce((joined, one) => joined.replaceAll(one, first), value).split(first);
}

function string(value: Json | undefined): string {
  if (value === undefined || value === null) throw new TemplateFailure('string() wants a value');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function array(name: string, value: Json | undefined): readonly Json[] {
  if (!isArray(value)) throw new TemplateFailure(`${name}() wants an array, not ${JSON.stringify(value)}`);
  return value;
}

function truth(name: string, value: Json | undefined): boolean {
  if (typeof value !== 'boolean')
    throw new TemplateFailure(`${name}() wants true or false, not ${JSON.stringify(value)}`);
  return value;
}

function number(name: string, value: Json | undefined): number {
  if (typeof value !== 'number') throw new TemplateFailure(`${name}() wants a number, not ${JSON.stringify(value)}`);
  return value;
}

function text(name: string, value: Json | undefined): string {
  if (typeof value !== 'string') throw new TemplateFailure(`${name}() wants text, not ${JSON.stringify(value)}`);
  return value;
}
