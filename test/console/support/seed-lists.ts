import { setTimeout as delay } from 'node:timers/promises';
import { ManagedIdentityCredential } from '@azure/identity';
import { QueueClient } from '@azure/storage-queue';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { FastStack } from '../../scenarios/support/fast-stack.ts';

const [ana, ben] = WORLD.colleagues;

/** A name that is markup, and as long as German ones are: shown as it is, and nothing of it runs. */
export const HOSTILE =
  '<img src=x onerror="globalThis.ran=1"> Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

export const CONTAINED = ben;
export const HELD = ana;

/** Something for every list: a containment of somebody, by default with a hostile name, and a message of HR that was rejected. */
export async function seedLists(stack: FastStack, name = HOSTILE): Promise<void> {
  const row = stack.states.entra.users.get(ben.oid);
  if (row === undefined) throw new Error('the seed has no such colleague');
  row.displayName = name;
  await post(stack, '/api/denied', {
    ...{ oid: ben.oid, confirmUserPrincipalName: ben.userPrincipalName, reason: `Calls at night ${name}` },
    until: new Date(Date.now() + 20 * 3_600_000).toISOString(),
  });
  Object.assign(process.env, stack.tenant.identityEnvironment);
  const credential = new ManagedIdentityCredential({ clientId: WORLD.app.remover.clientId });
  const queue = new QueueClient(`${stack.storage.queue}/hr-leavers`, credential);
  await queue.createIfNotExists();
  const message = { schemaVersion: 1, messageId: 'n-1', employeeId: name, requestedBy: 'workday', lastDay: 'soon' };
  await queue.sendMessage(Buffer.from(JSON.stringify(message)).toString('base64'));
  while (!(await isRejected(stack))) await delay(100);
}

async function isRejected(stack: FastStack): Promise<boolean> {
  const { rejections } = (await (await stack.api('/api/rejections')).json()) as { rejections: unknown[] };
  return rejections.length > 0;
}

/** As the operator, or whoever has these roles. */
export async function post(
  stack: Pick<FastStack, 'api'>,
  path: string,
  body: object,
  { roles, method = 'POST' }: { readonly roles?: readonly string[]; readonly method?: string } = {},
): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  const answer = await stack.api(path, { method, headers, body: JSON.stringify(body) }, roles);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}
