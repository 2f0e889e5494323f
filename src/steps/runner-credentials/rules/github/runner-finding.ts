import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { Leaver } from '../../../../people/leaver.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { removeRunner } from '../../remedies/remove-runner.ts';
import { attributeRunner } from './attribute-runner.ts';
import { webUrl } from './web-url.ts';

export interface ListedRunner {
  readonly id: number;
  readonly name: string;
  readonly os: string;
  readonly status: string;
  readonly busy: boolean;
  readonly labels: readonly { readonly name: string; readonly type?: string | undefined }[];
}

/** The finding of a runner that looks like the leaver's; undefined where nothing points to them. */
export function runnerFinding(
  runner: ListedRunner,
  place: { readonly organisation: string; readonly repository?: string },
  leaver: Pick<Leaver, 'github' | 'displayName' | 'userPrincipalName'>,
  apiEndpoint: string,
): Finding | undefined {
  const customLabels = runner.labels.filter(({ type }) => type !== 'read-only').map(({ name }) => name);
  const attribution = attributeRunner({ name: runner.name, customLabels }, leaver);
  if (attribution.verdict === 'unrelated') return undefined;
  const where = place.repository === undefined ? place.organisation : `${place.organisation}/${place.repository}`;
  const settings =
    place.repository === undefined ? `/organizations/${place.organisation}/settings` : `/${where}/settings`;
  const kind = attribution.verdict === 'leaver' ? 'runner-of-leaver' : 'runner-may-be-leavers';
  const id = findingId('runner-credentials', kind, `${where}/runners/${runner.id}`);
  const common = {
    id,
    step: 'runner-credentials' as const,
    kind,
    resource: {
      system: 'github' as const,
      type: 'runner',
      id: `${where}/runners/${runner.id}`,
      name: runner.name,
      url: webUrl(apiEndpoint, `${settings}/actions/runners/${runner.id}`),
    },
    evidence: {
      status: runner.status,
      busy: runner.busy,
      os: runner.os,
      labels: customLabels,
      score: attribution.score,
      signs: attribution.signs.map(({ strength, why }) => `${strength}: ${why}`),
    },
  };
  if (attribution.verdict === 'maybe') {
    return {
      ...common,
      title: `The runner ${runner.name} of ${where} may be the leaver’s`,
      severity: attribution.signs.every(({ strength }) => strength === 'weak') ? 'low' : 'medium',
      status: 'manual-action',
      reason: 'GitHub names no owner of a runner, and one sign is not enough to take it away. Ask whose machine it is.',
    };
  }
  return {
    ...common,
    title: `The runner ${runner.name} of ${where} is the leaver’s`,
    severity: runner.status === 'online' ? 'critical' : 'high',
    status: 'awaiting-decision',
    reason:
      'A runner has a key of its own: it goes on taking jobs after its owner has left. What is cached on the machine ' +
      'stays there, so get hold of it as well. Jobs that ask for its labels wait from then on, so its removal is left to a person to decide.',
    remedy: remedyOf(
      removeRunner,
      id,
      {
        kind: 'remove-runner',
        organisation: place.organisation,
        ...(place.repository === undefined ? {} : { repository: place.repository }),
        runnerId: runner.id,
        name: runner.name,
        expected: { name: runner.name, os: runner.os },
      },
      undefined,
    ),
  };
}
