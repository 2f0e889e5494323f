import { fc } from '../../support/properties.ts';

/** What of a JSON Schema the document of the API uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** What exists, by the name of the member or parameter that names it: ids, addresses, hashes. */
export type Known = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const DAY_MS = 86_400_000;
const day = fc.integer({ min: -40, max: 800 }).map((days) => new Date(Date.now() + days * DAY_MS));

/** A value that a schema allows, or nearly: what exists comes before what is made up. */
export function valid(schema: Schema, known: Known, name = ''): fc.Arbitrary<unknown> {
  const existing = schema.format === 'uuid' ? known.oid : known[name];
  if (existing !== undefined) return fc.oneof({ weight: 9, arbitrary: existing }, made(schema, known));
  return made(schema, known);
}

function made(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => made(each, known)));
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -10, max: schema.maximum ?? 1_000 });
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valid(schema.items ?? {}, known), { minLength: schema.minItems ?? 0, maxLength: 4 });
    case 'object':
      return object(schema, known);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

/** Names of one person, of which a request has one. */
const NAMES = ['oid', 'userPrincipalName', 'mail'];

/** Optional members come seldom: most of them exclude one another. */
function object({ properties = {}, required = [] }: Schema, known: Known): fc.Arbitrary<unknown> {
  const member = (name: string) => valid(properties[name] ?? {}, known, name).map((value) => [[name, value]] as const);
  const seldom = (name: string) => {
    const weight = properties[name]?.default === undefined ? 7 : 1;
    return fc.oneof({ weight, arbitrary: fc.constant([]) }, member(name));
  };
  const names = Object.keys(properties);
  const ofOne = NAMES.filter((name) => names.includes(name) && !required.includes(name));
  const others = names
    .filter((name) => !ofOne.includes(name))
    .map((name) => (required.includes(name) ? member(name) : seldom(name)));
  const one = ofOne.length === 0 ? [] : [fc.oneof(...ofOne.map(member)), ...ofOne.map(rarely)];
  return fc.tuple(...others, ...one).map((entries) => Object.fromEntries(entries.flat()));

  function rarely(name: string) {
    return fc.oneof({ weight: 30, arbitrary: fc.constant([]) }, member(name));
  }
}

function text({ format, pattern, minLength = 0, maxLength = 100 }: Schema): fc.Arbitrary<string> {
  switch (format) {
    case 'uuid':
      return fc.uuid();
    case 'date':
      return day.map((at) => at.toISOString().slice(0, 10));
    case 'date-time':
      return day.map((at) => at.toISOString());
    default:
      return pattern === undefined
        ? fc.string({ minLength, maxLength: Math.min(maxLength, 100) })
        : fc.stringMatching(new RegExp(pattern));
  }
}
