import type { Finding } from '../../../../../cases/finding.ts';
import { findingId } from '../../../../../cases/stable-id.ts';
import type { RunnerRegistration } from '../../../../../connectors/github/audit-log/audit-log.ts';
import { nameSign } from '../../../../../people/names/machine-names.ts';
import type { NamedPerson } from '../../../../../people/names/whole-names.ts';
import { remedyOf } from '../../../../define-remedy.ts';
import { removeRunner } from '../../../remedies/github/remove-runner.ts';
import { reasonsOf, severityOfMaybe } from '../../machine-owner.ts';
import { webUrl } from '../web-url.ts';
import { attributeRunner, type JobsOf } from './attribute-runner.ts';

export interface ListedRunner {
  readonly id: number;
  readonly name: string;
  readonly os: string;
  readonly status: string;
  readonly busy: boolean;
  readonly labels: readonly { readonly name: string; readonly type?: string | undefined }[];
}

/** What runners are compared with. */
export interface KnownOfRunners {
  readonly leaver: NamedPerson;
  /** Runners that the leaver's accounts registered. */
  readonly registered: readonly RunnerRegistration[];
  /** Logins of colleagues, as far as they are known. */
  readonly colleagues?: readonly string[];
  /** Whose the latest jobs were, by the id of the runner; only a repository's own runners are asked for theirs. */
  readonly jobs?: ReadonlyMap<number, readonly JobsOf[]>;
  /** Accounts that administer its repository directly, by number. */
  readonly admins?: readonly number[];
}

/** So many as evidence has room for. */
const LISTED = 20;

/** Colleagues whose login the names fit as well: of several, nobody is the one. */
function alsoFits(texts: readonly string[], colleagues: readonly string[]): string[] {
  const isNamed = (login: string): boolean => {
    const person = { github: [{ login, id: 0, source: 'login', confidence: 'weak' as const }] };
    return texts.some((text) => nameSign(text, person) !== undefined);
  };
  return colleagues.filter(isNamed).slice(0, LISTED);
}

/** Where the log names no id, the name decides: of a runner in the same place, which has each name once. */
function isOf(
  { runnerId, runnerName, repository }: RunnerRegistration,
  runner: ListedRunner,
  place: { readonly organisation: string; readonly repository?: string },
): boolean {
  if (runnerId !== undefined) return runnerId === runner.id;
  const where = place.repository === undefined ? undefined : `${place.organisation}/${place.repository}`;
  return runnerName === runner.name && repository?.toLowerCase() === where?.toLowerCase();
}

/** The finding of a runner that looks like the leaver's; undefined where nothing points to them. */
export function runnerFinding(
  runner: ListedRunner,
  place: { readonly organisation: string; readonly repository?: string },
  { leaver, registered, colleagues = [], jobs, admins = [] }: KnownOfRunners,
  apiEndpoint: string,
): Finding | undefined {
  const customLabels = runner.labels.filter(({ type }) => type !== 'read-only').map(({ name }) => name);
  const registration = registered.find((each) => isOf(each, runner, place));
  const registeredByLeaverAt = registration?.at;
  const registrarUnproved = leaver.github.some(
    ({ id, confidence }) => id === registration?.actorId && confidence === 'weak',
  );
  const ran = jobs?.get(runner.id);
  const attribution = attributeRunner(
    {
      name: runner.name,
      customLabels,
      ...(ran === undefined ? {} : { jobs: ran }),
      admins,
      ...(registeredByLeaverAt === undefined ? {} : { registeredByLeaverAt, registrarUnproved }),
    },
    leaver,
  );
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
      registeredByLeaverAt: registeredByLeaverAt ?? null,
      score: attribution.score,
      signs: reasonsOf(attribution),
    },
  };
  if (attribution.verdict === 'maybe') {
    const others = alsoFits([runner.name, ...customLabels], colleagues);
    const also = others.length === 0 ? '' : ` It may be that of ${others.join(', ')} as well.`;
    return {
      ...common,
      evidence: { ...common.evidence, alsoFits: others },
      title: `The runner ${runner.name} of ${where} may be the leaver’s`,
      severity: severityOfMaybe(attribution),
      status: 'manual-action',
      reason:
        'GitHub names no owner of a runner, and one kind of sign is not enough to take it away: names may be anybody’s, ' +
        `and whoever registers a machine may do so for others.${also} Ask whose machine it is.`,
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
