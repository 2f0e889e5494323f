import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { OUTCOMES } from '../../src/cases/outcome.ts';
import type { Report } from '../../src/report/report.ts';
import { FAULTS, gapsIn, startFaultStack, WORDS } from './support/fault-stack.ts';

/** Without the leaver's GitHub account, federated credentials are compared with nothing. */
const ON_GITHUB =
  /^(github|identity\/github|verification\/(github|asked-again:github)|azure\/(managed-identities|federated-credentials)|entra\/application(s|-credentials))(?![\w-])/;

/** Which sources of the coverage rest on each vendor; every other one must be as complete as without faults. */
const RESTS_ON: Readonly<Record<string, RegExp>> = {
  graph: /^(entra|verification\/(entra|federated-credentials|asked-again:(grants|applications)))(?![\w-])/,
  arm: /^(gateway|azure|log-analytics|verification\/(gateway|federated-credentials|asked-again:identities))(?![\w-])/,
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

for (const [vendor, sources] of Object.entries(RESTS_ON)) {
  describe(`${vendor} answers every call with`, () => {
    // A token that was signed for lives for an hour: only a new process asks the vault.
    if (vendor === 'vault') before(() => faulty.killApp().then(() => faulty.startApp()));
    for (const [faultName, effect] of Object.entries(FAULTS)) {
      test(faultName, async () => {
        const report = await caseUnder([{ vendor, effect }]);
        assert.ok(['incomplete', 'failed'].includes(report.outcome), report.outcome);
        const gaps = gapsIn(report);
        assert.ok(gaps.length > 0);
        for (const { source, detail } of gaps) {
          assert.match(source, sources, `nothing but ${vendor} is in trouble`);
          assert.ok(detail !== undefined && detail.length > 20, source);
        }
        assert.ok(report.summary.notCut.some(({ text }) => gaps.some(({ source }) => text.includes(source))));
        assert.ok(!JSON.stringify(report).includes(WORDS));
        for (const { step, outcome, findings } of report.steps) {
          const usual = undisturbed.steps.find((each) => each.step === step)?.outcome ?? 'clear';
          assert.ok(OUTCOMES.indexOf(outcome) >= OUTCOMES.indexOf(usual), `${step} became better: ${outcome}`);
          for (const { status, remedy, readBack } of findings) {
            if (status === 'done' && remedy !== undefined) assert.equal(readBack?.state, 'gone');
          }
        }
        const denied = states.arm.namedValues.all().some(({ value }) => value.includes(WORLD.leaver.oid));
        assert.equal(denied, vendor !== 'arm', 'the leaver is kept out whatever else is in trouble');
        // Only what somebody did already comes before it.
        const next = report.summary.next.find(({ step }) => step !== 'activity-audit');
        if (vendor === 'arm') assert.match(next?.text ?? '', /deny list.* by hand, now/);
      });
    }
  });
}

describe('teams answers with', () => {
  for (const [faultName, effect] of Object.entries(FAULTS)) {
    test(`${faultName}: the report is none the worse`, async () => {
      const report = await caseUnder([{ vendor: 'teams', effect }]);
      const outcomes = ({ steps }: Report): string[] => steps.map(({ outcome }) => outcome);
      assert.deepEqual(outcomes(report), outcomes(undisturbed));
    });
  }
});
