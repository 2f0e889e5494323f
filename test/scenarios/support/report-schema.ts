import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const published = new URL('../../../schemas/report.schema.json', import.meta.url);
const ajv = new Ajv2020({ strict: true, strictTuples: true, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(published, 'utf8')));

/** Fails with every fault where a report is not what the published schema promises. */
export function assertValidReport(report: unknown): void {
  assert.ok(validate(report), ajv.errorsText(validate.errors));
}
