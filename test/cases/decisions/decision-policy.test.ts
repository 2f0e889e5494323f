import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { withPolicy } from '../../../src/cases/decisions/decision-policy.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { makePlanOf, proceeds } from '../../../src/cases/remedies/plan.ts';
import { RISKS, type Risk } from '../../../src/cases/remedies/remedy.ts';
import { loadConfig, Settings } from '../../../src/config.ts';
import { policyInWords } from '../../../src/doctor/decision-policy.ts';
import { buildReport } from '../../../src/report/build/build-report.ts';
import { REMEDIES, type RemedyKind } from '../../../src/steps/registry.ts';
import {
  action,
  CASE_ID,
  emptyCase,
  finding,
  part,
  readBack,
  verification,
  withRemedy,
} from '../../report/sample-case.ts';

const policyOf = (text: string) => Settings.shape.DECISION_POLICY.parse(text);
const KINDS = REMEDIES.map(({ kind }) => kind);

function ofKind(kind: RemedyKind, risk: Risk): Finding {
  const planned = withRemedy(finding('runner-credentials', kind, `a ${kind}`), { risk });
  return {
    ...planned,
    status: risk === 'safe' ? 'planned' : 'awaiting-decision',
    remedy: { ...planned.remedy, call: { ...planned.remedy.call, kind } },
  };
}

/** From the loosest to the strictest, as a person sees it. */
const STATUSES = ['planned', 'awaiting-decision', 'manual-action'];
const strictness = ({ status }: Pick<Finding, 'status'>): number => STATUSES.indexOf(status);

/** Each policy for a kind, and how strict it makes a remedy of each risk; `-`: as it was. */
const POLICIES: readonly (readonly [policy: string, safe: string, disruptive: string])[] = [
  ['', '-', '-'],
  ['safe=decision', 'awaiting-decision', '-'],
  ['safe=by-hand', 'manual-action', '-'],
  ['disruptive=decision', '-', '-'],
  ['disruptive=by-hand', '-', 'manual-action'],
  ['KIND=decision', 'awaiting-decision', '-'],
  ['KIND=by-hand', 'manual-action', 'manual-action'],
  ['safe=decision,KIND=by-hand', 'manual-action', 'manual-action'],
  ['KIND=decision,safe=by-hand', 'manual-action', '-'],
  ['KIND=by-hand,KIND=decision', 'manual-action', 'manual-action'],
  ['OTHER=by-hand', '-', '-'],
];

for (const [text, ...expected] of POLICIES)
  test(`of every kind of remedy, ${text === '' ? 'no policy' : text} holds back what it says and loosens nothing`, () => {
    for (const [at, kind] of KINDS.entries()) {
      const other = KINDS[(at + 1) % KINDS.length] ?? kind;
      const policy = policyOf(text.replaceAll('KIND', kind).replaceAll('OTHER', other));
      for (const [index, risk] of RISKS.entries()) {
        const before = ofKind(kind, risk);
        const [after] = withPolicy([before], policy);
        const wanted = expected[index];
        assert.ok(after?.remedy && wanted);
        assert.equal(after.status, wanted === '-' ? before.status : wanted, `${kind} ${risk}`);
        assert.ok(strictness(after) >= strictness(before));
        if (wanted === '-') assert.deepEqual(after, before);
        else assert.match(after.reason, /DECISION_POLICY says .+=(decision: a person decides|by-hand: the app never)/);
        // The plan says the same: what is not merely planned does not go by itself.
        const [planned] = makePlanOf(CASE_ID, [after]).remedies;
        assert.ok(planned);
        const goes = proceeds({ remedyId: planned.remedy.id, risk: planned.remedy.risk });
        assert.equal(goes, after.status === 'planned');
      }
    }
  });

test('what is no word of the setting stops the app, and there is none that loosens', () => {
  for (const wrong of ['safe', 'safe=', 'safe=automatic', 'disruptive=safe', 'everything=decision', 'safe=decision=no'])
    assert.throws(() => loadConfig({ DECISION_POLICY: wrong }), /DECISION_POLICY/, wrong);
  assert.deepEqual(policyOf(' safe=decision , delete-variable=by-hand,'), [
    { about: 'safe', how: 'decision' },
    { about: 'delete-variable', how: 'by-hand' },
  ]);
});

test('the doctor tells each rule in words', () => {
  assert.deepEqual(
    policyInWords(policyOf('safe=decision,delete-variable=by-hand')).map(({ detail }) => detail),
    [
      'Remedies that are safe wait for a person’s decision.',
      'Remedies of the kind delete-variable are never carried out by the app: a person does them by hand.',
    ],
  );
});

test('a report says by which rule a remedy waits, and what was cut before the rule was made stays cut', () => {
  const grants = ['one', 'two'].map((id) => withRemedy(finding('consent', 'gateway-grant', id)));
  const [cut, found] = grants;
  assert.ok(cut && found);
  for (const [text, status] of [
    ['safe=decision', 'awaiting-decision'],
    ['delete-delegated-grant=by-hand', 'manual-action'],
  ] as const) {
    const plan = { ...makePlanOf(CASE_ID, grants), policy: policyOf(text) };
    const input = emptyCase({ plan, actions: [action(cut)] });
    const parts = [
      ...input.parts.filter(({ step }) => step !== 'consent' && step !== 'verification'),
      part('consent', { findings: grants }),
      verification([readBack(cut)]),
    ];
    const { steps, outcome } = buildReport({ ...input, parts });
    const told = steps.flatMap((step) => step.findings);
    assert.equal(told.find(({ id }) => id === cut.id)?.status, 'done');
    const waits: Finding | undefined = told.find(({ id }) => id === found.id);
    assert.deepEqual([waits?.status, outcome], [status, 'attention'], waits?.reason);
    assert.ok(waits?.reason.includes(`DECISION_POLICY says ${text}`));
  }
});

test('docs/operations/decisions.md lists every kind that a rule can name', () => {
  const page = readFileSync(new URL('../../../docs/operations/decisions.md', import.meta.url), 'utf8');
  const [, listed = ''] = /^The kinds: (.+)\.$/m.exec(page) ?? [];
  assert.deepEqual(listed.replaceAll('`', '').split(', ').sort(), [...KINDS].sort());
});
