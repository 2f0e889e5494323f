import type { TokenClaims } from '../../../local/tenant/core/tokens.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Run } from '../../../src/api/case-view.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { type Answered, type Asking, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

export const OPERATE = ['Offboarding.Operate'];
export const headerOf = (answer: Answered, name: string): string | null => answer.headers.get(name);
export const jsonOf = ({ body }: Answered) => JSON.parse(body) as Record<string, unknown>;

/** The API of cases, asked with tokens of the tenant. */
export async function startCasesApi() {
  const app = await startIntakeApp({ settings: { MAX_CASES_PER_HOUR: '2' } });
  const tokenOf = (more: Partial<TokenClaims> = {}): Promise<string> =>
    app.tenant.tokens.issue({
      audience: WORLD.app.audience,
      oid: WORLD.operator.oid,
      clientId: 'operator-cli',
      scopes: ['access'],
      roles: OPERATE,
      ...more,
    });

  const api = askApi(app);
  /** As the operator, unless another token is named, or none. */
  const ask = async (path: string, asking: Asking = {}): Promise<Answered> =>
    api(path, { ...asking, token: 'token' in asking ? asking.token : await tokenOf() });

  /** The body with which somebody who still works here, as far as Entra knows, is offboarded. */
  const leaving = (oid: Oid | string, more: Readonly<Record<string, unknown>> = {}) => ({
    oid,
    reason: 'left',
    mode: 'apply',
    confirmUserPrincipalName: app.directory.users.get(oid)?.userPrincipalName,
    ...more,
  });

  const post = (asking: Asking): Promise<Answered> => ask('/api/cases', asking);
  const get = (id: string, asking: Asking = {}, run?: Run): Promise<Answered> =>
    ask(`/api/cases/${id}`, { ...asking, tools: { readRun: async () => run } });
  const list = (asking: Asking): Promise<Answered> => ask('/api/cases', asking);

  return { app, tokenOf, ask, leaving, post, get, list };
}

export type CasesApiWorld = Awaited<ReturnType<typeof startCasesApi>>;
