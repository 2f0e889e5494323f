import { MOST_TOKENS } from '../src/machines/limits.ts';
import { tokensOfEnvironment } from './job-environment.ts';
import type { Disk } from './look/disk.ts';
import { type Candidate, findFiles, type Where } from './look/find-files.ts';
import { PLACES, type Place } from './look/places.ts';
import { type Found, scanFile } from './look/scan.ts';
import { type FoundServer, serversIn } from './look/servers.ts';

/** Everything that was found, with paths and names as they are: none of it leaves the process before `assemble.ts`. */
export interface Collected {
  readonly tokens: readonly (Found & {
    readonly of: Place;
    /** Where it was looked, by number; the environment is of none. */
    readonly root?: number;
    readonly file?: string;
    readonly modifiedAt?: string;
  })[];
  readonly places: readonly {
    readonly of: Place;
    readonly file: string;
    readonly state: 'read' | 'unreadable' | 'too-large' | 'left-out';
    readonly modifiedAt?: string;
  }[];
  readonly servers: readonly (FoundServer & { readonly file: string })[];
  readonly moreTokens: number;
}

export interface Limits {
  readonly bytesOfAFile: number;
  readonly bytes: number;
  readonly files: number;
  /** What is beyond is counted only: each costs time when it is made safe to show. */
  readonly tokens: number;
  /** Whether there is time for another file. */
  readonly hasTime: () => boolean;
}

const ENVIRONMENT: Place = { place: 'process-environment', at: 'named-by', path: '', labels: 'none' };

/** Half of what a report holds: a job may fill its environment, and files of the machine are told all the same. */
const MOST_OF_ENVIRONMENT = MOST_TOKENS / 2;

/** Looks at the environment and at every file that is there, until time, number or bytes run out. */
export function collect(where: Where, units: readonly Place[], disk: Disk, limits: Limits): Collected {
  const tokens: Collected['tokens'][number][] = [];
  const places: Collected['places'][number][] = [];
  const servers: Collected['servers'][number][] = [];
  const signedIn = new Map<string, Set<string>>();
  let bytes = 0;
  let moreTokens = 0;
  const inEnvironment = tokensOfEnvironment(where.env);
  for (const found of inEnvironment.slice(0, MOST_OF_ENVIRONMENT)) tokens.push({ ...found, of: ENVIRONMENT });
  moreTokens += Math.max(0, inEnvironment.length - MOST_OF_ENVIRONMENT);
  for (const candidate of candidates(where, units, disk, limits.hasTime)) {
    const { of, file, root } = candidate;
    if (!limits.hasTime() || places.length >= limits.files || bytes >= limits.bytes) {
      places.push({ of, file, state: 'left-out' });
      if (!limits.hasTime() || places.length >= 2 * limits.files) break;
      continue;
    }
    const read =
      candidate.refused === true
        ? { state: 'unreadable' as const }
        : disk.read(file, of.sealed === true ? 0 : limits.bytesOfAFile);
    if (read.state === 'absent') continue;
    const age = 'modifiedAt' in read && read.modifiedAt !== undefined ? { modifiedAt: read.modifiedAt } : {};
    places.push({ of, file, state: of.sealed === true && read.state === 'too-large' ? 'read' : read.state, ...age });
    if (!('bytes' in read) || of.sealed === true) continue;
    bytes += read.bytes.length;
    const text = decoded(read.bytes);
    const scanned = attempted(() => scanFile(text, of.labels));
    if (scanned === undefined) places[places.length - 1] = { of, file, state: 'unreadable', ...age };
    const { found: all = [], more = 0, signedIn: users = [] } = scanned ?? {};
    const kept = all.slice(0, Math.max(0, limits.tokens - tokens.length));
    moreTokens += more + all.length - kept.length;
    for (const found of kept) tokens.push({ ...found, of, root, file, ...age });
    const tool = `${root} ${of.place}`;
    for (const user of users) signedIn.set(tool, (signedIn.get(tool) ?? new Set()).add(user));
    const { client } = of;
    const started = client === undefined ? [] : attempted(() => serversIn(text, client));
    servers.push(...(started ?? []).map((server) => ({ ...server, file })));
  }
  return { tokens: tokens.map((token) => withSignedIn(token, signedIn)), places, servers, moreTokens };
}

/** Files that a service unit names go with those of the runner itself, before everything else. */
function* candidates(
  where: Where,
  units: readonly Place[],
  disk: Disk,
  hasTime: Limits['hasTime'],
): Generator<Candidate> {
  for (const of of units) yield { file: of.path, of, root: 0, listed: false };
  yield* findFiles(where, { ...disk, list: (...of) => (hasTime() ? disk.list(...of) : 'absent') }, PLACES);
}

/** Types of which a tool says in another file whose they are. */
const OF_THE_TOOL: Readonly<Record<string, readonly string[]>> = {
  'azure-cli': ['entra-refresh', 'jwt'],
  'claude-code': ['anthropic-oauth'],
};

/** Where a tool has one account alone in a home, its tokens there are that one's. */
function withSignedIn<T extends Collected['tokens'][number]>(token: T, signedIn: ReadonlyMap<string, Set<string>>): T {
  const { place } = token.of;
  const [only, ...others] = signedIn.get(`${token.root} ${place}`) ?? [];
  const fits = OF_THE_TOOL[place]?.includes(token.hit.type) === true;
  return token.account !== undefined || only === undefined || others.length > 0 || !fits
    ? token
    : { ...token, account: only };
}

/** A file may be made so that looking at it fails, as nesting without end does: what others hold is told all the same. */
function attempted<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function decoded(bytes: Buffer): string {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.subarray(2).toString('utf16le') : bytes.toString('utf8');
}
