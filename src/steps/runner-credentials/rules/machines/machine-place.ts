import type { Evidence, ResourceRef } from '../../../../cases/finding.ts';
import type { ListedCredential } from '../../../../credentials/ownership.ts';
import { isEnterprise, organisationOf } from '../../../../machines/keep.ts';
import type { KeptMachine } from '../../../../machines/kept.ts';
import type { MachineReport } from '../../../../machines/report.ts';
import type { MachineOwner } from '../machine-owner.ts';
import type { TokenPlace } from '../tokens/token-place.ts';
import { sayerInWords } from './sayer-in-words.ts';

type MachineToken = MachineReport['tokens'][number];

/** A token as a machine names it; `lastNamed` where its newest report does so no more. */
export interface NamedToken {
  readonly token: MachineToken;
  readonly lastNamed?: string;
}

/** What is told of a machine as a thing. Its name is the sender's word, and so is its address, which gets no link. */
export function machineResource({ vendor, id, report }: KeptMachine): ResourceRef {
  return { system: vendor, type: 'machine', id, name: report.machine.name };
}

/** The machine's organisation, as the settings write it; of an enterprise's runner that of the job that told of it. */
export function organisationAsSet(
  { report, sayer }: Pick<KeptMachine, 'report' | 'sayer'>,
  configured: readonly string[],
): string {
  const registered = organisationOf(report.machine.registeredAt);
  const organisation = isEnterprise(registered) && sayer.kind === 'github-job' ? sayer.owner.toLowerCase() : registered;
  return configured.find((each) => each.toLowerCase() === organisation) ?? organisation;
}

/** Where on a machine a token stands, for the one rule of whose it is. No remedy: nothing acts on a machine's word. */
export function machinePlace(
  kept: KeptMachine,
  { token, lastNamed }: NamedToken,
  owner: MachineOwner,
  endsLike: string | undefined,
): TokenPlace {
  const { machine } = kept.report;
  const { place, path, name, account } = token;
  const where = `${path ?? 'the environment of jobs'} of machine ${machine.name}`;
  // A user who is called like the leaver, and may be another, is a name like that of the machine.
  const names = [machine.name, machine.host, ...(owner.verdict === 'maybe' ? [machine.user] : [])];
  return {
    kind: 'token-on-machine',
    resource: machineResource(kept),
    id: `machine:${kept.id}#${place}:${path ?? ''}:${name ?? ''}:${account ?? ''}`,
    words: lastNamed === undefined ? where : `${where}, by what it said until ${lastNamed}`,
    whose: {
      ...(name === undefined ? {} : { variable: name }),
      container: { what: kept.vendor === 'github' ? 'runner' : 'agent', names: [...new Set(names)] },
      onLeaversMachine: owner.verdict === 'leaver',
      ...(account === undefined ? {} : { account }),
      ...(endsLike === undefined ? {} : { endsLike }),
    },
    status: 'manual-action',
    cleanUp: `${removal(kept, token, lastNamed)} ${saidBy(kept)}`,
    evidence: evidenceOf(kept, { token, ...(lastNamed === undefined ? {} : { lastNamed }) }),
    usedBy: 'Whoever runs a job on it, or reads its disk,',
  };
}

/** What single sign-on lists of the leaver's and ends like this token: of four characters chance makes two. */
export function endsLike(
  { lastFour, type }: Pick<MachineToken, 'lastFour' | 'type'>,
  credentials: readonly ListedCredential[],
): string | undefined {
  if (!type.startsWith('github-') || lastFour.length < 4) return undefined;
  const alike = credentials.find(
    ({ ownerId, tokenLastEight }) => ownerId !== undefined && tokenLastEight?.endsWith(lastFour) === true,
  );
  return alike && `the leaver’s credential ${alike.credentialId}, which single sign-on of ${alike.organisation} lists,`;
}

/** Places that a process takes into its environment once, when it starts. */
const INHERITED: readonly string[] = ['runner-environment', 'process-environment'];

function removal({ report: { machine } }: KeptMachine, token: MachineToken, lastNamed: string | undefined): string {
  const { place, path, name, type } = token;
  const from =
    path === undefined ? 'what the environment of its jobs is made of (the runner’s .env, its service)' : path;
  const gone =
    lastNamed === undefined
      ? ''
      : 'Its word that it is gone is no proof: look there, and treat the token as alive until its issuer says that it is not. ';
  const since = machine.startedAt === undefined ? '' : `, which has run since ${machine.startedAt}`;
  const restart = INHERITED.includes(place)
    ? ` Restart the listener${since}: it reads that only when it starts, and goes on with what it read.`
    : '';
  const log = type.startsWith('github-')
    ? ' GitHub’s audit log knows it by its SHA-256, in base64 (hashed_token).'
    : '';
  return `${gone}Remove ${name ?? 'it'} from ${from} on machine ${machine.name}.${restart}${log}`;
}

function saidBy({ sayer, reportedAt }: KeptMachine): string {
  return `The machine says so itself (${sayerInWords(sayer)}, ${reportedAt}), and nobody else has seen its disk.`;
}

function evidenceOf({ report, reportedAt, sayer }: KeptMachine, { token, lastNamed }: NamedToken): Evidence {
  const { machine } = report;
  return {
    machine: machine.name,
    host: machine.host,
    runsAs: machine.user,
    registeredAt: machine.registeredAt,
    place: token.place,
    path: token.path ?? null,
    account: token.account ?? null,
    lastWritten: token.modifiedAt ?? null,
    listenerStarted: machine.startedAt ?? null,
    saidBy: sayerInWords(sayer),
    saidAt: reportedAt,
    ...(lastNamed === undefined ? {} : { lastNamed }),
  };
}
