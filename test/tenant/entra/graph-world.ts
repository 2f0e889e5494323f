import * as z from 'zod';
import { administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const leaver = WORLD.leaver.oid;
export const gateway = WORLD.gateway.servicePrincipalId;

type Json = Readonly<Record<string, unknown>>;
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

const Listed = z.object({ value: z.array(z.record(z.string(), z.unknown())) });
export const items = (answer: Answer): Json[] => Listed.parse(answer.body).value;
export const codeOf = ({ body }: Answer): unknown => (body.error as { code?: unknown } | undefined)?.code;

/** The simulated Graph, asked as the reader and as the remover. */
export async function startGraph() {
  const state = seedEntra(seedContext());
  const app = await startApp({ vendors: (core) => [makeGraph(core, state)] });
  const { tenant, reader, remover } = app;
  const admin = administratorOf(tenant.core, WORLD.operator.oid);

  /** A call as one of the app's identities, or with roles that the token alone claims. */
  async function call(
    path: string,
    init: { as?: 'reader' | 'remover'; method?: string; body?: Json; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const who = init.as === 'remover' ? remover : reader;
    const audience = tenant.origin('graph');
    const token = await tenant.tokens.issue({ audience, oid: who.oid, clientId: who.clientId, roles: [...who.graph] });
    return send(path, token, init);
  }

  async function send(
    path: string,
    token: string,
    init: { method?: string; body?: Json; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const response = await fetch(path.startsWith('https:') ? path : `${tenant.origin('graph')}${path}`, {
      method: init.method ?? 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Json) };
  }

  const application = state.applications.where(({ displayName }) => displayName === 'docs-indexer')[0]?.id ?? '';

  return { state, app, tenant, reader, remover, admin, call, send, application };
}

export type GraphWorld = Awaited<ReturnType<typeof startGraph>>;
