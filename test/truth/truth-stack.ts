import '../support/api/watch-answers.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { nearTheEnd } from '../../local/telling/follow-case.ts';
import { emptyDevOps } from '../../local/tenant/devops/state/state.ts';
import { DEVOPS_ORGANISATIONS, ORGANISATIONS } from './firm/firm.ts';

/** Waits of milliseconds where production waits for minutes; two organisations of GitHub and of Azure DevOps. */
const SETTINGS = {
  RETRY_ATTEMPTS: '2',
  RETRY_DELAY_MS: '10',
  VERIFY_INTERVAL_MS: '10',
  VERIFY_DEADLINE_MS: '400',
  GITHUB_POINTS_PER_MINUTE: '1000000',
  MAX_CASES_PER_HOUR: '10000',
  // At a full hour the sweep would open cases of its own beside the firm's.
  LOCAL_TIMERS: 'by-hand',
  GITHUB_ORGANISATIONS: ORGANISATIONS.join(','),
  DEVOPS_ORGANISATIONS: DEVOPS_ORGANISATIONS.join(','),
};

/**
 * The stack, empty but for the gateway, ready to be planted with one firm after the other.
 *
 * @param options.broken name of the rule that is broken (`breaks.ts`); needs the hook in `NODE_OPTIONS`. By default the
 *   one that `TRUTH_BREAK` names, so that situations can be run against a break as well.
 */
export async function startTruthStack(
  options: { readonly broken?: string; readonly settings?: Readonly<Record<string, string>> } = {},
): Promise<Stack> {
  const { broken = process.env.TRUTH_BREAK } = options;
  const stack = await startStack({
    scale: { repositories: 0, identities: 0, credentialsPerIdentity: 0 },
    settings: { ...SETTINGS, ...(broken === undefined ? {} : { TRUTH_BREAK: broken }), ...options.settings },
  });
  const { devops } = stack.states;
  for (const organisation of DEVOPS_ORGANISATIONS.slice(1)) {
    const other = emptyDevOps(organisation);
    for (const pool of devops.pools.all()) other.pools.add(pool);
    for (const project of devops.projects.all()) other.projects.add(project);
    for (const environment of devops.environments.all()) other.environments.add(environment);
    // The log is kept there as well, or every case would say that it is not.
    for (const event of devops.audit.all()) other.audit.add(event);
    devops.others.add(other);
  }
  Object.assign(stack.states.github.limits, { pointsPerMinute: 1_000_000, core: 10_000_000, graphql: 10_000_000 });
  return stack;
}

const FINAL = ['filed', 'refused', 'failed'];

/** The report of a case, as `report.json` says it, or how the case ended without one. */
export async function reportOf(stack: Stack, caseId: string, timeoutMs = 60_000): Promise<unknown> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await stack.api(`/api/cases/${caseId}`);
    const { state } = (await answer.json()) as { state?: string };
    if (state === 'filed') return (await stack.api(`/api/cases/${caseId}/report.json`)).json();
    if (FINAL.includes(state ?? '')) throw new Error(`case ${caseId} ended as ${state}`);
    if (Date.now() > deadline) throw new Error(`case ${caseId} is not over after ${timeoutMs / 1000} s`);
    await nearTheEnd(stack, caseId);
  }
}
