import * as z from 'zod';
import { REPORT_SCHEMA_VERSION, ReportSchema } from './report.ts';

/** The published JSON Schema of `report.json`. `schemas/report.schema.json` holds it; a test keeps them equal. */
export function reportJsonSchema(): Readonly<Record<string, unknown>> {
  const generated = z.toJSONSchema(ReportSchema, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      // `format` says it; zod's patterns for it are pages long. 2^53 is no limit that a reader needs.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.prefixItems !== undefined) Object.assign(jsonSchema, exactly(jsonSchema.prefixItems.length));
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  const { $schema, ...rest } = generated;
  return {
    $schema,
    $id: `urn:mcp-offboarding:report:${REPORT_SCHEMA_VERSION}`,
    title: 'Report of an offboarding case',
    ...rest,
  };
}

/** Without these, a JSON Schema tuple may be shorter or longer than what it lists. */
function exactly(length: number): { readonly items: false; readonly minItems: number; readonly maxItems: number } {
  return { items: false, minItems: length, maxItems: length };
}
