import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import { entraAttributes } from '../../../../local/tenant/github/seeds/seed-people.ts';
import { type Memory, NO_MEMORY } from '../../../../src/people/evidence/remembered.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { LEAVER } from '../accounts-app.ts';
import {
  ANA,
  type FurtherEvidenceWorld,
  githubId,
  SECOND,
  startFurtherEvidence,
  UPN,
} from './further-evidence-world.ts';

let app: FurtherEvidenceWorld['app'];
let github: FurtherEvidenceWorld['github'];
let organisation: FurtherEvidenceWorld['organisation'];
let resolve: FurtherEvidenceWorld['resolve'];
let audited: FurtherEvidenceWorld['audited'];
let blankRow: FurtherEvidenceWorld['blankRow'];
let noSignOn: FurtherEvidenceWorld['noSignOn'];
let taken: FurtherEvidenceWorld['taken'];
let reset: FurtherEvidenceWorld['reset'];
before(async () => {
  ({ app, github, organisation, resolve, audited, blankRow, noSignOn, taken, reset } = await startFurtherEvidence());
});
after(() => app.stop());
afterEach(() => reset());

const verified = (...rows: readonly (readonly [id: number, ...mails: readonly string[]])[]): void => {
  organisation.verifiedMails = new Map(rows.map(([id, ...mails]) => [id, mails]));
};

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
