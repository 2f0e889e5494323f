import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { coverageOf, NOTHING_READ } from '../../../../src/cases/coverage/coverage-of.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import type { CaseId } from '../../../../src/cases/ids.ts';
import type { Plan } from '../../../../src/cases/remedies/plan.ts';
import { StepPartRefSchema } from '../../../../src/cases/step-result.ts';
import type { RunnerRegistration } from '../../../../src/connectors/github/audit-log/audit-log.ts';
import type { KeyAddition } from '../../../../src/connectors/github/audit-log/audit-log-keys.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import { NO_TIME_NAMED, type VendorFailure } from '../../../../src/connectors/result.ts';
import { type ActivityContext, defineActivity } from '../../../../src/durable/activity.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { text } from '../../../../src/shapes/primitives.ts';
import { repositoriesOf } from '../../../../src/steps/runner-credentials/rules/github/repositories-of.ts';
import { runnerFinding } from '../../../../src/steps/runner-credentials/rules/github/runners/runner-finding.ts';
import {
  fineGrainedTokenFinding,
  ssoCredentialFinding,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/credential-findings.ts';
import type { Found } from '../../../case/found.ts';
import { AskAgainSchema, askedAgain, fileAskedAgain } from '../../../verification/asked-again.ts';
import { judgeLocated } from '../../judge-located.ts';
import { credentialsOf } from '../../sign-on-credentials.ts';
import { readLog } from '../inventory/touched.ts';
import { usedInventory } from '../inventory/usable-inventory.ts';
import { leaversKeyAdditions } from '../log/deploy-key-authors.ts';
import { ownersFor, readRepositories } from '../repositories/read-repositories.ts';
import { BATCH_SIZE } from '../repositories/repository-batch.ts';
import { leaversRegistrations } from '../runners/registrations.ts';
import { leaversFineGrainedTokens } from './leavers-credentials.ts';
import { organisationVariables } from './organisation-variables.ts';
import { readStanding } from './read-standing.ts';

/**
 * Whether a credential, a runner, a variable or a schedule of the leaver opens the organisation after the cut, or an
 * invitation, a token that waits or a membership made anew would. Its repositories are read again as in discovery, but not all of them, which takes as long as discovery did: those that had
 * something open of the leaver's, in which they registered a runner, or to which something was pushed since the case began.
 */
export const askOrganisationAgain = defineActivity(
  'askOrganisationAgain',
  { input: AskAgainSchema.extend({ organisation: text }), output: StepPartRefSchema },
  (input, context) => fileAskedAgain(context.vendors, input, (plan) => ask(input, plan, context)),
);

interface Asked {
  readonly caseId: CaseId;
  readonly leaver: Leaver;
  readonly organisation: string;
}

async function ask(input: Asked, plan: Plan, context: ActivityContext): Promise<Found> {
  const { leaver, organisation } = input;
  const source = askedAgain(`github/${organisation}`);
  const client = await context.vendors.github.organisation('reader', organisation);
  if (!client.ok) {
    const coverage = [source, repositoriesSource(organisation)].map((each) =>
      coverageOf(each, NOTHING_READ, [client.failure]),
    );
    return { findings: [], coverage, failures: [client.failure] };
  }
  const endpoint = context.settings.GITHUB_API_ENDPOINT;
  const registrations = leaversRegistrations(client.value, leaver);
  const additions = leaversKeyAdditions(client.value, leaver);
  const [runners, tokens, registered, standing, variables, repositories, ...credentials] = await Promise.all([
    client.value.listRunners({ organisation }),
    leaversFineGrainedTokens(client.value, leaver.github),
    registrations,
    readStanding(client.value, leaver),
    askVariables(client.value, input, context),
    Promise.all([registrations, additions]).then(([runnersBy, keysBy]) =>
      askRepositories(client.value, input, plan, { registered: runnersBy.items, addedKeys: keysBy.items }, context),
    ),
    ...leaver.github.map((account) => credentialsOf(client.value, account)),
  ]);
  const known = { leaver, registered: registered.items };
  const failures = [
    runners.failure,
    tokens.failure,
    ...variables.failures,
    ...standing.failures,
    // Organisations without GitHub Enterprise Cloud have no audit log, which discovery has said.
    registered.failure?.kind === 'not-found' ? undefined : registered.failure,
    // Without single sign-on there is no such list, which discovery has said.
    ...credentials.map(({ failure }) => (failure?.kind === 'not-found' ? undefined : failure)),
  ];
  const authorised = credentials.flatMap(({ items }) => items);
  const count =
    runners.items.length + tokens.items.length + authorised.length + variables.count + standing.findings.length;
  return {
    findings: [
      ...runners.items.flatMap((runner) => runnerFinding(runner, { organisation }, known, endpoint) ?? []),
      ...variables.findings,
      ...standing.findings,
      ...repositories.findings,
      ...tokens.items.map(({ item, account }) => fineGrainedTokenFinding(item, organisation, endpoint, account)),
      ...authorised.map(({ item, account }) => ssoCredentialFinding(item, organisation, endpoint, account)),
    ],
    coverage: [
      coverageOf(source, { count, unit: 'runners, credentials, memberships and variables' }, failures),
      repositories.coverage,
    ],
    failures: [...failures, ...repositories.failures],
  };
}

const repositoriesSource = (organisation: string): string => askedAgain(`github/repositories:${organisation}`);

interface ReadAgain {
  readonly findings: readonly Finding[];
  readonly failures: readonly VendorFailure[];
}

/** The organisation's own variables, which are one list. */
async function askVariables(
  client: GitHubOrganisation,
  { caseId, leaver, organisation }: Asked,
  context: ActivityContext,
): Promise<ReadAgain & { readonly count: number }> {
  const { items, failure } = await client.listVariables({ type: 'organisation', organisation });
  const listed = { items, ...(failure && { failure }) };
  const ownersOf = ownersFor({ caseId, leaver }, context);
  const read = await organisationVariables(organisation, listed, client.apiEndpoint, ownersOf);
  const judged = await judgeLocated({ caseId, leaver, system: 'github', organisation }, context, read, ownersOf);
  return {
    findings: judged.findings,
    failures: [...judged.failures, ...(failure === undefined ? [] : [failure])],
    count: items.length,
  };
}

/** How far GitHub's clock may be behind ours. */
const CLOCK_SKEW_MS = 300_000;

/** So many batches of repositories are read again at the most; more are told. */
const MOST_BATCHES = 3;

/** The log could be read before, so that it may be again. */
function untold(organisation: string, used = ''): VendorFailure {
  const message = `What was changed in ${organisation} since the sweep of ${used} cannot be told: its audit log could not be read, or lacks an entry that it had then.`;
  return { kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message };
}

async function askRepositories(
  client: GitHubOrganisation,
  { caseId, leaver, organisation }: Asked,
  plan: Plan,
  logged: {
    readonly registered: readonly RunnerRegistration[];
    readonly addedKeys: readonly KeyAddition[];
  },
  context: ActivityContext,
): Promise<ReadAgain & { readonly coverage: Coverage }> {
  const { storage } = context.vendors;
  const [listed, stored, used] = await Promise.all([
    client.listOrganisationRepositories(),
    storage.getCase(caseId),
    usedInventory(storage, caseId, organisation),
  ]);
  // What discovery took from a sweep tells nothing of what was written since; the log does, or nobody does.
  const touched = used === undefined ? [] : (await readLog(client, used)).touched;
  const ids = plan.places.flatMap(({ system, id }) => (system === 'github' ? [id] : []));
  const named = repositoriesOf(ids, organisation);
  for (const { repository = '' } of [...logged.registered, ...logged.addedKeys]) {
    const [owner = '', name] = repository.toLowerCase().split('/');
    if (owner === organisation.toLowerCase() && name !== undefined) named.add(name);
  }
  for (const each of touched ?? []) {
    const [owner = '', name] = each.split('/');
    if (owner === organisation.toLowerCase() && name !== undefined) named.add(name);
  }
  const since = Date.parse(stored?.row.openedAt ?? '') - CLOCK_SKEW_MS;
  const isNamed = ({ name }: { readonly name: string }): boolean => named.has(name.toLowerCase());
  const wanted = [
    ...listed.items.filter(isNamed),
    ...listed.items.filter((each) => !isNamed(each) && !(Date.parse(each.changedAt) < since)),
  ].map(({ changedAt: _, ...repository }) => repository);
  const findings: Finding[] = [];
  const failures: VendorFailure[] = listed.failure === undefined ? [] : [listed.failure];
  if (touched === null) failures.push(untold(organisation, used?.at));
  const most = MOST_BATCHES * BATCH_SIZE;
  for (let start = 0; start < Math.min(wanted.length, most); start += BATCH_SIZE) {
    const repositories = wanted.slice(start, Math.min(start + BATCH_SIZE, most));
    const read = await readRepositories(client, { caseId, leaver }, { repositories, ...logged }, context);
    findings.push(...read.findings);
    failures.push(...read.failures);
  }
  if (wanted.length > most) {
    const message = `${wanted.length} repositories of ${organisation} had something of the leaver’s or were changed since the case began; the first ${most} were read again.`;
    failures.push({ kind: 'incomplete', status: 200, message });
  }
  const unit = 'repositories that had something of the leaver’s or changed since';
  const looked = { asked: wanted.length, count: Math.min(wanted.length, most), unit };
  return { findings, failures, coverage: coverageOf(repositoriesSource(organisation), looked, failures) };
}
