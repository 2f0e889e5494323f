import type { SelfHostedRunner } from '../../../../src/connectors/github/actions/runners.ts';
import type { ListedMachine } from '../../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';

/** A runner as what it said of itself is looked for. One whose state is not known is not known to take jobs. */
export function listedRunner({
  id,
  name,
  status,
  ephemeral,
  runner_group_id: group,
}: Pick<SelfHostedRunner, 'id' | 'name' | 'status' | 'ephemeral' | 'runner_group_id'>): ListedMachine {
  return {
    ...{ id, name, online: status === 'online' },
    ...(ephemeral === undefined ? {} : { ephemeral }),
    ...(group === undefined ? {} : { group }),
  };
}
