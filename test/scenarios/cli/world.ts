import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { after } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { startFastStack } from '../support/fast-stack.ts';

export const stack = await startFastStack();
after(() => stack.stop());
const CLI = path.resolve(import.meta.dirname, '../../../cli/main.ts');
const tokenOf = (oid: string, ...roles: string[]): Promise<string> =>
  stack.tenant.tokens.issue({ audience: WORLD.app.audience, oid, clientId: 'cli', scopes: ['access'], roles });
/** Tokens of two people: one may open cases, the other approve. */
export const [operator, approver] = await Promise.all([
  tokenOf(WORLD.operator.oid, 'Offboarding.Operate'),
  tokenOf('a9000000-0000-4000-8000-000000000001', 'Offboarding.Approve'),
]);

const { PATH, NODE_COMPILE_CACHE } = process.env;
const COMPILED = { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };

/** Runs the CLI as a pipeline does: no terminal, everything by variables. */
export async function cli(
  token: string,
  ...args: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...COMPILED, MCP_OFFBOARDING_URL: stack.url(), MCP_OFFBOARDING_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  assert.ok(!`${out}${err}`.includes('\u001b'), 'a colour in a pipe');
  for (const secret of [operator, approver]) assert.ok(!`${out}${err}`.includes(secret), 'a token is told');
  return { code, out, err };
}

/** The same with --json: what is on standard output is JSON, whatever the code. */
export async function json<T>(token: string, code: number, ...args: string[]): Promise<T> {
  const run = await cli(token, ...args, '--json');
  assert.equal(run.code, code, run.err);
  return JSON.parse(run.out) as T;
}
