import { writeFileSync } from 'node:fs';
import { reportJsonSchema } from '../../src/report/schema/json-schema.ts';

/** Writes the published JSON Schema of `report.json` after its types changed. */
const target = new URL('../../schemas/report.schema.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(reportJsonSchema(), undefined, 2)}\n`);
