import path, { type PlatformPath } from 'node:path';
import { isJson, looseJson, textOf } from '../labels/loose-json.ts';
import type { Disk } from '../look/disk.ts';
import type { Os } from '../look/places.ts';
import type { Settings } from '../settings.ts';
import type { Ask } from './ask.ts';

export interface Means {
  readonly os: Os;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ask: Ask;
  readonly disk: Disk;
  readonly signal: AbortSignal;
}

/** Says what went wrong in words that hold no value. */
export class SignInError extends Error {}

/** A token for the app's API, by what the machine or the job is. */
export function signIn(settings: Settings, means: Means): Promise<string> {
  if (settings.as === 'github-oidc') return fromGitHub(settings, means);
  const arc = arcOf(means);
  return arc === undefined ? fromImds(settings, means) : fromArc(settings, arc, means);
}

/** Only there when the job has `permissions: id-token: write`. */
async function fromGitHub({ audience, proxy }: Settings, { env, ask, signal }: Means): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = env;
  if (address === undefined || token === undefined) throw new SignInError('the job has no id-token: write');
  const url = new URL(address);
  if (url.protocol !== 'https:') throw new SignInError('the address for the job’s token is no https address');
  url.searchParams.set('audience', audience);
  const { status, body } = await ask(url, { headers: { authorization: `Bearer ${token}` }, proxy }, signal);
  return memberOf(body, 'value') ?? fail('GitHub', status);
}

/** https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token */
async function fromImds(settings: Settings, { ask, signal }: Means): Promise<string> {
  const url = tokenUrl('http://169.254.169.254/metadata/identity/oauth2/token', '2018-02-01', settings);
  const { status, body } = await ask(url, { headers: { metadata: 'true' } }, signal);
  return memberOf(body, 'access_token') ?? fail('the machine’s identity', status);
}

const ARC_ENDPOINT = 'http://127.0.0.1:40342/metadata/identity/oauth2/token';
const MOST_OF_A_KEY = 4_096;

/** Where the agent of Azure Arc is, and where it keeps its key files. */
interface Arc {
  readonly agent: string;
  readonly keys: string;
  readonly path: PlatformPath;
}

/**
 * By its folders alone. A job may set `IDENTITY_ENDPOINT`, and would be shown a key of the machine at an address of its
 * own; so that is not asked, and neither is the address.
 */
function arcOf({ os, env, disk }: Means): Arc | undefined {
  const { ProgramFiles: programs, ProgramData: data } = env;
  if (os === 'windows' && (programs === undefined || data === undefined)) return undefined;
  const arc =
    os === 'windows'
      ? {
          agent: path.win32.join(programs ?? '', 'AzureConnectedMachineAgent', 'himds.exe'),
          keys: path.win32.join(data ?? '', 'AzureConnectedMachineAgent', 'Tokens'),
          path: path.win32,
        }
      : { agent: '/opt/azcmagent/bin/himds', keys: '/var/opt/azcmagent/tokens', path: path.posix };
  return disk.read(arc.agent, 0).state === 'absent' ? undefined : arc;
}

/**
 * Arc answers with the name of a file that only members of its group can read; what is in it is the proof.
 * https://learn.microsoft.com/azure/azure-arc/servers/managed-identity-authentication
 */
async function fromArc(settings: Settings, { agent: _, keys, path: ways }: Arc, means: Means): Promise<string> {
  const { ask, disk, signal } = means;
  const url = tokenUrl(ARC_ENDPOINT, '2020-06-01', settings);
  const challenge = await ask(url, { headers: { metadata: 'true' } }, signal);
  const file = /^Basic realm="?([^"]+)"?$/i.exec(challenge.header('www-authenticate') ?? '')?.[1] ?? '';
  if (ways.dirname(ways.normalize(file)) !== keys || ways.extname(file) !== '.key') {
    throw new SignInError('the Arc agent named no key file of its own');
  }
  const key = disk.read(file, MOST_OF_A_KEY);
  if (key.state === 'too-large') throw new SignInError('the file that the Arc agent named is longer than a key');
  if (key.state !== 'read')
    throw new SignInError('the key file of the Arc agent cannot be read: is the account in its group?');
  const authorization = `Basic ${key.bytes.toString('utf8')}`;
  const { status, body } = await ask(url, { headers: { metadata: 'true', authorization } }, signal);
  return memberOf(body, 'access_token') ?? fail('the Arc agent', status);
}

function tokenUrl(endpoint: string, version: string, { audience, clientId }: Settings): URL {
  const url = new URL(endpoint);
  url.searchParams.set('api-version', version);
  url.searchParams.set('resource', audience);
  if (clientId !== undefined) url.searchParams.set('client_id', clientId);
  return url;
}

function memberOf(body: string, name: string): string | undefined {
  const answer = looseJson(body);
  const token = isJson(answer) ? textOf(answer[name]) : undefined;
  // What could break a header is no token.
  return token !== undefined && /^[\w.~+/=-]+$/.test(token) ? token : undefined;
}

function fail(who: string, status: number): never {
  throw new SignInError(`${who} gave no token (${status})`);
}
