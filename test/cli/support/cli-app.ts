import assert from 'node:assert/strict';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import type { TokenClaims } from '../../../local/tenant/core/tokens.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Run } from '../../../src/api/case-view.ts';
import type { CaseRow } from '../../../src/cases/case.ts';
import { parseCaseId } from '../../../src/cases/ids.ts';
import { updateCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { keepBlobsInMemory } from '../../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../../support/storage-in-memory/tables.ts';
import { type CliOptions, type CliRun, runCli } from './run-cli.ts';
import { serveApi } from './serve-api.ts';

/** The app's real routes over HTTP, and the CLI in front of them. One per test file. */
export async function startCliApp() {
  keepTablesInMemory();
  keepBlobsInMemory();
  const arm = seedArm(seedContext());
  const app = await startIntakeApp({
    storage: 'memory',
    settings: { MAX_CASES_PER_HOUR: '1000' },
    vendors: (core) => [makeArm(core, arm)],
  });
  /** How orchestrations stand, by their ids. */
  const runs = new Map<string, Run>();
  const api = await serveApi(app, { readRun: async (id) => runs.get(id) });
  const claims: TokenClaims = {
    ...{ audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'cli', scopes: ['access'] },
    roles: ['Offboarding.Operate', 'Offboarding.Administer'],
  };
  const token = await app.tenant.tokens.issue(claims);

  /** As an operator who administers the app too; nothing that is said may hold the token. */
  const cli = async (args: readonly string[], options: CliOptions = {}): Promise<CliRun & { questions: string[] }> => {
    const env = { MCP_OFFBOARDING_URL: api.url, MCP_OFFBOARDING_TOKEN: token, ...options.env };
    const run = await runCli(args, { ...options, env });
    const secret = env.MCP_OFFBOARDING_TOKEN.split('.')[2] ?? '';
    if (secret !== '') assert.ok(!`${run.out}${run.err}`.includes(secret), 'a token is told');
    assert.ok(!run.out.includes('\u001b'), 'a colour, or worse');
    return run;
  };
  const upnOf = (oid: Oid): string => app.directory.users.get(oid)?.userPrincipalName ?? '';
  return {
    ...{ app, api, runs, cli, upnOf, vendors: openVendors(app.config) },
    /** As somebody else, or with another token. */
    as: async (more: Partial<TokenClaims>): Promise<CliOptions> => ({
      env: { MCP_OFFBOARDING_TOKEN: await app.tenant.tokens.issue({ ...claims, ...more }) },
    }),
    /** What a command prints with --json. */
    json: async <T>(...args: string[]): Promise<T> => {
      const { out, err } = await cli([...args, '--json']);
      assert.notEqual(out, '', err);
      return JSON.parse(out) as T;
    },
    open: (oid: Oid, ...more: string[]) =>
      cli(['case', 'open', oid, '--confirm-upn', upnOf(oid), '--reason', 'Left', ...more]),
    /** Changes the row of somebody's first case. */
    change: async (oid: Oid, to: (row: CaseRow) => CaseRow): Promise<void> => {
      const known = parseCaseId(`${oid}-1`);
      assert.ok(known);
      await updateCase(app.config, known.caseId, to);
    },
    stop: async (): Promise<void> => {
      await api.stop();
      await app.stop();
    },
  };
}
