import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import type { ProvisioningRow } from '../../../../local/tenant/entra/state/state-logs.ts';
import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import { entraAttributes } from '../../../../local/tenant/github/seeds/seed-people.ts';
import type { ExternalIdentity } from '../../../../local/tenant/github/state/state-accounts.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { openVendors } from '../../../../src/connectors/vendors.ts';
import { type Memory, NO_MEMORY } from '../../../../src/people/evidence/remembered.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { LEAVER, startAccountsApp } from '../accounts-app.ts';

const { app, github, entra, organisation, resolve } = await startAccountsApp();
after(() => app.stop());
const [ANA] = WORLD.colleagues;
const { userPrincipalName: UPN, githubId, githubLogin, oid: LEAVERS } = WORLD.leaver;
const seeded = [...(organisation.identities ?? [])];
const readers = app.reader.graph;
const AUDIT_READERS = ['AuditLog.Read.All', 'Directory.Read.All'];
const GUID = seeded.find(({ userId }) => userId === githubId)?.guid ?? '';
const SECOND = 4_700_001;

// A token is kept for an hour: it is fetched while the reader holds what tests take away again.
for (const permission of AUDIT_READERS) readers.add(permission);
await openVendors(app.config).graph.formerHolders();
for (const permission of AUDIT_READERS) readers.delete(permission);

afterEach(() => {
  organisation.identities = [...seeded];
  delete organisation.verifiedMails;
  delete organisation.hidesVerifiedMails;
  entra.provisioning.length = 0;
  for (const permission of AUDIT_READERS) readers.delete(permission);
  github.users.delete(String(SECOND));
  organisation.members.delete(SECOND);
  renameAccount(github, githubId, githubLogin);
});

const audited = (): void => {
  for (const permission of AUDIT_READERS) readers.add(permission);
};
/** The leaver's row without anything that proves or names a person. */
function blankRow(change: Partial<ExternalIdentity> = {}): void {
  organisation.identities = seeded.map((row) =>
    row.userId === githubId
      ? ({ guid: row.guid, userId: githubId, nameId: '0001', attributes: [], ...change } as ExternalIdentity)
      : row,
  );
}
const noSignOn = (): void => {
  organisation.identities = null;
};
const verified = (...rows: readonly (readonly [id: number, ...mails: readonly string[]])[]): void => {
  organisation.verifiedMails = new Map(rows.map(([id, ...mails]) => [id, mails]));
};
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

async function taken(memory: Memory = NO_MEMORY): Promise<string[]> {
  const { accounts, findings } = await resolve(LEAVER, memory);
  const codes = (all: readonly string[]): string =>
    [...new Set(all.filter((code) => code !== 'W2' && code !== 'W3'))].sort().join(' ');
  return [
    ...accounts.map(
      ({ id, confidence, evidence }) => `${id}: ${codes((evidence ?? []).map(({ code }) => code))} ${confidence}`,
    ),
    ...findings
      .filter(({ kind }) => kind === 'account-of-another')
      .map(({ resource, evidence }) => `${resource.id}: ${codes([evidence.codes].flat().map(String))} contradicted`),
  ];
}

describe('addresses that GitHub verified', () => {
  const situations: readonly (readonly [what: string, arrange: () => void, expected: string, memory?: Memory])[] = [
    [
      'the leaver’s, without single sign-on, which nobody else had',
      () => {
        audited();
        noSignOn();
        verified([githubId, UPN.toUpperCase()]);
      },
      `${githubId}: S2 likely`,
    ],
    [
      'the leaver’s, without single sign-on, whose else it was could not be read',
      () => {
        noSignOn();
        verified([githubId, UPN]);
      },
      `${githubId}: W1 weak`,
    ],
    [
      'the leaver’s, which memory knows as a colleague’s',
      () => {
        audited();
        noSignOn();
        verified([githubId, UPN]);
      },
      `${githubId}: S2 Y3 weak`,
      {
        ...NO_MEMORY,
        names: [
          {
            name: UPN.toLowerCase(),
            oid: ANA.oid as Oid,
            kind: 'sign-on',
            from: '2026-01-01T00:00:00Z',
            to: '2026-02-01T00:00:00Z',
          },
        ],
      },
    ],
    [
      'the leaver’s, on an account whose row says nothing',
      () => {
        audited();
        blankRow();
        verified([githubId, UPN]);
      },
      `${githubId}: S2 likely`,
    ],
    [
      'the leaver’s, on an account that a colleague’s object id signs in to',
      () => {
        audited();
        blankRow({ attributes: entraAttributes(ANA.oid) });
        github.users.add({ id: SECOND, login: 'octo-two', name: 'Octo' });
        organisation.members.add(SECOND);
        verified([githubId, UPN]);
      },
      `${githubId}: W1 X1 contradicted`,
    ],
    [
      'an address of nobody',
      () => {
        audited();
        noSignOn();
        renameAccount(github, githubId, 'octo-unlike');
        verified([githubId, 'someone@firm.example']);
      },
      '',
    ],
  ];
  for (const [what, arrange, expected, memory] of situations) {
    test(`${what}: ${expected || 'nobody’s'}`, async () => {
      arrange();
      assert.equal((await taken(memory)).join(', '), expected);
    });
  }

  test('of two accounts, one each: neither is said to be the leaver’s', async () => {
    audited();
    noSignOn();
    github.users.add({ id: SECOND, login: 'octo-two', name: 'Octo' });
    organisation.members.add(SECOND);
    verified([githubId, UPN], [SECOND, LEAVER.mail ?? '']);
    const { accounts } = await resolve();
    assert.deepEqual(
      accounts.map(({ confidence }) => confidence),
      ['weak', 'weak'],
    );
  });

  test('that GitHub shows the App nobody’s of are a line that says so, and take no account away', async () => {
    noSignOn();
    organisation.hidesVerifiedMails = true;
    const { coverage, accounts } = await resolve();
    const line = coverage.find(({ source }) => source.startsWith('github/verified-mails:'));
    assert.equal(line?.state, 'partial');
    assert.match(line?.detail ?? '', /shows the App no verified mail addresses/);
    assert.deepEqual(
      accounts.map(({ confidence }) => confidence),
      ['weak'],
      'by its login',
    );
  });

  test('are asked for nowhere where every account is proved to be somebody’s', async () => {
    const { coverage } = await resolve();
    assert.deepEqual(
      coverage.map(({ source }) => source),
      [`identity/github:${organisation.login}`],
    );
  });
});

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
