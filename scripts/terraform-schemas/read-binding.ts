import type {
  AttributeSchema,
  BlockSchema,
  CtyType,
  NestedBlockSchema,
} from '../../test/infra/support/provider/provider-schema.ts';

export interface Binding {
  readonly kind: 'Resource' | 'DataSource' | 'Provider';
  readonly type: string;
  readonly block: BlockSchema;
}

interface Flags {
  readonly computed: boolean;
  readonly required: boolean;
  /** The JavaScript that reads the attribute; it tells the type of what the provider computes. */
  readonly reader: string;
}

const SCALARS: Readonly<Record<string, CtyType>> = { string: 'string', boolean: 'bool', number: 'number' };

/** The schema in one generated `index.js`, or undefined when the file declares no resource. */
export function readBinding(source: string): Binding | undefined {
  const [, className, kind] =
    /class (\w+) extends cdkt[fn]\.Terraform(Resource|DataSource|Provider) \{/.exec(source) ?? [];
  if (className === undefined || !(kind === 'Resource' || kind === 'DataSource' || kind === 'Provider'))
    return undefined;
  const type = /terraformResourceType: '([^']+)'/.exec(source)?.[1] ?? '';
  return { kind, type, block: new BindingReader(source, className, kind === 'Provider').main() };
}

/** Reads the functions and classes of one generated file, each of which describes one block. */
class BindingReader {
  readonly #chunks = new Map<string, string>();
  readonly #className: string;
  readonly #isProvider: boolean;

  constructor(source: string, className: string, isProvider: boolean) {
    this.#className = className;
    this.#isProvider = isProvider;
    // Generated code declares every class and function in column 0.
    for (const chunk of source.split(/^(?=class |function )/m)) {
      const name = /^(?:class|function) (\w+)/.exec(chunk)?.[1];
      if (name !== undefined) this.#chunks.set(name, chunk);
    }
  }

  main(): BlockSchema {
    const body = this.#chunks.get(this.#className) ?? '';
    return this.#block(body, body, true);
  }

  #struct(name: string): BlockSchema {
    return this.#block(
      this.#chunks.get(`${lowerFirst(name)}ToHclTerraform`) ?? '',
      this.#chunks.get(`${name}OutputReference`) ?? '',
      false,
    );
  }

  #block(writer: string, reference: string, main: boolean): BlockSchema {
    const flags = readFlags(reference);
    const attributes: Record<string, AttributeSchema> = {};
    const blocks: Record<string, NestedBlockSchema> = {};
    const written = /const attrs = \{([\s\S]*?)\n\s*\};\n/.exec(writer)?.[1] ?? '';
    const entry =
      /^\s+(\w+): \{\s*value: ([^\n]*),\s*isBlock: (?:true|false),\s*type: "(\w+)",\s*storageClassType: "(\w+)",/gm;
    for (const [, name = '', value = '', container = '', storage = ''] of written.matchAll(entry)) {
      const known = flags.get(name);
      const required = known?.required ?? this.#isRequired(name, value, writer, reference, main);
      const plain = plainType(container, storage);
      if (plain !== undefined) {
        attributes[name] = settable(plain, required, known?.computed ?? (main && name === 'id'));
        continue;
      }
      const inner = this.#chunks.has(`${lowerFirst(storage)}ToHclTerraform`)
        ? storage
        : storage.replace(/(List|Map)$/, '');
      const block = this.#struct(inner);
      const nesting = container === 'struct' ? 'single' : (container as 'list' | 'set' | 'map');
      if (known?.computed) {
        attributes[name] = settable([nesting === 'single' ? 'list' : nesting, objectType(block)], required, true);
        continue;
      }
      const single = nesting === 'single';
      const many = /listMapperHcl\(|hashMapperHcl\(/.test(value);
      blocks[name] = {
        nesting_mode: nesting,
        block,
        ...(required && !single ? { min_items: 1 } : {}),
        ...(many || single ? {} : { max_items: 1 }),
      };
    }
    for (const [name, { reader }] of flags) {
      if (attributes[name] !== undefined || blocks[name] !== undefined) continue;
      attributes[name] = { type: this.#computedType(reader), computed: true };
    }
    return { attributes, block_types: blocks };
  }

  /** A plain argument may be left out exactly when the class lets it be reset. */
  #isRequired(name: string, value: string, writer: string, reference: string, main: boolean): boolean {
    const property =
      /(?:struct|this)\.(?:_?)(\w+)(?:\.internalValue)?\)*$/.exec(value.replace(/\s*=== undefined.*$/, ''))?.[1] ??
      name;
    if (main && this.#isProvider) return !new RegExp(`reset${upperFirst(property)}\\(`).test(writer);
    return reference !== '' && !new RegExp(`\\breset${upperFirst(property)}\\(\\)`, 'i').test(reference);
  }

  #computedType(reader: string): CtyType {
    const collection = /Fn\.tolist/.test(reader) ? 'set' : 'list';
    const getters: Readonly<Record<string, CtyType>> = {
      String: 'string',
      Number: 'number',
      Boolean: 'bool',
      StringMap: ['map', 'string'],
      NumberMap: ['map', 'number'],
      BooleanMap: ['map', 'bool'],
      List: [collection, 'string'],
      NumberList: [collection, 'number'],
    };
    const simple = getters[/get(\w+)Attribute\(/.exec(reader)?.[1] ?? ''];
    if (simple !== undefined) return simple;
    if (/new cdkt[fn]\.StringMap/.test(reader)) return ['map', 'string'];
    const [, struct = '', suffix, isSet] =
      /new (\w+?)(List|OutputReference|Map)\(this, "\w+"(?:, (true|false))?/.exec(reader) ?? [];
    if (suffix === 'List') return [isSet === 'true' ? 'set' : 'list', objectType(this.#struct(struct))];
    if (suffix === 'Map') return ['map', objectType(this.#struct(struct))];
    if (suffix === 'OutputReference') return objectType(this.#struct(struct));
    if (/interpolationForAttribute|Any/.test(reader)) return 'dynamic';
    throw new Error(`no type is known for what this reads: ${reader}`);
  }
}

/** `// name - computed: …, optional: …, required: …`, written above what is computed and above every block. */
function readFlags(reference: string): Map<string, Flags> {
  const comment =
    /\/\/ (\w+) - computed: (true|false), optional: (?:true|false), required: (true|false)\s*\n\s*(?:get \w+\(\) \{\s*return ([^\n]*);|this\.\w+ = ([^\n]*);)/g;
  const flags = new Map<string, Flags>();
  for (const [, name = '', computed, required, getter, field] of reference.matchAll(comment))
    flags.set(name, { computed: computed === 'true', required: required === 'true', reader: getter ?? field ?? '' });
  return flags;
}

function plainType(container: string, storage: string): CtyType | undefined {
  if (container === 'simple') return SCALARS[storage];
  const [, scalar = '', , nested] = /^(string|number|boolean)(List|Map)(List)?$/.exec(storage) ?? [];
  const element = SCALARS[scalar];
  if (element === undefined) return undefined;
  const outer = container as 'list' | 'set' | 'map';
  return nested === undefined ? [outer, element] : [outer, ['list', element]];
}

function settable(type: CtyType, required: boolean, computed: boolean): AttributeSchema {
  return required ? { type, required } : { type, optional: true, ...(computed ? { computed } : {}) };
}

function objectType({ attributes, block_types }: BlockSchema): CtyType {
  const members: Record<string, CtyType> = {};
  for (const [name, { type }] of Object.entries(attributes)) members[name] = type;
  for (const [name, { nesting_mode, block }] of Object.entries(block_types))
    members[name] = [nesting_mode === 'single' ? 'list' : nesting_mode, objectType(block)];
  return ['object', members];
}

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
