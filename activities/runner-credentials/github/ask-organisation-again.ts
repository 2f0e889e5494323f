import { coverageOf, NOTHING_READ } from '../../../src/cases/coverage-of.ts';
import type { Plan } from '../../../src/cases/plan.ts';
import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import type { Config } from '../../../src/config.ts';
import type { RunnerRegistration } from '../../../src/connectors/github/audit-log.ts';
import type { SsoCredential } from '../../../src/connectors/github/credentials.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import { NO_TIME_NAMED } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import type { GitHubAccount, Leaver } from '../../../src/people/leaver.ts';
import { text } from '../../../src/shapes/primitives.ts';
import { removeRunner } from '../../../src/steps/runner-credentials/remedies/remove-runner.ts';
import {
  fineGrainedTokenFinding,
  ssoCredentialFinding,
} from '../../../src/steps/runner-credentials/rules/github/credential-findings.ts';
import { runnerFinding } from '../../../src/steps/runner-credentials/rules/github/runner-finding.ts';
import { AskAgainSchema, type AskedAgain, askedAgain, fileAskedAgain } from '../../verification/asked-again.ts';
import { loginToday } from '../login-today.ts';
import { type Held, leaversFineGrainedTokens } from './leavers-credentials.ts';
import { readRepositoryRunners } from './read-repository-runners.ts';
import { leaversRegistrations } from './registrations.ts';

/**
 * Whether a credential or a runner of the leaver opens the organisation after the cut. Of repositories those are asked
 * that had a runner of theirs, or in which they registered one: all of them take as long as discovery.
 */
export const askOrganisationAgain = defineActivity(
  'askOrganisationAgain',
  { input: AskAgainSchema.extend({ organisation: text }), output: StepPartRefSchema },
  (input, { vendors, settings }) => fileAskedAgain(vendors, input, (plan) => ask(vendors, settings, input, plan)),
);

async function ask(
  vendors: Pick<Vendors, 'github'>,
  { GITHUB_API_ENDPOINT: endpoint }: Pick<Config, 'GITHUB_API_ENDPOINT'>,
  { leaver, organisation }: { readonly leaver: Leaver; readonly organisation: string },
  plan: Plan,
): Promise<AskedAgain> {
  const source = askedAgain(`github/${organisation}`);
  const client = await vendors.github.organisation('reader', organisation);
  if (!client.ok) {
    return { findings: [], coverage: [coverageOf(source, NOTHING_READ, [client.failure])], failures: [client.failure] };
  }
  const [runners, tokens, registered, ...credentials] = await Promise.all([
    client.value.listRunners({ organisation }),
    leaversFineGrainedTokens(client.value, leaver.github),
    leaversRegistrations(client.value, leaver),
    ...leaver.github.map((account) => authorisedBy(client.value, account)),
  ]);
  const known = { leaver, registered: registered.items };
  const names = new Set([...withRunners(plan, organisation), ...registeredIn(registered.items, organisation)]);
  const repositories = [...names].map((name) => ({ name }));
  const own = await readRepositoryRunners(client.value, repositories, leaver, registered.items);
  const failures = [
    ...own.failures,
    runners.failure,
    tokens.failure,
    // Organisations without GitHub Enterprise Cloud have no audit log, which discovery has said.
    registered.failure?.kind === 'not-found' ? undefined : registered.failure,
    // Without single sign-on there is no such list, which discovery has said.
    ...credentials.map(({ failure }) => (failure?.kind === 'not-found' ? undefined : failure)),
  ];
  const authorised = credentials.flatMap(({ items }) => items);
  const count = runners.items.length + tokens.items.length + authorised.length;
  return {
    findings: [
      ...runners.items.flatMap((runner) => runnerFinding(runner, { organisation }, known, endpoint) ?? []),
      ...own.findings,
      ...tokens.items.map(({ item, account }) => fineGrainedTokenFinding(item, organisation, endpoint, account)),
      ...authorised.map(({ item, account }) => ssoCredentialFinding(item, organisation, endpoint, account)),
    ],
    coverage: [coverageOf(source, { count, unit: 'runners and credentials' }, failures)],
    failures,
  };
}

/** Repositories that had a runner of the leaver's when the plan was made. */
function withRunners(plan: Plan, organisation: string): string[] {
  return plan.remedies.flatMap(({ remedy }) => {
    const call = removeRunner.call.safeParse(remedy.call);
    if (!call.success || call.data.organisation.toLowerCase() !== organisation.toLowerCase()) return [];
    return call.data.repository ?? [];
  });
}

/** Repositories of the organisation in which the leaver registered a runner, as far as the audit log tells. */
function registeredIn(registrations: readonly RunnerRegistration[], organisation: string): string[] {
  return registrations.flatMap(({ repository = '' }) => {
    const [owner = '', name] = repository.split('/');
    return owner.toLowerCase() === organisation.toLowerCase() ? (name ?? []) : [];
  });
}

/** What an account has authorised for single sign-on by now, under the login that it has by now. */
async function authorisedBy(client: GitHubOrganisation, account: GitHubAccount): Promise<Listing<Held<SsoCredential>>> {
  const today = await loginToday(client, account);
  if (!today.ok) return { items: [], failure: today.failure };
  if (today.value === undefined) {
    const message = `The GitHub account ${account.login} (${account.id}) has no login any more by which its credentials could be listed.`;
    return { items: [], failure: { kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message } };
  }
  const { items, ...how } = await client.listSsoCredentials(today.value);
  return { ...how, items: items.map((item) => ({ item, account })) };
}
