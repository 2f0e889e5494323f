import * as z from 'zod';
import { ok, type VendorResult } from '../../result.ts';
import type { DevOpsSettings } from '../../settings.ts';
import { ask } from '../request.ts';

/** A run of a pipeline. */
export interface BuildPlace {
  readonly organisation: string;
  readonly projectId: string;
  readonly buildId: number;
}

const Build = z.object({
  id: z.number().int(),
  status: z.string(),
  /** For whom it runs, by the name that people see. */
  requestedFor: z.object({ displayName: z.string() }).nullish().catch(undefined),
});
export type Build = z.output<typeof Build>;

const pathOf = ({ projectId, buildId }: BuildPlace): string[] => [
  projectId,
  '_apis',
  'build',
  'builds',
  String(buildId),
];

/** One run. Source: learn.microsoft.com/rest/api/azure/devops/build/builds/get */
export async function getBuild(settings: DevOpsSettings, place: BuildPlace): Promise<VendorResult<Build>> {
  const { organisation, buildId } = place;
  const answer = await ask(settings, {
    identity: 'reader',
    scope: 'vso.build',
    version: '7.1',
    organisation,
    path: pathOf(place),
    what: `read build ${buildId} of ${organisation}`,
    shape: Build,
  });
  return answer.ok ? ok(answer.value.body, answer.requestId) : answer;
}

/**
 * Cancels a run with all of its jobs: the service cancels no single one. Each machine is told to stop and has some
 * minutes for it (`cancelTimeoutInMinutes`), so that the answer is no proof.
 * Source: learn.microsoft.com/rest/api/azure/devops/build/builds/update-build
 */
export async function cancelBuild(settings: DevOpsSettings, place: BuildPlace): Promise<VendorResult<void>> {
  const { organisation, buildId } = place;
  const answer = await ask(settings, {
    identity: 'remover',
    scope: 'vso.build_execute',
    version: '7.1',
    method: 'PATCH',
    organisation,
    path: pathOf(place),
    body: { status: 'cancelling' },
    what: `cancel build ${buildId} of ${organisation}`,
    shape: z.object({ id: z.literal(buildId) }),
  });
  return answer.ok ? ok(undefined, answer.requestId) : answer;
}
