import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { seedDevOps } from '../../local/tenant/devops/vendor.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { MachineReportSchema } from '../../src/machines/report.ts';
import { seedContext } from '../support/seed-context.ts';
import { makeMachine } from './support/machine.ts';
import { sha256 } from './support/planted.ts';
import { startReceiver } from './support/receiver.ts';

test('the laptop of the case study tells from inside what Azure DevOps shows of it, and what nobody sees from outside', async (t) => {
  const context = seedContext();
  const agent = seedDevOps(context)
    .agents.all()
    .find(({ id }) => id === WORLD.devops.agent.id);
  const capabilities = agent?.systemCapabilities ?? {};
  const secrets = ['GITHUB_TOKEN', 'AZURE_DEVOPS_EXT_PAT', 'CLAUDE_CODE_OAUTH_TOKEN', 'MCP_GATEWAY_TOKEN'];
  const held = Object.fromEntries(secrets.map((name) => [name, capabilities[name] ?? '']));
  const cached = context.mint.mint('anthropic-oauth');
  const receiver = await startReceiver();
  t.after(receiver.close);
  const machine = await makeMachine({
    vendor: 'azure-devops',
    receiver,
    describes: { agentId: WORLD.devops.agent.id, agentName: WORLD.devops.agent.name },
  });
  machine.write(
    path.join(machine.home, '.claude/.credentials.json'),
    JSON.stringify({ claudeAiOauth: { accessToken: cached, subscriptionType: 'max' } }),
  );
  machine.write(
    path.join(machine.home, '.claude.json'),
    JSON.stringify({
      oauthAccount: { emailAddress: WORLD.leaver.userPrincipalName },
      mcpServers: { files: { type: 'http', url: 'https://gateway.example/mcp' } },
    }),
  );
  assert.equal((await machine.begin(held)).code, 0);
  const report = MachineReportSchema.parse(JSON.parse(await receiver.next()));
  assert.deepEqual(
    report.tokens.map(({ place, name, sha256: digest }) => `${place} ${name} ${digest}`).sort(),
    [
      ...secrets.map((name) => `process-environment ${name} ${sha256(held[name] ?? '')}`),
      `claude-code claudeAiOauth.accessToken ${sha256(cached)}`,
    ].sort(),
  );
  assert.equal(report.tokens.at(-1)?.account, WORLD.leaver.userPrincipalName);
  assert.deepEqual([report.machine.number, report.servers[0]?.host], [WORLD.devops.agent.id, 'gateway.example']);
  machine.remove();
});
