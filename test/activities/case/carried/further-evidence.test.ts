import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ProvisioningRow } from '../../../../local/tenant/entra/state/state-logs.ts';
import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import {
  ANA,
  type FurtherEvidenceWorld,
  githubId,
  LEAVERS,
  startFurtherEvidence,
  UPN,
} from './further-evidence-world.ts';

let app: FurtherEvidenceWorld['app'];
let github: FurtherEvidenceWorld['github'];
let entra: FurtherEvidenceWorld['entra'];
let resolve: FurtherEvidenceWorld['resolve'];
let GUID: FurtherEvidenceWorld['GUID'];
let audited: FurtherEvidenceWorld['audited'];
let blankRow: FurtherEvidenceWorld['blankRow'];
let noSignOn: FurtherEvidenceWorld['noSignOn'];
let taken: FurtherEvidenceWorld['taken'];
let reset: FurtherEvidenceWorld['reset'];
before(async () => {
  ({ app, github, entra, resolve, GUID, audited, blankRow, noSignOn, taken, reset } = await startFurtherEvidence());
});
after(() => app.stop());
afterEach(() => reset());

function wrote(change: Partial<ProvisioningRow> = {}): void {
  entra.provisioning.push({
    id: `p${entra.provisioning.length}`,
    activityDateTime: '2026-11-20T08:00:00Z',
    provisioningAction: 'create',
    status: 'success',
    sourceId: LEAVERS,
    targetId: GUID,
    targetName: UPN,
    application: 'GitHub Enterprise Managed User',
    ...change,
  });
}

describe('the directory’s log of provisioning', () => {
  const situations: readonly (readonly [what: string, arrange: () => void, expected: string])[] = [
    ['made the account for the leaver', () => wrote(), `${githubId}: P3 proved`],
    [
      'wrote to an account that was there, which it may have matched by a freed name',
      () => wrote({ provisioningAction: 'update' }),
      `${githubId}: S3 likely`,
    ],
    [
      'made it for a colleague, and wrote to it for the leaver',
      () => {
        wrote({ sourceId: ANA.oid });
        wrote({ provisioningAction: 'update' });
      },
      `${githubId}: S3 X1 contradicted`,
    ],
    ['failed to make it', () => wrote({ status: 'failure' }), `${githubId}:  weak`],
    ['made another’s', () => wrote({ targetId: 'another-row' }), `${githubId}:  weak`],
  ];
  for (const [what, arrange, expected] of situations) {
    test(`${what}: ${expected}`, async () => {
      audited();
      blankRow();
      arrange();
      assert.equal((await taken()).join(', '), expected);
    });
  }

  test('may not be read: the line says which permissions it takes', async () => {
    blankRow();
    wrote();
    const { coverage } = await resolve();
    const line = coverage.find(({ source }) => source === 'entra/provisioning-log');
    assert.equal(line?.state, 'partial');
    assert.match(line?.detail ?? '', /AuditLog\.Read\.All, Directory\.Read\.All.*reader’s managed identity/);
  });

  test('proves for the time after it: what it showed is remembered', async () => {
    audited();
    blankRow();
    wrote();
    const { seen } = await resolve();
    assert.deepEqual(
      seen.accounts.filter(({ id }) => id === String(githubId)).map(({ oid, code, source }) => [oid, code, source]),
      [[LEAVERS, 'P3', 'entra/provisioning-log']],
    );
  });

  test('names a managed user by the login that GitHub makes of the user name, which is no proof', async () => {
    audited();
    noSignOn();
    renameAccount(github, githubId, 'alex-moreau_nwc');
    wrote({ targetId: 'row-of-the-enterprise', targetName: 'Alex.Moreau@firm.example' });
    assert.deepEqual(await taken(), [`${githubId}: S3 likely`]);
  });

  for (const [what, change, login] of [
    ['an application that is not GitHub', { application: 'Salesforce' }, 'alex-moreau_nwc'],
    ['another user name', { targetName: 'alex.martin@firm.example' }, 'alex-moreau_nwc'],
    ['a login without a short code', {}, 'alex-moreau'],
  ] as const) {
    test(`names nobody’s by ${what}`, async () => {
      audited();
      noSignOn();
      renameAccount(github, githubId, login);
      wrote({ targetId: 'row-of-the-enterprise', targetName: 'alex.moreau@firm.example', ...change });
      assert.deepEqual(await taken(), [`${githubId}:  weak`]);
    });
  }
});
