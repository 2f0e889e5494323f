import type { Finding } from '../../../../../cases/finding.ts';
import { findingId } from '../../../../../cases/stable-id.ts';
import { webUrl } from '../web-url.ts';
import { type KnownOfRunners, type ListedRunner, runnerFinding } from './runner-finding.ts';

/** A machine of the enterprise that takes jobs of the organisation: judged as its own, and its owner's to remove. */
export function enterpriseRunnerFinding(
  runner: ListedRunner,
  place: { readonly organisation: string; readonly group: { readonly id: number; readonly name: string } },
  known: KnownOfRunners,
  apiEndpoint: string,
): Finding | undefined {
  const { organisation, group } = place;
  const found = runnerFinding(runner, { organisation }, known, apiEndpoint);
  if (found === undefined) return undefined;
  const { remedy: _, ...finding } = found;
  const key = `${organisation}/runner-groups/${group.id}/runners/${runner.id}`;
  return {
    ...finding,
    id: findingId('runner-credentials', finding.kind, key),
    title: `${finding.title} (the enterprise’s, in the group ${group.name})`,
    resource: {
      ...finding.resource,
      id: key,
      url: webUrl(apiEndpoint, `/organizations/${organisation}/settings/actions/runner-groups/${group.id}`),
    },
    status: 'manual-action',
    reason: `It is registered with the enterprise, whose owner alone can remove it. ${finding.reason}`,
    evidence: { ...finding.evidence, group: group.name },
  };
}
