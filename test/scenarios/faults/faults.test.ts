import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Fault, FaultEffect } from '../../../local/tenant/core/faults.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { isGap } from '../../../src/cases/coverage/coverage.ts';
import { OUTCOMES } from '../../../src/cases/outcome.ts';
import type { Report } from '../../../src/report/report.ts';
import { eitherForm } from '../../support/short-form.ts';
import { FAULTS, gapsIn, startFaultStack, WORDS } from '../support/fault-stack.ts';

/** Without the leaver's GitHub account, federated credentials are compared with nothing. */
const ON_GITHUB =
  /^(github|identity\/github|verification\/(github|asked-again:github)|azure\/(managed-identities|federated-credentials)|entra\/application(s|-credentials))(?![\w-])/;

/** Which sources of the coverage rest on each vendor; every other one must be as complete as without faults. */
const RESTS_ON: Readonly<Record<string, RegExp>> = {
  graph: /^(entra|verification\/(entra|federated-credentials|asked-again:(grants|applications|entra)))(?![\w-])/,
  arm: /^(gateway|azure|log-analytics|verification\/(gateway|federated-credentials|asked-again:(identities|azure|gateway)))(?![\w-])/,
  github: ON_GITHUB,
  vault: ON_GITHUB,
  devops: /^(azure-devops|identity\/azure-devops|verification\/(azure-devops|asked-again:azure-devops))(?![\w-])/,
  logs: /^log-analytics(?![\w-])/,
};

const faulty = await startFaultStack();
const { caseUnder, states } = faulty;
let undisturbed: Report;
after(() => faulty.stop());
before(async () => {
  undisturbed = await caseUnder([]);
});

test('without faults every source is complete, and the case needs nothing but people', () => {
  assert.deepEqual(gapsIn(undisturbed), []);
  assert.equal(undisturbed.outcome, 'attention');
});

/** Vendors on which no source rests together: trouble of one kind meets all of them in one case. */
const APART = ['vault', 'devops', 'logs', 'teams'];
const ALONE = '403 Forbidden';

type Trouble = readonly [faultName: string, vendors: readonly string[]];
const LARGE = ['graph', 'arm', 'github'];

/** Which vendors are in trouble at once. */
const TROUBLES: readonly Trouble[] = [
  // Until GitHub is read for the first time no token was signed for, which would serve for an hour: the vault's come first.
  ...Object.keys(FAULTS).flatMap((name) => (name === ALONE ? [] : [[name, APART] as const])),
  ...APART.map((vendor) => [ALONE, [vendor]] as const),
  ...LARGE.flatMap((vendor) => Object.keys(FAULTS).map((name) => [name, [vendor]] as const)),
];

/** Of each of these, sources of other names tell than of the rest, so that one refusal meets all of them. */
const REFUSED_TOGETHER = [['vault', 'arm'], [...APART.filter((vendor) => vendor !== 'vault'), 'graph'], ['github']];

/**
 * In the short form the large vendors take turns, each with those on which nothing of its own rests, so that each kind of
 * trouble still meets every small vendor. The vault keeps what GitHub rests on, and stands in for it in GitHub’s turns.
 */
const IN_TURNS: readonly Trouble[] = Object.keys(FAULTS)
  .flatMap((name, index): Trouble[] => {
    if (name === ALONE) return REFUSED_TOGETHER.map((vendors) => [name, vendors]);
    const large = LARGE[index % LARGE.length] ?? '';
    return [[name, [...APART.filter((vendor) => vendor !== 'vault' || large !== 'github'), large]]];
  })
  .sort(([, some], [, others]) => Number(others.includes('vault')) - Number(some.includes('vault')));

describe('every call is answered with', () => {
  // Only a new process asks the vault.
  before(() => faulty.killApp().then(() => faulty.startApp()));
  for (const [faultName, vendors] of eitherForm(TROUBLES, IN_TURNS)) {
    test(`${faultName}: ${vendors.join(', ')}`, async () => {
      const effect = FAULTS[faultName];
      assert.ok(effect !== undefined);
      const report = await caseUnder(vendors.map((vendor) => ({ vendor, effect })));
      const sources = vendors.flatMap((vendor) => RESTS_ON[vendor] ?? []);
      const gaps = gapsIn(report);
      if (sources.length > 0) assert.ok(['incomplete', 'failed'].includes(report.outcome), report.outcome);
      // What passes is read again by itself; a refusal does not pass.
      if (sources.length > 0 && !faultName.startsWith('404'))
        assert.equal(report.case.readAgainAt !== undefined, faultName !== ALONE, 'read again by itself');
      for (const of of sources)
        assert.ok(
          gaps.some(({ source }) => of.test(source)),
          String(of),
        );
      for (const { source, detail } of gaps) {
        assert.ok(
          sources.some((of) => of.test(source)),
          `nothing but ${vendors.join(', ')} is in trouble: ${source}`,
        );
        assert.ok(detail !== undefined && detail.length > 20, source);
      }
      for (const of of sources) {
        const its = gaps.filter(({ source }) => of.test(source));
        assert.ok(report.summary.notCut.some(({ text }) => its.some(({ source }) => text.includes(source))));
      }
      // Why GitHub refuses is told in its own words, short and redacted; of nobody else does free text get in.
      if (!vendors.includes('github') || faultName !== '403 Forbidden')
        assert.ok(!JSON.stringify(report).includes(WORDS));
      for (const { step, outcome, findings, coverage } of report.steps) {
        const usual = undisturbed.steps.find((each) => each.step === step)?.outcome ?? 'clear';
        assert.ok(OUTCOMES.indexOf(outcome) >= OUTCOMES.indexOf(usual), `${step} became better: ${outcome}`);
        // Teams is told when the report is filed: no step is the worse for it, and neither for what does not concern it.
        if (vendors.includes('teams') && !coverage.some(isGap)) assert.equal(outcome, usual, step);
        for (const { status, remedy, readBack } of findings) {
          if (status === 'done' && remedy !== undefined) assert.equal(readBack?.state, 'gone');
        }
      }
      const denied = states.arm.namedValues.all().some(({ value }) => value.includes(WORLD.leaver.oid));
      assert.equal(denied, !vendors.includes('arm'), 'the leaver is kept out whatever else is in trouble');
      // Only what somebody did already comes before it.
      const next = report.summary.next.find(({ step }) => step !== 'activity-audit');
      if (vendors.includes('arm'))
        assert.match(next?.text ?? '', /^See to it by hand.*deny list.*at the very end of the named value/);
    });
  }
});

/** Changes the rows of a list, whichever way the vendor wraps them. */
function rowsThrough(change: (rows: readonly unknown[]) => readonly unknown[]): FaultEffect {
  const alter = (body: unknown): unknown => {
    const { value } = Object(body) as { readonly value?: unknown };
    return Array.isArray(value) ? { ...Object(body), value: change(value) } : body;
  };
  return { kind: 'alter', alter };
}

const isLeavers = (row: unknown): boolean =>
  JSON.stringify(row ?? null).includes(WORLD.leaver.oid) || JSON.stringify(row ?? null).includes('alex.moreau');
const withoutLeaver = rowsThrough((rows) => rows.filter((row) => !isLeavers(row)));
const withOddRow = rowsThrough((rows) => [...rows, 7]);

/** Answers that sound like success: 200, and not all that there is. Each says which lines have to tell. */
const LIES: readonly (readonly [name: string, faults: readonly Fault[], told: readonly string[]])[] = [
  [
    'lists without the leaver’s rows, of the kind that is asked first',
    [
      { vendor: 'graph', path: /filter=(resourceId|clientId)/, effect: withoutLeaver },
      { vendor: 'graph', path: /appRoleAssignedTo\?(?!.*count)/, effect: withoutLeaver },
      { vendor: 'devops', path: /graph\/users/, effect: withoutLeaver },
      { vendor: 'devops', path: /subjectquery/, effect: { kind: 'answer', status: 400 } },
    ],
    ['entra/grant-cross-check', 'entra/app-role-assignments', 'identity/azure-devops:northwind'],
  ],
  [
    'a row of an odd shape in every list',
    ['graph', 'arm', 'devops'].map((vendor) => ({ vendor, method: 'GET', path: /\?/, effect: withOddRow })),
    [
      'entra/delegated-grants:to-gateway',
      'entra/app-role-assignments',
      'entra/application-credentials',
      `azure/managed-identities:${WORLD.subscriptions.platform}`,
      `azure/federated-credentials:${WORLD.subscriptions.platform}`,
      'azure/other-subscriptions',
      'azure-devops/agents:northwind',
      'azure-devops/pipeline-variables:northwind',
      'azure-devops/variable-groups:northwind',
      'azure-devops/tokens:northwind',
    ],
  ],
];

describe('an answer that sounds like success is not taken for all there is:', () => {
  const expectGaps = (report: Report, told: readonly string[]): void => {
    assert.ok(['incomplete', 'failed'].includes(report.outcome), report.outcome);
    const gaps = new Set(gapsIn(report).map(({ source }) => source));
    assert.deepEqual(
      told.filter((source) => !gaps.has(source)),
      [],
    );
  };
  for (const [name, faults, told] of LIES) {
    test(name, async () => {
      expectGaps(await caseUnder(faults), told);
    });
  }

  test('lists of several pages whose second one is empty', async () => {
    states.entra.switches.largestPage = 2;
    states.arm.pageSize = 2;
    states.devops.behaviour.pageSize = 1;
    for (const switches of [states.entra.switches, states.arm, states.devops.behaviour]) switches.pages = 'empty-page';
    try {
      expectGaps(await caseUnder([]), [
        'entra/app-role-assignments',
        'entra/application-credentials',
        `azure/managed-identities:${WORLD.subscriptions.platform}`,
        'azure-devops/pipeline-variables:northwind',
        'azure-devops/variable-groups:northwind',
      ]);
    } finally {
      states.entra.switches.largestPage = 999;
      states.arm.pageSize = 20;
      states.devops.behaviour.pageSize = 1_000;
      for (const switches of [states.entra.switches, states.arm, states.devops.behaviour]) switches.pages = 'honest';
    }
  });
});
