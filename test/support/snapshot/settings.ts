import * as z from 'zod';
import { Settings } from '../../../src/config.ts';
import { snapshotText, sortedKeys } from './snapshot-text.ts';

/** Every app setting: its kind as JSON Schema, what it is without a value, and whether it needs one. */
export function settingsSnapshot(): string {
  const settings = Object.entries(Settings.shape).map(([name, schema]) => {
    const { $schema, ...kind } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const unset = schema.safeParse(undefined);
    return [name, { kind, required: !unset.success, unset: unset.data }];
  });
  return snapshotText(sortedKeys(Object.fromEntries(settings)));
}
