import { decode, ExtensionCodec, encode } from '@msgpack/msgpack';
import type { CtyType } from './provider-schema.ts';

/** A value that Terraform will only know after the apply. */
class UnknownValue {
  toJSON(): string {
    return '(known after apply)';
  }
}

export const UNKNOWN = new UnknownValue();

/** What an attribute holds. A block is a record; a list, set or map of blocks holds records. */
export type Value =
  | null
  | boolean
  | number
  | string
  | UnknownValue
  | Uint8Array
  | readonly Value[]
  | { readonly [name: string]: Value };

export type Fields = { readonly [name: string]: Value };

export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

// cty's encoding: extension 0 is an unknown value, 12 an unknown value of which something is known.
const PLAIN_UNKNOWN = 0;
const REFINED_UNKNOWN = 12;

const extensionCodec = new ExtensionCodec();
for (const type of [PLAIN_UNKNOWN, REFINED_UNKNOWN])
  extensionCodec.register({
    type,
    encode: (value) => (type === PLAIN_UNKNOWN && value instanceof UnknownValue ? new Uint8Array([0]) : null),
    decode: () => UNKNOWN,
  });

export function decodeValue(wire: DynamicValue | undefined | null): Value {
  if (wire?.msgpack !== undefined && wire.msgpack.length > 0) return decode(wire.msgpack, { extensionCodec }) as Value;
  if (wire?.json !== undefined && wire.json.length > 0) return JSON.parse(Buffer.from(wire.json).toString()) as Value;
  return null;
}

export function encodeValue(value: Value): DynamicValue {
  return { msgpack: encode(value, { extensionCodec }) };
}

export function isFields(value: Value | undefined): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof UnknownValue) &&
    !(value instanceof Uint8Array)
  );
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** A value of a `dynamic` attribute travels together with its type. */
export function withType(value: Value): Value {
  return [Buffer.from(JSON.stringify(typeOf(value))), value];
}

export function withoutType(value: Value | undefined): Value {
  if (isList(value) && value.length === 2 && value[0] instanceof Uint8Array) return value[1] ?? null;
  return value ?? null;
}

function typeOf(value: Value): CtyType | readonly ['tuple', readonly unknown[]] {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'bool';
  if (isList(value)) return ['tuple', value.map(typeOf)];
  if (isFields(value))
    return ['object', Object.fromEntries(Object.entries(value).map(([name, item]) => [name, typeOf(item)])) as never];
  return 'dynamic';
}
