import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Stack } from '../stack.ts';
import { HOURS, tokenForStorage } from '../storage-token.ts';
import { STAFF } from '../tenant/seeds/staff.ts';
import { WORLD } from '../tenant/seeds/world.ts';
import { quoted } from './quoted.ts';

const CLI = resolve(import.meta.dirname, '../../cli/main.ts');

/**
 * Writes what another terminal reads with `.`, in bash and in zsh: addresses, a token for each of the staff, and what
 * docs/try-it.md uses. It lies in the run's own folder, where nobody else reads it, and goes with it.
 */
export async function writeShellFile(stack: Stack): Promise<string> {
  const { storage, settings } = stack;
  const tokens = await Promise.all(
    STAFF.map(async ({ as, oid, upn, roles }) => {
      const about = { oid, upn, roles, clientId: 'operator-cli', scopes: ['access'] };
      const token = await stack.tenant.tokens.issue({
        ...{ ...about, audience: WORLD.app.audience, lifetimeSeconds: HOURS * 3_600 },
      });
      return [as.toUpperCase(), token] as const;
    }),
  );
  const variables = [
    ['API', `${stack.url()}/api`],
    ['CA', settings.NODE_EXTRA_CA_CERTS ?? ''],
    ['BLOB', storage.blob],
    ['QUEUE', storage.queue],
    ['TABLE', storage.table],
    ['STORAGE_TOKEN', await tokenForStorage(stack)],
    ['STORAGE_PID', String(storage.pid ?? '')],
    ['LEAVER', WORLD.leaver.oid],
    ['BEN', WORLD.colleagues[1].oid],
    ...tokens,
  ] as const;
  const file = join(stack.folder, 'shell.sh');
  const lines = variables.map(([name, value]) => `${name}=${quoted(value)}`);
  await writeFile(file, `${lines.join('\n')}\n${functions(stack.url())}`, { mode: 0o600 });
  return file;
}

/** `as $APPROVER …` is a command of somebody else; `call` and `storage` are requests with what each of them needs. */
const functions = (url: string): string => `TOKEN=$OPERATOR
export MCP_OFFBOARDING_URL=${quoted(url)}
export MCP_OFFBOARDING_TOKEN=$OPERATOR
offboard() { ${quoted(process.execPath)} ${quoted(CLI)} "$@"; }
as() { MCP_OFFBOARDING_TOKEN=$1 offboard "\${@:2}"; }
call() { curl --silent --show-error --header "Authorization: Bearer $TOKEN" --header 'Content-Type: application/json' "$@"; echo; }
storage() { curl --silent --show-error --cacert "$CA" --header "Authorization: Bearer $STORAGE_TOKEN" --header 'x-ms-version: 2024-11-04' --header "x-ms-date: $(date -u '+%a, %d %b %Y %H:%M:%S GMT')" "$@"; echo; }
`;
