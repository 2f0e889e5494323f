import type { SelfHostedRunner } from '../../../src/connectors/github/runners.ts';
import type { ListedMachine } from '../../../src/steps/runner-credentials/rules/machines/inventory-line.ts';

/** A runner as what it said of itself is looked for. One whose state is not known is not known to take jobs. */
export function listedRunner({
  name,
  status,
  ephemeral,
}: Pick<SelfHostedRunner, 'name' | 'status' | 'ephemeral'>): ListedMachine {
  return { name, online: status === 'online', ...(ephemeral === undefined ? {} : { ephemeral }) };
}
