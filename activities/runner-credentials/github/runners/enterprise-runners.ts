import { coverageOf } from '../../../../src/cases/coverage/coverage-of.ts';
import { counted } from '../../../../src/cases/words/wording.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { enterpriseRunnerFinding } from '../../../../src/steps/runner-credentials/rules/github/runners/enterprise-runner-finding.ts';
import type { KnownOfRunners } from '../../../../src/steps/runner-credentials/rules/github/runners/runner-finding.ts';
import type { ListedMachine } from '../../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import { comparedWith } from '../../compared-with.ts';
import { withoutAccount } from '../log/no-account-coverage.ts';
import type { Scanned } from '../scanned.ts';
import { listedRunner } from './listed-runner.ts';

/** With the runners that were listed. */
export interface ScannedWithMachines extends Scanned {
  readonly machines: readonly ListedMachine[];
}

/**
 * Runners that the enterprise shares with an organisation, whose own are listed by themselves. That GitHub shows the
 * runners of such groups to the organisation's App is documented nowhere: a group without one is not taken for empty.
 */
export async function enterpriseRunners(
  client: GitHubOrganisation,
  known: KnownOfRunners & { readonly leaver: Leaver },
): Promise<ScannedWithMachines> {
  const { name: organisation, apiEndpoint } = client;
  const { items, failure } = await client.listRunnerGroups();
  const shared = items.filter(({ inherited }) => inherited);
  const read = await Promise.all(
    shared.map(async (group) => ({ group, runners: await client.listRunnersOfGroup(group) })),
  );
  const findings = read.flatMap(({ group, runners }) =>
    runners.items.flatMap(
      (runner) => enterpriseRunnerFinding(runner, { organisation, group }, known, apiEndpoint) ?? [],
    ),
  );
  const failures = [failure, ...read.map(({ runners }) => runners.failure)].filter((each) => each !== undefined);
  const shown = read.filter(({ runners }) => runners.failure === undefined && runners.items.length > 0);
  const looked = { asked: shared.length, count: shown.length, unit: 'groups of the enterprise' };
  const line = coverageOf(`github/runner-groups:${organisation}`, looked, failures);
  const silent = shared.length - shown.length;
  const told =
    silent === 0 || line.state !== 'complete'
      ? line
      : {
          ...line,
          state: 'partial' as const,
          detail:
            `GitHub showed no runner of ${counted(silent, 'group', 'groups')} that the enterprise shares, and does not say ` +
            'whether it shows those to the organisation: the enterprise’s owner looks at them.',
        };
  return {
    findings,
    coverage: [comparedWith(known.leaver, 'runner', withoutAccount(told, known.leaver))],
    failures,
    machines: read.flatMap(({ group, runners }) =>
      runners.items.map((runner) => ({ ...listedRunner(runner), group: group.id, ofEnterprise: true })),
    ),
  };
}
