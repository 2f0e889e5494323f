import { type Diagnostic, toWireDiagnostic } from './diagnostics.ts';
import { fillComputed, type Unset } from './fill-computed.ts';
import type { BlockSchema, ProviderSchema } from './provider-schema.ts';
import { toWireSchema } from './wire-schema.ts';
import {
  type DynamicValue,
  decodeValue,
  encodeValue,
  type Fields,
  isFields,
  UNKNOWN,
  type Value,
} from './wire-value.ts';

/** What a provider knows beyond its schema. */
export interface ProviderKnowledge {
  /** What is wrong with a resource's configuration; values may still be unknown. */
  readonly validate: (type: string, config: Fields, schema: BlockSchema) => readonly Diagnostic[];
  /** The value of a computed attribute after the apply, under the provider's own configuration. */
  readonly computed: (type: string, unset: Unset, settings: Fields) => Value;
  /** What a data source says when it is read. */
  readonly read: (type: string, unset: Unset, settings: Fields) => Value;
}

interface TypedConfiguration {
  readonly type_name: string;
  readonly config?: DynamicValue;
}

interface Change {
  readonly type_name: string;
  readonly next_state: DynamicValue;
}

/**
 * A Terraform provider that answers from a schema alone and talks to nothing. Terraform's own core does the
 * checking: unknown arguments, missing blocks, wrong types, references. Method names are the protocol's.
 */
export function schemaProvider(provider: ProviderSchema, knowledge: ProviderKnowledge): Record<string, unknown> {
  const wireSchema = toWireSchema(provider);
  const resourceBlock = (type: string): BlockSchema => blockOf(provider.schema.resource_schemas, type);
  const dataBlock = (type: string): BlockSchema => blockOf(provider.schema.data_source_schemas, type);

  let settings: Fields = {};

  return answers({
    GetProviderSchema: () => wireSchema,
    ValidateProviderConfig: () => ({}),
    ConfigureProvider: ({ config }: { config?: DynamicValue }) => {
      const fields = decodeValue(config);
      if (isFields(fields)) settings = fields;
      return {};
    },
    GetFunctions: () => ({}),
    StopProvider: () => ({}),

    ValidateResourceConfig: ({ type_name, config }: TypedConfiguration) => {
      const fields = decodeValue(config);
      if (!isFields(fields)) return {};
      return { diagnostics: knowledge.validate(type_name, fields, resourceBlock(type_name)).map(toWireDiagnostic) };
    },
    ValidateDataResourceConfig: () => ({}),

    UpgradeResourceState: ({ raw_state }: { raw_state: { json: Uint8Array } }) => ({
      upgraded_state: { json: raw_state.json },
    }),
    ReadResource: ({ current_state }: { current_state: DynamicValue }) => ({ new_state: current_state }),

    // Optional arguments that the vendor fills in plan as null: the bindings do not say which they are. Core
    // accepts that difference from what the real provider plans only under the legacy type system.
    PlanResourceChange: ({ type_name, next_state }: Change) => {
      const proposed = decodeValue(next_state);
      if (!isFields(proposed)) return { planned_state: next_state };
      const planned = fillComputed(resourceBlock(type_name), proposed, () => UNKNOWN);
      return { planned_state: encodeValue(planned), legacy_type_system: true };
    },
    ApplyResourceChange: ({ type_name, next_state }: Change) => {
      const planned = decodeValue(next_state);
      if (!isFields(planned)) return { new_state: next_state };
      const applied = fillComputed(resourceBlock(type_name), planned, (unset) =>
        knowledge.computed(type_name, unset, settings),
      );
      return { new_state: encodeValue(applied), legacy_type_system: true };
    },
    ImportResourceState: ({ type_name, id }: { type_name: string; id: string }) => ({
      imported_resources: [{ type_name, state: encodeValue({ id }) }],
    }),
    ReadDataSource: ({ type_name, config }: TypedConfiguration) => {
      const fields = decodeValue(config);
      if (!isFields(fields)) return {};
      const found = fillComputed(dataBlock(type_name), fields, (unset) => knowledge.read(type_name, unset, settings));
      return { state: encodeValue(found) };
    },
  });
}

type Answer = (request: never) => object;
type Respond = (error: { readonly code: number; readonly message: string } | null, response?: object) => void;

/** gRPC handlers from plain functions; what they throw becomes an error of the call, which Terraform prints. */
function answers(methods: Readonly<Record<string, Answer>>): Record<string, unknown> {
  const internal = 13;
  return Object.fromEntries(
    Object.entries(methods).map(([name, answer]) => [
      name,
      ({ request }: { request: never }, respond: Respond) => {
        try {
          respond(null, answer(request));
        } catch (error) {
          respond({ code: internal, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
        }
      },
    ]),
  );
}

function blockOf(schemas: ProviderSchema['schema']['resource_schemas'], type: string): BlockSchema {
  const schema = schemas[type];
  if (schema === undefined) throw new Error(`no schema of ${type}`);
  return schema.block;
}
