import { TableClient } from '@azure/data-tables';
import type { Stack } from '../../../local/stack.ts';
import { storageCredential } from './everything-written.ts';

/** Forgets whose accounts were, so that the next case finds the firm as the first one did. */
export async function forgetPeople(stack: Stack): Promise<void> {
  const table = new TableClient(stack.storage.table, 'people', storageCredential(stack));
  for await (const { partitionKey = '', rowKey = '' } of table.listEntities()) {
    await table.deleteEntity(partitionKey, rowKey);
  }
}
