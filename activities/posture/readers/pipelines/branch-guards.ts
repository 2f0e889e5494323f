import type { AssessedOrganisation } from '../../../../src/connectors/assessor/github.ts';
import { mapBounded } from '../../../../src/connectors/map-bounded.ts';
import type { VendorFailure, VendorResult } from '../../../../src/connectors/result.ts';
import type { Pin } from '../../../../src/posture/pinned-subject.ts';
import type { Guard } from '../../../../src/posture/readings/pipelines/pinned-subjects.ts';
import { webUrl } from '../../../../src/steps/runner-credentials/rules/github/web-url.ts';
import type { Reader, ReadFacts, ReadFault } from '../../reader.ts';
import { notConfigured } from './workflow-secrets.ts';

type Pinned = Extract<Pin, { readonly kind: 'branch' | 'environment' }>;
type Vendors = Parameters<Reader>[0]['vendors'];

/** What guards branches and environments of GitHub, each asked once. */
export interface Guards {
  of(pin: Pinned): Promise<Guard>;
  /** What was not told until now. */
  failures(): readonly ReadFault[];
  gaps(): NonNullable<ReadFacts['gaps']>;
}

/** Protected branches of one repository that are looked at. */
const MOST_BRANCHES = 100;
const BRANCHES_AT_ONCE = 4;

/** Of an organisation that is not configured nobody is asked: what the credential names there is not read. */
export function guardsOf(github: Vendors['assessor']['github'], organisations: readonly string[]): Guards {
  const failed: ReadFault[] = [];
  const unconfigured = new Map<string, ReturnType<typeof notConfigured>>();
  const asked = new Map<string, Promise<Guard>>();
  const clients = new Map<string, Promise<VendorResult<AssessedOrganisation>>>();
  const clientOf = (
    by: NonNullable<typeof github>,
    organisation: string,
  ): Promise<VendorResult<AssessedOrganisation>> => {
    const client = clients.get(organisation) ?? by.organisation(organisation);
    clients.set(organisation, client);
    return client;
  };
  const unread = (what: Guard['what'], which: string, failure: VendorFailure): Guard => {
    failed.push({ which, failure });
    return { state: 'unread', what, says: failure.message };
  };
  const ask = async (pin: Pinned): Promise<Guard> => {
    const which = `${pin.owner}/${pin.repository}`;
    const organisation = organisations.find((each) => each.toLowerCase() === pin.owner.toLowerCase());
    if (organisation === undefined) return unread(pin.kind, which, elsewhere(which));
    if (github === undefined) {
      const gap = notConfigured(organisation);
      unconfigured.set(organisation, gap);
      return { state: 'unread', what: pin.kind, says: gap.detail };
    }
    const connected = await clientOf(github, organisation);
    if (!connected.ok) return unread(pin.kind, which, connected.failure);
    const place = { organisation, repository: pin.repository };
    const guard =
      pin.kind === 'branch'
        ? await branchGuard(connected.value, place, pin.name)
        : await environmentGuard(connected.value, place, pin.name);
    if ('kind' in guard) return unread(pin.kind, which, guard);
    const settings = guard.what === 'branch' ? 'rules' : 'environments';
    return { ...guard, page: webUrl(github.apiEndpoint, `/${which}/settings/${settings}`) };
  };
  return {
    of: (pin) => {
      const key = `${pin.kind} ${pin.owner}/${pin.repository} ${pin.name}`.toLowerCase();
      const guard = asked.get(key) ?? ask(pin);
      asked.set(key, guard);
      return guard;
    },
    failures: () => failed,
    gaps: () => [...unconfigured.values()],
  };
}

function elsewhere(which: string): VendorFailure {
  const message = `${which} is in no organisation of GITHUB_ORGANISATIONS: what guards it was not read.`;
  return { kind: 'incomplete', status: 200, message };
}

type Place = Parameters<AssessedOrganisation['branchRules']>[0];

/**
 * A guard that lets one person change the branch alone is none. Who may bypass a ruleset nobody tells a reader, and that
 * the organisation’s administrators can is in the nature of both kinds: it is shown, and decides nothing.
 */
async function branchGuard(client: AssessedOrganisation, place: Place, branch: string): Promise<Guard | VendorFailure> {
  const what = 'branch';
  const rules = await client.branchRules(place, branch);
  if (!rules.ok) return rules.failure;
  const guarding = rules.value.filter(({ guards }) => guards === 'yes').map(({ says }) => says);
  if (guarding.length > 0) {
    const says = `a ruleset asks for ${guarding.join(', ')}; who may bypass it is not told to those who only read`;
    return { state: 'guarded', what, says };
  }
  const protection = await client.branchProtection(place, branch);
  if (!protection.ok) return protection.failure;
  if (protection.value?.guards === 'yes') {
    return { state: 'guarded', what, says: `branch protection asks for ${protection.value.says}` };
  }
  const all = [...rules.value, ...(protection.value === undefined ? [] : [protection.value])];
  const unsure = all.find(({ guards }) => guards === 'unsure');
  if (unsure !== undefined) {
    return unclear(
      `What guards the branch ${branch} asks for ${unsure.says}: whether one person can change it alone is not known.`,
    );
  }
  const unapproved = all.find(({ guards }) => guards === 'unapproved');
  if (unapproved !== undefined) {
    return { state: 'open', what, says: `what guards ${branch} asks for ${unapproved.says}` };
  }
  return protection.value === undefined
    ? { state: 'open', what, says: `no ruleset and no protection guards the branch ${branch}` }
    : { state: 'open', what, says: `the protection of ${branch} lets whoever may write push without a review` };
}

async function environmentGuard(
  client: AssessedOrganisation,
  place: Place,
  environment: string,
): Promise<Guard | VendorFailure> {
  const what = 'environment';
  const { items, failure } = await client.listGuardedEnvironments(place);
  const found = items.find(({ name }) => name.toLowerCase() === environment.toLowerCase());
  if (found === undefined && failure !== undefined) return failure;
  // GitHub makes one that a workflow names for the first time, without any rule.
  if (found === undefined) {
    return { state: 'open', what, says: `there is no environment ${environment}: a workflow makes it` };
  }
  if (found.branches === 'any') return { state: 'open', what, says: `any branch deploys to ${environment}` };
  if (found.branches === 'protected') return protectedGuard(client, place, environment);
  return namedGuard(client, place, environment);
}

/**
 * Where no branch of a repository has protection, all of them deploy; a protected one that anybody may push to is as open.
 * Whether a ruleset counts as protection there is not documented: where there is nothing else, nobody can say.
 * Source: docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 */
async function protectedGuard(
  client: AssessedOrganisation,
  place: Place,
  environment: string,
): Promise<Guard | VendorFailure> {
  const what = 'environment';
  const { items, failure } = await client.listProtectedBranches(place);
  if (failure !== undefined) return failure;
  if (items.length === 0) {
    return { state: 'open', what, says: `no branch is protected, so that any branch deploys to ${environment}` };
  }
  if (items.length > MOST_BRANCHES) {
    return unclear(`More than ${MOST_BRANCHES} branches may deploy to ${environment}, and were not read.`);
  }
  const protections = await mapBounded(items, BRANCHES_AT_ONCE, ({ name }) => client.branchProtection(place, name));
  const unread = protections.find((each) => !each.ok);
  if (unread?.ok === false) return unread.failure;
  const older = items.filter((_, index) => {
    const protection = protections[index];
    return protection?.ok === true && protection.value !== undefined;
  });
  if (older.length === 0) {
    return unclear(
      `Rulesets alone protect branches that may deploy to ${environment}: whether those count is not known.`,
    );
  }
  const guards = await mapBounded(items, BRANCHES_AT_ONCE, async ({ name }) => ({
    counts: older.some((each) => each.name === name),
    guard: await branchGuard(client, place, name),
  }));
  const open = guards.filter(({ guard }) => !('kind' in guard) && guard.state === 'open');
  const sure = open.find(({ counts }) => counts)?.guard;
  if (sure !== undefined && !('kind' in sure)) return { ...sure, what };
  const silent = guards.find(({ guard }) => 'kind' in guard);
  if (silent !== undefined) return silent.guard;
  return open.length === 0
    ? { state: 'guarded', what, says: 'protected branches alone deploy there' }
    : unclear(`A ruleset on a branch that may deploy to ${environment} lets whoever may write push.`);
}

function unclear(message: string): VendorFailure {
  return { kind: 'incomplete', status: 200, message };
}

/** Whoever may push can make a branch of a pattern, and a tag; a branch by its name is as open as it is itself. */
async function namedGuard(
  client: AssessedOrganisation,
  place: Place,
  environment: string,
): Promise<Guard | VendorFailure> {
  const named = await client.listDeploymentBranches(place, environment);
  const wide = named.items.filter(({ name, type }) => type === 'tag' || /[*?[]/.test(name));
  if (wide.length > 0) {
    const names = wide.map(({ name, type }) => `${type ?? 'branch'} ${name}`).join(', ');
    return { state: 'open', what: 'environment', says: `whoever may push can deploy to ${environment} by ${names}` };
  }
  if (named.failure !== undefined) return named.failure;
  const guards = await Promise.all(named.items.map(({ name }) => branchGuard(client, place, name)));
  const open = guards.find((guard) => !('kind' in guard) && guard.state === 'open');
  const unread = guards.find((guard) => 'kind' in guard);
  return open ?? unread ?? { state: 'guarded', what: 'environment', says: 'named branches alone deploy there' };
}
