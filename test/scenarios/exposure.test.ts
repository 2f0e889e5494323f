import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Finding } from '../../src/cases/finding.ts';
import { classOf } from '../../src/exposure/index-paths.ts';
import type { ExposurePath } from '../../src/exposure/path.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';

const stack = await startFastStack({ settings: { EXPOSURE: 'own,company' } });
after(() => stack.stop());

async function ask<T>(path: string, oid: string, roles: readonly string[], body?: object): Promise<T> {
  const claims = { audience: WORLD.app.audience, oid, clientId: 'console', scopes: ['access'], roles };
  const authorization = `Bearer ${await stack.tenant.tokens.issue(claims)}`;
  const answer = await fetch(`${stack.url()}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { authorization, 'content-type': 'application/json' },
  });
  assert.ok(answer.status < 300 || answer.status === 404, `${path}: ${answer.status} ${await answer.clone().text()}`);
  return { status: answer.status, ...((await answer.json()) as object) } as T;
}
const operate = <T>(path: string, body?: object) => ask<T>(path, WORLD.operator.oid, ['Offboarding.Operate'], body);

async function until<T>(read: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 600; tries += 1) {
    const value = await read();
    if (isThere(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not come.');
}

interface Own {
  readonly status: number;
  readonly oid: string;
  readonly state: string;
  readonly paths: readonly ExposurePath[];
}

test('what the leaver is told before they leave is what the plan of the later case has remedies for', async () => {
  const { sweepId } = await operate<{ sweepId: string }>('/api/sweeps', { reason: 'Reads the repositories.' });
  await until(
    () => operate<{ state: string }>(`/api/sweeps/${encodeURIComponent(sweepId)}`),
    ({ state }) => state !== 'running',
  );
  await operate('/api/exposure', { reason: 'Before anybody leaves.' });
  const own = await until(
    () => ask<Own>('/api/exposure/me', WORLD.leaver.oid, []),
    ({ status }) => status === 200,
  );
  console.log(JSON.stringify(own, undefined, 1));
  const opened = await operate<{ caseId: string }>('/api/cases', {
    oid: WORLD.leaver.oid,
    reason: 'What would be done?',
    mode: 'plan',
  });
  const report = await filedReport(stack, opened.caseId);
  const findings = report.steps.flatMap((step) => step.findings as readonly Finding[]);
  for (const f of findings) console.log(f.kind, '|', f.status, '|', f.resource.id, '|', f.remedy?.call.kind, f.remedy?.risk);
  console.log(classOf([]));
});
