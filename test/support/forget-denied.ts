import type { Config } from '../../src/config.ts';
import { tableOf } from '../../src/connectors/storage/base/tables.ts';

/** Empties the table of the denied, and what is remembered of it. */
export async function forgetDenied(config: Config): Promise<void> {
  const table = tableOf(config, 'denied');
  for await (const { partitionKey = '', rowKey = '' } of table.listEntities())
    await table.deleteEntity(partitionKey, rowKey);
  await tableOf(config, 'caseindex')
    .deleteEntity('mark', 'denied')
    .catch(() => undefined);
}
