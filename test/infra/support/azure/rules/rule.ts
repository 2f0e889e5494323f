import type { Diagnostic } from '../../provider/diagnostics.ts';
import type { BlockSchema } from '../../provider/provider-schema.ts';
import { type Fields, isFields, isList, UNKNOWN, type Value } from '../../provider/wire-value.ts';
import { select, selectSet } from './select.ts';

/** What a provider checks of a resource that its schema does not say. */
export type Rule = (resource: Fields, schema: BlockSchema) => readonly Diagnostic[];

export type RuleTable = Readonly<Record<string, readonly Rule[]>>;

/** `sku must be one of …`; of a list, every element. */
export function allowed(selector: string, values: readonly (string | number)[]): Rule {
  return each(selector, (value) =>
    values.some((known) => known === value) ? undefined : `expected one of ${values.join(', ')}, got ${String(value)}`,
  );
}

export function matching(selector: string, pattern: RegExp, meaning: string): Rule {
  return each(selector, (value) =>
    typeof value === 'string' && pattern.test(value) ? undefined : `${meaning}; got ${JSON.stringify(value)}`,
  );
}

export function between(selector: string, least: number, most: number): Rule {
  return each(selector, (value) =>
    typeof value === 'number' && value >= least && value <= most
      ? undefined
      : `expected ${least} to ${most}, got ${String(value)}`,
  );
}

/** Whatever `fault` says is wrong with a value. */
export function each(selector: string, fault: (value: Value) => string | undefined): Rule {
  return (resource, schema) =>
    select(resource, schema, selector).flatMap(({ value, path }) => {
      const detail = fault(value);
      return detail === undefined
        ? []
        : [{ severity: 'error', summary: `Invalid value for ${selector}`, detail, path } as const];
    });
}

/** The other arguments that must or must not stand beside each other, in the resource or in each block `within` it. */
export function exactlyOne(names: readonly string[], within = ''): Rule {
  return counting(within, names, (set, unknown) => set > 1 || (set === 0 && unknown === 0), 'exactly one');
}

export function atLeastOne(names: readonly string[], within = ''): Rule {
  return counting(within, names, (set, unknown) => set === 0 && unknown === 0, 'at least one');
}

export function notTogether(names: readonly string[], within = ''): Rule {
  return counting(within, names, (set) => set > 1, 'at most one');
}

/** `name` is useless, or refused by Azure, without `other`. */
export function needs(name: string, other: string, within = ''): Rule {
  return (resource, schema) =>
    select(resource, schema, within).flatMap(({ value, path }) =>
      isFields(value) && isSet(value[name]) && !isSet(value[other]) && value[other] !== UNKNOWN
        ? [
            {
              severity: 'error',
              summary: `${name} needs ${other}`,
              detail: `Set ${other} as well.`,
              path: [...path, name],
            } as const,
          ]
        : [],
    );
}

/** The provider still accepts it, warns, and will remove it. Here a warning fails the run. */
export function deprecated(selector: string, instead: string): Rule {
  return (resource, schema) =>
    selectSet(resource, schema, selector).map(({ path }) => ({
      severity: 'warning',
      summary: 'Argument is deprecated',
      detail: `${selector}: ${instead}.`,
      path,
    }));
}

/** Set on the resource although it may still be unknown, as a provider counts it. */
export function isSet(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === UNKNOWN) return false;
  return !isList(value) || value.length > 0;
}

function counting(
  within: string,
  names: readonly string[],
  isWrong: (set: number, unknown: number) => boolean,
  count: string,
): Rule {
  return (resource, schema) =>
    select(resource, schema, within).flatMap(({ value, path }) => {
      if (!isFields(value)) return [];
      // For a name that the schema lacks, this throws.
      for (const name of names) select(resource, schema, within === '' ? name : `${within}.${name}`);
      const set = names.filter((name) => isSet(value[name]));
      const unknown = names.filter((name) => value[name] === UNKNOWN);
      if (!isWrong(set.length, unknown.length)) return [];
      const found = set.length === 0 ? 'none is' : `${set.join(', ')} are`;
      const [, second] = set;
      return [
        {
          severity: 'error',
          summary: 'Invalid combination of arguments',
          detail: `Expected ${count} of ${names.join(', ')}; ${found} set.`,
          path: second === undefined ? path : [...path, second],
        } as const,
      ];
    });
}
