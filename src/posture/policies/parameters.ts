type Given = Readonly<Record<string, { readonly value?: unknown }>> | null | undefined;
type Declared = Readonly<Record<string, { readonly defaultValue?: unknown }>> | null | undefined;

/** What the initiative’s own parameters are, of which its members’ are made. */
interface Initiative {
  readonly values: Given;
  readonly declared: Declared;
}

/**
 * The value of a parameter as Azure Policy sees it; undefined where there is none, or an expression that is more than the
 * name of a parameter of the initiative. Names of parameters have no case.
 * Source: learn.microsoft.com/azure/governance/policy/concepts/initiative-definition-structure#passing-a-parameter-value-to-a-policy-definition
 */
export function parameterOf(name: string, given: Given, declared: Declared, initiative?: Initiative): unknown {
  const set = own(given, name);
  const value = set === undefined ? own(declared, name)?.defaultValue : set.value;
  if (!isExpression(value)) return value;
  const passed = /^\[\s*parameters\(\s*'([^']+)'\s*\)\s*\]$/i.exec(value)?.[1];
  if (initiative === undefined || passed === undefined || set === undefined) return undefined;
  return parameterOf(passed, initiative.values, initiative.declared);
}

/** A list of plain texts; undefined for anything else, and where one of them is an expression. */
export function textsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.every((each) => typeof each === 'string' && !isExpression(each)) ? value : undefined;
}

function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('[');
}

function own<T>(record: Readonly<Record<string, T>> | null | undefined, name: string): T | undefined {
  return Object.entries(record ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
