import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { DirectoryAuditRow } from '../../../local/tenant/entra/state/state-logs.ts';
import type { Planted, plantWorkload } from '../../support/plant-workload.ts';
import {
  ana,
  ben,
  type DiscoverWorkloadsWorld,
  gaps,
  leaver,
  startDiscoverWorkloads,
  told,
} from './discover-workloads-world.ts';

let state: DiscoverWorkloadsWorld['state'];
let app: DiscoverWorkloadsWorld['app'];
let plant: DiscoverWorkloadsWorld['plant'];
let discover: DiscoverWorkloadsWorld['discover'];
let prepare: DiscoverWorkloadsWorld['prepare'];
before(async () => {
  ({ state, app, plant, discover, prepare } = await startDiscoverWorkloads());
});
after(() => app.stop());
beforeEach(() => prepare());

const WITH_ROLE = ['application-credential critical awaiting-decision', 'workload-role critical awaiting-decision'];

/** What the leaver has to do with an application, and what the case says of it. */
const SITUATIONS: readonly (readonly [name: string, planted: Planted, findings: readonly string[]])[] = [
  [
    'somebody else’s, with a secret of nobody known',
    { name: 'app', role: 'own', owners: [ben.oid], secrets: [{ by: 'nobody' }] },
    [],
  ],
  [
    'the leaver added a secret and owns nothing',
    { name: 'app', role: 'own', owners: [ben.oid], secrets: [{ by: leaver }] },
    WITH_ROLE,
  ],
  [
    'the same without a role',
    { name: 'app', owners: [ben.oid], secrets: [{ by: leaver }] },
    ['application-credential medium awaiting-decision'],
  ],
  [
    'the role comes by a group',
    { name: 'app', role: 'by group', owners: [ben.oid], secrets: [{ by: leaver }] },
    ['application-credential critical awaiting-decision', 'workload-role critical manual-action'],
  ],
  [
    'the secret has expired',
    { name: 'app', role: 'own', owners: [ben.oid], secrets: [{ by: leaver, expired: true }] },
    [],
  ],
  [
    'a certificate',
    { name: 'app', owners: [ben.oid], certificates: [{ by: leaver }] },
    ['application-credential medium manual-action'],
  ],
  [
    'the leaver owns it with another, who added the secret',
    { name: 'app', role: 'own', owners: [leaver, ben.oid], secrets: [{ by: ben.oid }] },
    ['application-owner high planned'],
  ],
  [
    'the leaver owns it alone, and nobody knows who added the secret',
    { name: 'app', role: 'own', owners: [leaver], secrets: [{ by: 'nobody' }] },
    [
      'application-credentials-perhaps high manual-action',
      'application-owner high awaiting-decision',
      'workload-role high awaiting-decision',
    ],
  ],
  [
    'the leaver owns the service principal alone',
    { name: 'app', owners: [ben.oid], principalOwners: [leaver] },
    ['application-owner low awaiting-decision'],
  ],
  [
    'the other owner is not in the directory',
    { name: 'app', owners: [leaver, 'dddddddd-0000-4000-8000-000000000001'] },
    ['application-owner low awaiting-decision'],
  ],
  [
    'a managed identity whose service principal the leaver owns',
    { name: 'app', role: 'own', managedIdentity: true, principalOwners: [leaver, ben.oid] },
    ['application-owner high planned', 'workload-role high awaiting-decision'],
  ],
  [
    'a secret named after the leaver',
    {
      name: 'app',
      role: 'own',
      owners: [ben.oid],
      secrets: [{ name: 'alex-moreau-laptop', by: 'nobody' }, { by: 'nobody' }],
    },
    ['application-credentials-perhaps high manual-action', 'workload-role high awaiting-decision'],
  ],
  [
    'one named after the leaver that another added',
    { name: 'app', role: 'own', owners: [ben.oid], secrets: [{ name: 'alex-moreau-laptop', by: ana.oid }] },
    [],
  ],
];

describe('an application, by whose it is', () => {
  for (const [name, what, findings] of SITUATIONS) {
    test(name, async () => {
      plant(what);
      const result = await discover();
      const tokens = findings.some((line) => line.startsWith('workload-role'))
        ? ['workload-tokens medium awaiting-decision']
        : [];
      assert.deepEqual(told(result), [...findings, ...tokens].sort());
      assert.deepEqual(gaps(result), []);
    });
  }
});

describe('who added a secret, by the audit log', () => {
  const UPDATE = 'Update application – Certificates and secrets management ';
  /** A row about the keys of an application. */
  const row = (
    { application }: ReturnType<typeof plantWorkload>,
    by: string,
    {
      daysAgo = 5,
      before = 'not-told',
      activity = UPDATE,
    }: {
      readonly daysAgo?: number;
      readonly before?: DirectoryAuditRow['before'];
      readonly activity?: string;
    } = {},
  ): void => {
    const all = (application.passwordCredentials ?? []).map(({ keyId }) => `[KeyIdentifier=${keyId},KeyType=Password]`);
    state.directoryAudits.push({
      id: `Directory_${application.id}_${by}_${daysAgo}`,
      activityDateTime: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
      activityDisplayName: activity,
      initiatedBy: by,
      targetType: 'Application',
      targetId: application.id,
      property: 'KeyDescription',
      before,
      after: all,
    });
  };

  for (const secrets of [[{ by: ben.oid }, { by: ana.oid }], [{ by: ben.oid }]]) {
    test(`a row without what was there before makes nobody the author of ${secrets.length}`, async () => {
      row(plant({ name: 'app', owners: [ben.oid], secrets }), leaver);
      assert.deepEqual(told(await discover()), []);
    });
  }

  test('but of an activity that only adds, where it names a single one', async () => {
    const activity = 'Add service principal credentials';
    row(plant({ name: 'one', owners: [ben.oid], secrets: [{ by: 'nobody' }] }), leaver, { activity });
    assert.deepEqual(told(await discover()), ['application-credential medium awaiting-decision']);
    row(plant({ name: 'two', owners: [ben.oid], secrets: [{ by: ana.oid }, { by: ben.oid }] }), leaver, { activity });
    assert.deepEqual(told(await discover()), ['application-credential medium awaiting-decision']);
  });

  test('such a row of the leaver’s leaves secrets without another author to a person', async () => {
    row(plant({ name: 'app', owners: [ben.oid], secrets: [{ by: 'nobody' }, { by: 'nobody' }] }), leaver);
    assert.deepEqual(told(await discover()), ['application-credentials-perhaps medium manual-action']);
  });

  for (const [first, again] of [
    [leaver, ben.oid],
    [ben.oid, leaver],
  ] as const) {
    for (const daysAgo of [5, 15]) {
      test(`of two authors a person decides: ${first === leaver ? 'the leaver' : 'a colleague'}, and a row ${daysAgo} days old`, async () => {
        row(plant({ name: 'app', owners: [ben.oid], secrets: [{ by: first }] }), again, { daysAgo, before: [] });
        assert.deepEqual(told(await discover()), ['application-credentials-perhaps medium manual-action']);
      });
    }
  }

  test('of two rows of the leaver’s the earlier tells when', async () => {
    row(plant({ name: 'app', owners: [ben.oid], secrets: [{ by: leaver }] }), leaver, { daysAgo: 20, before: [] });
    const [finding] = (await discover()).findings;
    assert.equal(finding?.kind, 'application-credential');
    const age = Date.now() - Date.parse(String(finding.evidence.addedAt));
    assert.equal(Math.round(age / 86_400_000), 20);
  });

  test('a secret that two others added is none of the leaver’s, who owns the application', async () => {
    row(plant({ name: 'app', owners: [leaver, ben.oid], secrets: [{ by: ben.oid }] }), ana.oid, { before: [] });
    assert.deepEqual(told(await discover()), ['application-owner low planned']);
  });
});
