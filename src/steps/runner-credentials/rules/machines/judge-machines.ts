import type { PlaceReading, UnownedToken } from '../../../../cases/coverage/unowned-place.ts';
import { type Finding, isClosed } from '../../../../cases/finding.ts';
import type { Known, OwnableToken } from '../../../../credentials/ownership.ts';
import type { KeptMachine } from '../../../../machines/kept.ts';
import { attributeAgent } from '../azure-devops/attribute-agent.ts';
import type { MachineOwner } from '../machine-owner.ts';
import { judgeTokens } from '../tokens/token-findings.ts';
import { unownedFinding } from '../tokens/unowned-tokens.ts';
import { endsLike, machinePlace, machineResource, type NamedToken, organisationAsSet } from './machine-place.ts';

/** The line under which it is told what machines say. */
export const INVENTORY = 'machines/inventory';

/** So many tokens of one machine have a finding each: a report that is made of tokens must not fill the case. */
const MOST = 50;

export interface JudgedMachines {
  readonly findings: readonly Finding[];
  /** For the tenant's list: what of it is nobody's, a place for each machine. */
  readonly readings: readonly PlaceReading[];
}

/**
 * Whose the tokens are that machines name, by the one rule. What a machine says adds findings for people to look at: no
 * finding has a remedy, and nothing that it leaves out closes one.
 */
export function judgeMachines(
  machines: readonly KeptMachine[],
  known: Known,
  organisations: readonly string[],
  now: Date,
): JudgedMachines {
  // Of one machine by several senders: what one names still is there, whatever the others leave out.
  const byId = Map.groupBy(machines, ({ id }) => id);
  const judged = [...byId.values()].flatMap((told) => {
    const newestFirst = told.toSorted((a, b) => Date.parse(b.reportedAt) - Date.parse(a.reportedAt));
    return newestFirst.slice(0, 1).map((newest) => judgeMachine(newest, told, known, organisations, now));
  });
  return {
    findings: judged.flatMap(({ findings }) => findings),
    readings: judged.map(({ reading }) => reading),
  };
}

interface JudgedMachine {
  readonly findings: readonly Finding[];
  readonly reading: PlaceReading;
}

function judgeMachine(
  newest: KeptMachine,
  told: readonly KeptMachine[],
  known: Known,
  organisations: readonly string[],
  now: Date,
): JudgedMachine {
  const organisation = organisationAsSet(newest, organisations);
  const findings = new Map<string, { readonly finding: Finding; readonly by: KeptMachine }>();
  const unowned = new Map<string, UnownedToken>();
  const unproved = new Set<string>();
  for (const [kept, named, owner] of namedBy(told, known)) {
    const place = machinePlace(kept, named, owner, endsLike(named.token, known.credentials));
    const judged = judgeTokens(organisation, place, [ownable(named)], known, now);
    // When it ends is the machine's word too: no residual, which the report counts on.
    for (const { residual: _, ...finding } of judged.findings)
      if (finding.kind === place.kind && isLouder(finding, findings.get(finding.id)?.finding))
        findings.set(finding.id, { finding, by: kept });
    for (const token of judged.unowned) unowned.set(token.sha256, token);
    for (const digest of judged.unproved) unproved.add(digest);
  }
  const { name } = newest.report.machine;
  const resource = machineResource(newest);
  const words = `machine ${name}`;
  const cleanUp = 'Ask who runs the machine whose they are, and remove them there.';
  const id = `machine:${newest.id}`;
  const place = { id, resource, words, status: 'manual-action', cleanUp } as const;
  const nobodys = [...unowned.values()];
  return {
    findings: [...atMost(inTurn([...findings.values()]), name), ...unownedFinding(organisation, place, nobodys)],
    reading: {
      ...{ id, organisation, source: INVENTORY, within: newest.id, resource, words },
      unowned: nobodys,
      unproved: [...unproved],
    },
  };
}

/** Every token that somebody names there; what is named still comes before what was. */
function namedBy(told: readonly KeptMachine[], known: Known): [KeptMachine, NamedToken, MachineOwner][] {
  // Once for a machine: it costs more than all else of a token, and a report names hundreds.
  const owned = told.map((kept) => ({ kept, owner: whoseMachine(kept, known) }));
  return [
    ...owned.flatMap(({ kept, owner }) =>
      kept.report.tokens.map((token): [KeptMachine, NamedToken, MachineOwner] => [kept, { token }, owner]),
    ),
    ...owned.flatMap(({ kept, owner }) =>
      kept.gone.map(({ token, lastNamed }): [KeptMachine, NamedToken, MachineOwner] => [
        kept,
        { token, lastNamed },
        owner,
      ]),
    ),
  ];
}

/** Of the token itself four characters are known: what single sign-on lists it as, nobody can say. */
function ownable({ token }: NamedToken): OwnableToken {
  const { type, holder, checksum, sha256, lastFour, claims } = token;
  const hit = { type, holder, checksum, sha256, lastFour };
  const { exp, ...named } = claims ?? {};
  const known = { ...named, ...(exp !== undefined && isInstant(exp) ? { exp } : {}) };
  return { hit: { ...hit, ...(claims && { claims: known }) }, alike: [] };
}

/** To the end of the year 9999; no token says more, and a machine says anything. */
function isInstant(seconds: number): boolean {
  return seconds >= 0 && seconds < 253_402_300_800;
}

/** Whose machine it is, by what it says of itself; whose its runner is by the vendor's word, the runner's finding says. */
function whoseMachine({ report: { machine } }: KeptMachine, { leaver }: Pick<Known, 'leaver'>): MachineOwner {
  const capabilities = { USER: machine.user, 'Agent.ComputerName': machine.host };
  return attributeAgent({ name: machine.name, capabilities }, leaver);
}

const LOUDNESS: readonly Finding['severity'][] = ['critical', 'high', 'medium', 'low', 'info'];

function byLoudness(one: Finding, other: Finding): number {
  return LOUDNESS.indexOf(one.severity) - LOUDNESS.indexOf(other.severity);
}

/** Who says of the same token in the same place that it is a service's, or over, does not hide what another says. */
function isLouder(finding: Finding, had: Finding | undefined): boolean {
  if (had === undefined || byLoudness(finding, had) < 0) return true;
  return byLoudness(finding, had) === 0 && isClosed(had) && !isClosed(finding);
}

/** The loudest of each sender, then their next: one that names more than has room pushes out what it says itself. */
function inTurn(all: readonly { readonly finding: Finding; readonly by: KeptMachine }[]): Finding[] {
  const bySender = [...Map.groupBy(all, ({ by }) => by).values()];
  return bySender
    .flatMap((own) =>
      own
        .map(({ finding }) => finding)
        .toSorted(byLoudness)
        .map((finding, turn) => ({ finding, turn })),
    )
    .toSorted((a, b) => a.turn - b.turn || byLoudness(a.finding, b.finding))
    .map(({ finding }) => finding);
}

function atMost(findings: readonly Finding[], machine: string): Finding[] {
  const more = findings.slice(MOST);
  const like = more.find(({ status }) => status === 'manual-action') ?? more[0];
  if (like === undefined) return [...findings];
  const digests = more.flatMap(({ evidence: { sha256 } }) => (typeof sha256 === 'string' ? [sha256] : []));
  return [
    ...findings.slice(0, MOST),
    {
      ...like,
      title: `${more.length} more tokens on machine ${machine}`,
      reason: `The first ${MOST} have a finding each; of these, one says: ${like.reason}`,
      // Which of them the rest of the case proves to be the leaver’s is told by their digests.
      evidence: { ...like.evidence, tokens: more.length, digests },
    },
  ];
}
