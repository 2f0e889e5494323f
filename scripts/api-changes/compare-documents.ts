import { type Change, type Compared, type Schema, schemaChanges } from './compare-schemas.ts';

/** Of an OpenAPI document, what is compared. */
export interface ApiDocument {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}
interface Operation {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly 'x-roles': readonly string[];
  readonly 'x-any-role'?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/** Every change of a contract that whoever calls may notice. */
export function changesOf(before: ApiDocument, after: ApiDocument): Change[] {
  const [old, now] = [operationsOf(before), operationsOf(after)];
  const by = (direction: Compared['direction']): Compared => ({
    direction,
    before: (ref) => schemaAt(before, ref),
    after: (ref) => schemaAt(after, ref),
  });
  return each(old, now, 'breaking', (name, one, other) => [
    ...(one.operationId === other.operationId ? [] : [breaking(`${name} is called ${other.operationId}`)]),
    ...accessChanges(name, one, other),
    ...parameterChanges(name, one.parameters ?? [], other.parameters ?? [], by('request')),
    ...bodyChanges(name, one, other, by('request')),
    ...each(one.responses, other.responses, 'breaking', (status, { content: a = {} }, { content: b = {} }) =>
      contentChanges(`${name} ${status}`, a, b, by('answer')),
    ).map(({ kind, what }) => ({ kind, what: /^\d/.test(what) ? `${name} ${what}` : what })),
  ]);
}

function operationsOf({ paths }: ApiDocument): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, operation]) => [`${verb.toUpperCase()} ${path}`, operation]),
    ),
  );
}

function schemaAt({ components }: ApiDocument, ref: string): Schema {
  const found = components?.schemas?.[ref.replace('#/components/schemas/', '')];
  if (found === undefined) throw new Error(`there is no ${ref}`);
  return found;
}

/** Who was let in must be let in. */
function accessChanges(name: string, before: Operation, after: Operation): Change[] {
  const [old, now] = [before['x-roles'], after['x-roles']];
  const isFree = ({ security, 'x-any-role': any = false }: Operation): boolean => security.length === 0 || any;
  if (before.security.length === 0 && after.security.length > 0) return [breaking(`${name} takes a token now`)];
  if (isFree(before) && !isFree(after)) return [breaking(`${name} takes a role now`)];
  if (isFree(after)) return isFree(before) ? [] : [addition(`${name} takes no role any more`)];
  return [
    ...old.filter((role) => !now.includes(role)).map((role) => breaking(`${name} does not let in ${role} any more`)),
    ...now.filter((role) => !old.includes(role)).map((role) => addition(`${name} lets in ${role}`)),
  ];
}

function parameterChanges(
  name: string,
  before: readonly Parameter[],
  after: readonly Parameter[],
  by: Compared,
): Change[] {
  const named = (all: readonly Parameter[]) =>
    Object.fromEntries(all.map((one) => [`${name} ${one.in} ${one.name}`, one]));
  const [old, now] = [named(before), named(after)];
  return [
    ...each(old, now, 'breaking', (where, one, other) => [
      ...(other.required && !one.required ? [breaking(`${where} is needed now`)] : []),
      ...(one.required && !other.required ? [addition(`${where} is not needed any more`)] : []),
      ...schemaChanges(one.schema, other.schema, where, by),
    ]),
    ...Object.entries(now)
      .filter(([where, { required }]) => required && old[where] === undefined)
      .map(([where]) => breaking(`${where} is needed now`)),
  ];
}

function bodyChanges(name: string, before: Operation, after: Operation, by: Compared): Change[] {
  const [old, now] = [before.requestBody, after.requestBody];
  if (old === undefined || now === undefined) {
    if (old === now) return [];
    const isAsked = now?.required === true || now === undefined;
    return [
      {
        kind: isAsked ? 'breaking' : 'addition',
        what: `${name} ${now === undefined ? 'takes no' : 'takes a'} body now`,
      },
    ];
  }
  return [
    ...(now.required && !old.required ? [breaking(`${name} needs a body now`)] : []),
    ...contentChanges(`${name} body`, old.content, now.content, by),
  ];
}

function contentChanges(where: string, before: Content, after: Content, by: Compared): Change[] {
  return each(before, after, 'breaking', (_type, one, other) => schemaChanges(one.schema, other.schema, where, by)).map(
    ({ kind, what }) => ({ kind, what: what.startsWith(where) ? what : `${where} ${what}` }),
  );
}

/** What is gone breaks, what is new adds, and what is in both is looked into. */
function each<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  gone: Change['kind'],
  compare: (name: string, one: T, other: T) => Change[],
): Change[] {
  return [
    ...Object.entries(before).flatMap(([name, one]): Change[] => {
      const other = after[name];
      return other === undefined ? [{ kind: gone, what: `${name} is gone` }] : compare(name, one, other);
    }),
    ...Object.keys(after)
      .filter((name) => !(name in before))
      .map((name) => addition(`${name} is new`)),
  ];
}

const breaking = (what: string): Change => ({ kind: 'breaking', what });
const addition = (what: string): Change => ({ kind: 'addition', what });
