import assert from 'node:assert/strict';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { containerOf } from '../../src/connectors/storage/evidence/evidence.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import type { Oid } from '../../src/people/oid.ts';
import { receiveHrMessage } from '../../src/triggers/hr/hr-queue.ts';
import { type Answered, askApi } from '../support/api/ask-api.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';

export const day = new Date().toISOString().slice(0, 10);
export const reason = 'HR mended the record.';
let messages = 0;
export const message = (person: object, more: object = {}) => {
  messages += 1;
  return {
    ...{ schemaVersion: 2, messageId: `m-${messages}`, kind: 'leaver', leavingId: `l-${messages}`, person },
    ...{ issuedAt: '2026-01-31T09:00:00Z', lastDay: '2026-01-31', requestedBy: 'workday', ...more },
  };
};

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly canRetry: boolean;
  readonly received: string;
  readonly retries: readonly {
    readonly result: string;
    readonly by: string;
    readonly caseId?: string;
    readonly why?: string;
  }[];
  readonly handled?: { readonly by: string; readonly reason: string };
}
export const shown = ({ body }: Answered): Shown => JSON.parse(body) as Shown;
/** Nobody yet has the mail that HR names. */
export const unknown = (mail: string) => message({ mail, employeeId: '00471' });

/** Messages of HR that were rejected, and the API that has them run again. */
export async function startHrRetry() {
  const app = await startIntakeApp({ settings: { MAX_CASES_PER_HOUR: '100', HR_QUEUE_MODE: 'apply' } });
  const { config } = app;

  const receive = (message: unknown): Promise<void> =>
    receiveHrMessage(openVendors(config), config, message, app.start, app.log);
  const api = askApi(app);
  async function ask(path: string, more: { body?: object; oid?: string; roles?: string[] } = {}): Promise<Answered> {
    const { body, oid = WORLD.operator.oid, roles = ['Offboarding.Operate'] } = more;
    const claims = { audience: WORLD.app.audience, oid, clientId: 'cli', scopes: ['access'], roles };
    const token = await app.tenant.tokens.issue(claims);
    return api(path, { token, ...(body === undefined ? {} : { body }) });
  }
  const operatorToken = (): Promise<string> =>
    app.tenant.tokens.issue({
      ...{ audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'cli', scopes: ['access'] },
      roles: ['Offboarding.Operate'],
    });
  const knownAs = (oid: Oid) => ({ confirmUserPrincipalName: app.directory.users.get(oid)?.userPrincipalName });
  const retry = (id: string, oid?: string) =>
    ask(`/api/rejections/${id}/retry`, { body: { reason }, ...(oid === undefined ? {} : { oid }) });
  const handle = (id: string, oid?: string) =>
    ask(`/api/rejections/${id}/handled`, { body: { reason }, ...(oid === undefined ? {} : { oid }) });
  const list = async (state = ''): Promise<readonly Shown[]> =>
    (JSON.parse((await ask(`/api/rejections?day=${day}${state}`)).body) as { rejections: Shown[] }).rejections;
  async function rejectedFrom(received: { readonly messageId: string }): Promise<Shown> {
    await receive(received);
    const found = (await list()).find((each) => each.received.includes(`"${received.messageId}"`));
    assert.ok(found, 'it was rejected');
    return found;
  }
  const receiptOf = async ({
    messageId,
  }: {
    readonly messageId: string;
  }): Promise<{ status: string; caseId?: string }> => {
    const blob = containerOf(config, 'hr-receipts').getBlobClient(`${messageId}.json`);
    return JSON.parse((await blob.downloadToBuffer()).toString('utf8')) as { status: string; caseId?: string };
  };
  const hire = (mail: string) => app.hire({ mail, employeeId: '00471' });

  return { app, config, receive, api, ask, operatorToken, knownAs, retry, handle, list, rejectedFrom, receiptOf, hire };
}

export type HrRetryWorld = Awaited<ReturnType<typeof startHrRetry>>;
