import { CliError } from '../exit-codes.ts';
import { oneLine } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What the app says of how one signs in to it. */
export interface SignInSettings {
  readonly tenantId: string;
  /** Of Entra: `https://login.microsoftonline.com`. */
  readonly authority: string;
  /** The API as Entra knows it. */
  readonly resource: string;
  /** The application with which a person signs in in a browser; absent where none is registered. */
  readonly clientId?: string;
}

interface Credential {
  getToken(scope: string): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}

/** One way to sign in. */
interface Way {
  readonly name: string;
  readonly scope: string;
  readonly credential: Credential;
}

const TOKEN = 'MCP_OFFBOARDING_TOKEN';
/** A token that ends sooner is not used any more. */
const SPARE_MS = 120_000;

/**
 * Hands out access tokens: the one of the environment, or one of whoever has signed in by Azure CLI, in a browser or
 * with a code. They stay in memory.
 * @throws CliError `not-allowed` where no way leads to a token, with what each said
 */
export function tokens(
  { env, tell, ask }: Pick<Terminal, 'env' | 'tell' | 'ask'>,
  settings: () => Promise<SignInSettings>,
  deviceCode: boolean,
): () => Promise<string> {
  let held: { readonly token: string; readonly until: number } | undefined;
  let way: Way | undefined;
  return async () => {
    const given = env[TOKEN]?.trim();
    if (given !== undefined && given !== '') return checked(given);
    if (held !== undefined && held.until - Date.now() > SPARE_MS) return held.token;
    const said: string[] = [];
    for (const each of way === undefined
      ? await waysOf(await settings(), deviceCode, ask !== undefined, tell)
      : [way]) {
      const found = await each.credential.getToken(each.scope).catch((error: unknown) => {
        said.push(`${each.name}: ${firstLine(error)}`);
        return null;
      });
      if (found === null) continue;
      way = each;
      held = { token: found.token, until: found.expiresOnTimestamp };
      return found.token;
    }
    throw notSignedIn(said);
  };
}

/** A token is pasted, and what is no header would be an error of HTTP's that shows it. */
function checked(token: string): string {
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return token;
  throw new CliError('not-allowed', `${TOKEN} holds no access token: three parts with dots between them.`);
}

async function waysOf(
  { tenantId, authority, resource, clientId }: SignInSettings,
  deviceCode: boolean,
  interactive: boolean,
  tell: (line: string) => void,
): Promise<Way[]> {
  // 700 KB, which most calls do without: whoever has a token in the environment does not wait for them.
  const { AzureCliCredential, DeviceCodeCredential, InteractiveBrowserCredential } = await import('@azure/identity');
  const scope = `${resource}/.default`;
  const azure = { name: 'Azure CLI', scope, credential: new AzureCliCredential({ tenantId }) };
  if (clientId === undefined) return [azure];
  const options = { tenantId, clientId, authorityHost: authority };
  const code = (): Way => ({
    ...{ name: 'device code', scope },
    credential: new DeviceCodeCredential({ ...options, userPromptCallback: ({ message }) => tell(oneLine(message)) }),
  });
  if (deviceCode) return [code()];
  if (!interactive) return [azure];
  const browser = { name: 'browser', scope, credential: new InteractiveBrowserCredential(options) };
  return [azure, browser, code()];
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return oneLine(message.split('\n')[0] ?? '').slice(0, 300);
}

function notSignedIn(said: readonly string[]): CliError {
  return new CliError(
    'not-allowed',
    [
      'You are not signed in.',
      ...said.map((each) => `  ${each}`),
      `What to do: az login; or at a terminal --device-code; or in a pipeline ${TOKEN}.`,
    ].join('\n'),
  );
}
