/** Of a JSON Schema, what documents of this API say; what else stands in one is compared as a whole. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly [keyword: string]: unknown;
}
type Node = Schema | undefined;

/** `breaking`: whoever is right today may be wrong after it. `addition`: something more can be sent or is told. */
export interface Change {
  readonly kind: 'breaking' | 'addition';
  readonly what: string;
}

/** In which direction a schema goes: who calls sends a `request`, and reads an `answer`. */
export type Direction = 'request' | 'answer';

/** Two documents, whose references are followed. */
export interface Compared {
  readonly direction: Direction;
  readonly before: (ref: string) => Schema;
  readonly after: (ref: string) => Schema;
}

/** Keywords that say nothing about what is right. */
const WORDS = ['description', 'example', 'examples', 'title', 'id', '$comment', 'deprecated', 'default'];
const LOWER = ['minLength', 'minimum', 'minItems', 'exclusiveMinimum', 'minProperties'];
const UPPER = ['maxLength', 'maximum', 'maxItems', 'exclusiveMaximum', 'maxProperties'];
const READ = ['$ref', 'type', 'const', 'enum', 'anyOf', 'properties', 'required', 'items', 'additionalProperties'];

/** Every change between two schemas, each with the place at which it is. */
export function schemaChanges(
  given: Node,
  wanted: Node,
  where: string,
  by: Compared,
  seen: readonly string[] = [],
): Change[] {
  if (given === undefined || wanted === undefined) {
    if (given === wanted) return [];
    return [breaking(`${where} ${given === undefined ? 'has a schema now' : 'has no schema any more'}`)];
  }
  const pair = `${given.$ref} ${wanted.$ref}`;
  if (given.$ref !== undefined && seen.includes(pair)) return [];
  const [before, after] = [followed(given, by.before), followed(wanted, by.after)];
  const next = [...seen, pair];
  const [values, newValues] = [valuesOf(before), valuesOf(after)];
  const hasValues = values !== undefined || newValues !== undefined;
  if (!hasValues && (before.anyOf !== undefined || after.anyOf !== undefined))
    return branchChanges(before, after, where, by, next);
  const [type, newType] = [typeOf(before, values), typeOf(after, newValues)];
  if (type !== newType) return [breaking(`${where} is ${newType ?? 'anything'} and was ${type ?? 'anything'}`)];
  if (hasValues)
    return [...valueChanges(values, newValues, where, by.direction), ...defaultChanges(before, after, where)];
  return [
    ...defaultChanges(before, after, where),
    ...keywordChanges(before, after, where, by.direction),
    ...memberChanges(before, after, where, by, next),
    ...(before.items === undefined && after.items === undefined
      ? []
      : schemaChanges(before.items, after.items, `${where}[]`, by, next)),
  ];
}

function followed(schema: Schema, follow: (ref: string) => Schema): Schema {
  return schema.$ref === undefined ? schema : follow(schema.$ref);
}

/** Values tell their type where nothing else does. */
function typeOf({ type }: Schema, values: readonly string[] | undefined): string | undefined {
  const [first, ...others] = new Set(values?.map((value) => typeof JSON.parse(value)));
  return type ?? (others.length === 0 ? first : undefined);
}

/** What was left out meant this, and must go on to. */
function defaultChanges({ default: old }: Schema, { default: now }: Schema, where: string): Change[] {
  if (JSON.stringify(old) === JSON.stringify(now)) return [];
  const what = `${where} has default ${told(now)}, and had ${told(old)}`;
  return [old === undefined ? addition(what) : breaking(what)];
}

/** The values of which one is meant, where they are counted up. */
function valuesOf({ const: only, enum: some, anyOf }: Schema): readonly string[] | undefined {
  if (only !== undefined) return [JSON.stringify(only)];
  if (some !== undefined) return some.map((each) => JSON.stringify(each));
  const each = anyOf?.map(valuesOf);
  return each?.every((values) => values !== undefined) ? each.flat() : undefined;
}

function valueChanges(
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
  where: string,
  direction: Direction,
): Change[] {
  if (before === undefined) return [breaking(`${where} is one of a list now`)];
  if (after === undefined) {
    const what = `${where} is not one of a list any more`;
    return [direction === 'request' ? addition(what) : breaking(what)];
  }
  return [
    ...without(before, after).map((value) => breaking(`${where} is ${value} no more`)),
    ...without(after, before).map((value) => addition(`${where} may be ${value}`)),
  ];
}

/** Each that was right must go on as one of the others; an answer that may be something else surprises its reader. */
function branchChanges(before: Schema, after: Schema, where: string, by: Compared, seen: readonly string[]): Change[] {
  const [old, now] = [before.anyOf ?? [before], after.anyOf ?? [after]];
  const fits = (one: Schema, other: Schema): boolean =>
    schemaChanges(one, other, where, by, seen).every(({ kind }) => kind !== 'breaking');
  const gone = old.filter((one) => !now.some((other) => fits(one, other)));
  const fresh = now.filter((other) => !old.some((one) => fits(one, other)));
  return [
    ...gone.map((one) => breaking(`${where} is not ${nameOf(one)} any more, or is it in another form`)),
    ...fresh.map((other) => {
      const what = `${where} may be ${nameOf(other)}`;
      return by.direction === 'request' ? addition(what) : breaking(what);
    }),
  ];
}

function nameOf({ type, format, $ref }: Schema): string {
  return $ref ?? [type, format].filter((each) => each !== undefined).join(' of the form ');
}

function keywordChanges(before: Schema, after: Schema, where: string, direction: Direction): Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): Change[] => {
    if (READ.includes(name) || WORDS.includes(name)) return [];
    const [old, now] = [before[name], after[name]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const what = `${where} has ${name} ${told(now)}, and had ${told(old)}`;
    const sign = LOWER.includes(name) ? 1 : UPPER.includes(name) ? -1 : 0;
    const narrower = typeof now === 'number' && !(typeof old === 'number' && sign * (now - old) < 0);
    // A tighter limit is a fault of who sends, and a wider one of nobody who reads.
    if (sign !== 0) return direction === 'answer' ? [] : [narrower ? breaking(what) : addition(what)];
    if (now === undefined) return [direction === 'request' ? addition(what) : breaking(what)];
    if (old === undefined && direction === 'answer') return [addition(what)];
    return [breaking(what)];
  });
}

function memberChanges(before: Schema, after: Schema, where: string, by: Compared, seen: readonly string[]): Change[] {
  const [old, now] = [before.properties ?? {}, after.properties ?? {}];
  const [needed, neededNow] = [before.required ?? [], after.required ?? []];
  const at = (name: string): string => (where === '' ? name : `${where}.${name}`);
  const isRequest = by.direction === 'request';
  const [open, openNow] = [before.additionalProperties ?? true, after.additionalProperties ?? true];
  return [
    ...without(Object.keys(old), Object.keys(now)).map((name) => breaking(`${at(name)} is gone`)),
    ...without(Object.keys(now), Object.keys(old)).map((name) =>
      isRequest && neededNow.includes(name) ? breaking(`${at(name)} is needed now`) : addition(`${at(name)} is new`),
    ),
    ...Object.keys(old)
      .filter((name) => name in now && needed.includes(name) !== neededNow.includes(name))
      .map((name) => {
        const isNeeded = neededNow.includes(name);
        const what = `${at(name)} is ${isNeeded ? 'always there' : 'not always there'}`;
        return isNeeded === isRequest ? breaking(what) : addition(what);
      }),
    ...Object.entries(old).flatMap(([name, schema]) =>
      now[name] === undefined ? [] : schemaChanges(schema, now[name], at(name), by, seen),
    ),
    ...(isRequest && open !== false && openNow === false ? [breaking(`${where} takes no further members`)] : []),
    ...(typeof open === 'object' && typeof openNow === 'object'
      ? schemaChanges(open, openNow, `${where}.*`, by, seen)
      : []),
  ];
}

const breaking = (what: string): Change => ({ kind: 'breaking', what });
const addition = (what: string): Change => ({ kind: 'addition', what });
const told = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));

function without(all: readonly string[], some: readonly string[]): string[] {
  return all.filter((each) => !some.includes(each));
}
