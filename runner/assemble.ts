import { createHash } from 'node:crypto';
import type { TokenHit } from '../src/credentials/detector/token-hit.ts';
import { MOST_CHARACTERS, MOST_PLACES, MOST_SERVERS, MOST_TOKENS } from '../src/machines/limits.ts';
import type { MachineReport } from '../src/machines/report.ts';
import type { Collected } from './collect.ts';
import { makeShown } from './shown.ts';
import type { Who } from './who.ts';

/** What is said of the machine beside what was found on it. */
export interface Machine {
  readonly who: Who;
  readonly host: string;
  readonly user: string;
  readonly os: MachineReport['machine']['os'];
  readonly startedAt?: string;
  readonly takenAt: string;
  readonly tookMs: number;
  readonly version: string;
  /** A path as it is shown: `~` for the home. */
  readonly fromHome: (file: string) => string;
}

const NAME = 200;
const PATH = 500;
const ADDRESS = 300;
const VERSION = 40;

type Shown = ReturnType<typeof makeShown>;
type Token = MachineReport['tokens'][number];

/** The report as it is sent: bounded, and with nothing in it that the machine could be entered by. */
export function assemble(collected: Collected, machine: Machine): MachineReport {
  const { who } = machine;
  const show = makeShown(collected.tokens.map(({ value }) => value));
  const name = (text: string): string => show(text, NAME) ?? 'unknown';
  const path = (file: string): string => show(machine.fromHome(file), PATH) ?? 'unknown';
  const tokens = distinct(collected.tokens.map((token) => tokenOf(token, show, path)));
  const kept = tokens.slice(0, MOST_TOKENS);
  const told = new Set(kept.map(({ sha256 }) => sha256));
  const servers = collected.servers.map((server): MachineReport['servers'][number] => ({
    client: server.client,
    path: path(server.file),
    name: name(server.name),
    transport: server.transport,
    ...(server.host === undefined ? {} : { host: name(server.host) }),
    ...(server.command === undefined ? {} : { command: server.command }),
    tokens: server.tokens.filter((digest) => told.has(digest)),
    otherCredential: server.otherCredential,
  }));
  const places = collected.places.map(({ of, file, state, modifiedAt }) => ({
    place: of.place,
    path: path(file),
    state,
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
  }));
  return fitting({
    schemaVersion: 1,
    vendor: who.vendor,
    job: jobOf(who, show),
    machine: {
      name: name(who.name),
      ...(who.number === undefined ? {} : { number: who.number }),
      registeredAt: show(who.registeredAt, ADDRESS) ?? 'unknown',
      ...(who.pool === undefined ? {} : { pool: name(who.pool) }),
      host: name(machine.host),
      user: name(machine.user),
      os: machine.os,
      ...(who.ephemeral === undefined ? {} : { ephemeral: who.ephemeral }),
      ...(machine.startedAt === undefined ? {} : { startedAt: machine.startedAt }),
    },
    takenAt: machine.takenAt,
    tookMs: machine.tookMs,
    version: machine.version.slice(0, VERSION),
    tokens: kept,
    places: places.slice(0, MOST_PLACES),
    servers: servers.slice(0, MOST_SERVERS),
    leftOut: {
      tokens: tokens.length - kept.length + collected.moreTokens,
      places: Math.max(0, places.length - MOST_PLACES),
      servers: Math.max(0, servers.length - MOST_SERVERS),
    },
  });
}

/** A report of the same job is taken once, so that a name which is not shown must not make all jobs the same. */
function jobOf({ job, vendor }: Who, show: Shown): string {
  return show(job, ADDRESS) === job ? job : `${vendor}/${createHash('sha256').update(job).digest('hex')}`;
}

function tokenOf(
  { hit, of, file, name, account, modifiedAt }: Collected['tokens'][number],
  show: Shown,
  path: (file: string) => string,
): Token {
  const named = name === undefined ? undefined : show(name, NAME);
  // A token may stand where a user would: what was cut is nobody.
  const whose = account === undefined ? undefined : show(account, NAME);
  return {
    place: of.place,
    ...(file === undefined ? {} : { path: path(file) }),
    ...(named === undefined ? {} : { name: named }),
    ...(whose === undefined || whose !== account ? {} : { account: whose }),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    type: hit.type,
    holder: hit.holder,
    checksum: hit.checksum,
    sha256: hit.sha256,
    lastFour: hit.lastFour,
    ...(hit.encoded === undefined ? {} : { encoded: hit.encoded }),
    ...claimsOf(hit, show),
  };
}

function claimsOf({ claims }: TokenHit, show: Shown): { readonly claims?: NonNullable<Token['claims']> } {
  if (claims === undefined) return {};
  const texts = {
    oid: claims.oid,
    iss: claims.iss,
    tid: claims.tid,
    upn: claims.upn ?? claims.preferred_username ?? claims.unique_name,
  };
  const said = Object.entries(texts).flatMap(([key, value]) => {
    const safe = value === undefined ? undefined : show(value, NAME);
    return safe === undefined ? [] : [[key, safe] as const];
  });
  return { claims: { ...Object.fromEntries(said), ...(claims.exp === undefined ? {} : { exp: claims.exp }) } };
}

/** The same token under one name of one file is one, also where it stands there more than once. */
function distinct(tokens: readonly Token[]): Token[] {
  return [
    ...new Map(tokens.map((each) => [`${each.place}\n${each.path}\n${each.name}\n${each.sha256}`, each])).values(),
  ];
}

/** A report that is too long loses what counts least first: places, then servers, then tokens. */
function fitting(report: MachineReport): MachineReport {
  let fits = report;
  for (const list of ['places', 'servers', 'tokens'] as const) {
    while (Buffer.byteLength(JSON.stringify(fits)) > MOST_CHARACTERS && fits[list].length > 0) {
      const kept = Math.floor(fits[list].length / 2);
      const leftOut = { ...fits.leftOut, [list]: fits.leftOut[list] + fits[list].length - kept };
      fits = { ...fits, [list]: fits[list].slice(0, kept), leftOut };
    }
  }
  return fits;
}
