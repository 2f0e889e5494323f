/**
 * A provider's schema in the shape of `terraform providers schema -json`, as far as the published
 * bindings let it be known.
 */
export interface ProviderSchema {
  /** As in `required_providers`: `hashicorp/azurerm`. */
  readonly source: string;
  readonly version: string;
  /** Where the schema comes from, and under which licence. */
  readonly origin: string;
  readonly schema: {
    readonly provider: ResourceSchema;
    readonly resource_schemas: Readonly<Record<string, ResourceSchema>>;
    readonly data_source_schemas: Readonly<Record<string, ResourceSchema>>;
  };
}

export interface ResourceSchema {
  readonly version: number;
  readonly block: BlockSchema;
}

export interface BlockSchema {
  readonly attributes: Readonly<Record<string, AttributeSchema>>;
  readonly block_types: Readonly<Record<string, NestedBlockSchema>>;
}

export interface AttributeSchema {
  readonly type: CtyType;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
}

export interface NestedBlockSchema {
  readonly nesting_mode: 'single' | 'list' | 'set' | 'map';
  readonly block: BlockSchema;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** Terraform's type system as it travels in JSON; `dynamic` decides its type per value. */
export type CtyType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', CtyType]
  | readonly ['object', Readonly<Record<string, CtyType>>];
