import path from 'node:path';
import type { Disk } from '../disk.ts';
import { isJson, looseJson, textOf } from '../labels/loose-json.ts';
import type { Settings } from '../settings.ts';
import type { Ask } from './ask.ts';

export interface Means {
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
  return arcEndpoint(means) === undefined ? fromImds(settings, means) : fromArc(settings, means);
}

/** Only there when the job has `permissions: id-token: write`. */
async function fromGitHub({ audience }: Settings, { env, ask, signal }: Means): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = env;
  if (address === undefined || token === undefined) throw new SignInError('the job has no id-token: write');
  const url = new URL(address);
  if (url.protocol !== 'https:') throw new SignInError('the address for the job’s token is no https address');
  url.searchParams.set('audience', audience);
  const { status, body } = await ask(url, { headers: { authorization: `Bearer ${token}` } }, signal);
  return memberOf(body, 'value') ?? fail('GitHub', status);
}

/** https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token */
async function fromImds(settings: Settings, { ask, signal }: Means): Promise<string> {
  const url = tokenUrl('http://169.254.169.254/metadata/identity/oauth2/token', '2018-02-01', settings);
  const { status, body } = await ask(url, { headers: { metadata: 'true' } }, signal);
  return memberOf(body, 'access_token') ?? fail('the machine’s identity', status);
}

const ARC_ENDPOINT = 'http://127.0.0.1:40342/metadata/identity/oauth2/token';
const ARC_AGENT = '/opt/azcmagent/bin/himds';
const MOST_OF_A_KEY = 4_096;

/** A job may set the variable: a key of the machine is shown to the machine itself only. */
function arcEndpoint({ env, disk }: Means): string | undefined {
  const told = env.IDENTITY_ENDPOINT;
  if (told !== undefined && env.IMDS_ENDPOINT !== undefined) {
    return /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?\//.test(told) ? told : undefined;
  }
  return disk.read(ARC_AGENT, 0).state === 'absent' ? undefined : ARC_ENDPOINT;
}

/** Arc answers with the name of a file that only members of its group can read; what is in it is the proof. */
async function fromArc(settings: Settings, means: Means): Promise<string> {
  const { ask, disk, env, signal } = means;
  const url = tokenUrl(arcEndpoint(means) ?? ARC_ENDPOINT, '2020-06-01', settings);
  const challenge = await ask(url, { headers: { metadata: 'true' } }, signal);
  const file = /^Basic realm="?([^"]+)"?$/i.exec(challenge.header('www-authenticate') ?? '')?.[1] ?? '';
  const ways = env.ProgramData === undefined ? path.posix : path.win32;
  const folder =
    env.ProgramData === undefined
      ? '/var/opt/azcmagent/tokens'
      : ways.join(env.ProgramData, 'AzureConnectedMachineAgent', 'Tokens');
  if (ways.dirname(ways.normalize(file)) !== folder || ways.extname(file) !== '.key') {
    throw new SignInError('the Arc agent named no key file of its own');
  }
  const key = disk.read(file, MOST_OF_A_KEY);
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
