import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Stack } from '../../local/stack.ts';
import { coveringForm } from '../support/short-form.ts';
import { type Firm, personOf } from '../truth/firm/firm.ts';
import { plant } from '../truth/firm/plant.ts';
import type { Violation } from '../truth/oracle/judge.ts';
import { deniedIn } from '../truth/oracle/rows.ts';
import { telling } from '../truth/oracle/telling.ts';
import { type FirmRun, openCase, runFirm } from '../truth/run-firm.ts';
import { startTruthStack } from '../truth/truth-stack.ts';
import { firmWith } from './base-firm.ts';
import { kindsOf } from './kinds.ts';
import type { Situation, Situations } from './situation.ts';

/**
 * Runs tables of situations over one stack, which takes as long to start as three cases: each situation alone in its
 * firm, and those that share a firm over one case.
 */
export function runSituations(tables: Readonly<Record<string, Situations>>): void {
  let stack: Stack;
  before(async () => {
    stack = await startTruthStack();
  });
  after(() => stack.stop());
  const all = Object.values(tables);
  const shared = all.flatMap(({ together = [] }) => together.flatMap(({ situations }) => situations));
  // Each takes a case of its own. In the short form the fewest of all these tables that have every kind of them.
  const run = new Set(
    coveringForm(
      all.flatMap(({ alone }) => alone),
      kindsOf,
      shared.flatMap(kindsOf),
    ),
  );
  for (const [name, { alone, together = [] }] of Object.entries(tables))
    describe(name, () => runTable(() => stack, { alone: alone.filter((each) => run.has(each)), together }));
}

function runTable(stack: () => Stack, { alone, together = [] }: Situations): void {
  for (const situation of alone) {
    test(situation.name, todoOf(situation), async () => {
      const firm = firmWith(situation);
      if (situation.refused === true) await assertRefused(stack(), firm);
      else {
        assertTold(situation, await runFirm(stack(), firm, situation));
        const { afterwards } = situation;
        if (afterwards !== undefined) assert.ok(afterwards[1](stack()), afterwards[0]);
      }
    });
  }
  for (const { name, situations, ...about } of together) {
    describe(name, () => {
      let firm: Firm;
      let run: FirmRun;
      before(async () => {
        firm = firmWith({ ...about, items: situations.flatMap(({ items = [] }) => items) });
        run = await runFirm(stack(), firm);
      });
      for (const situation of situations) {
        test(situation.name, todoOf(situation), () => assertTold(situation, of(run, situation)));
      }
      test('nobody else is touched, and nothing else is wrong', () => {
        const keys = situations.flatMap(({ items = [] }) => items.map(({ key }) => key));
        assert.deepEqual(
          run.violations.filter(({ kind, item }) => kind !== 'unsaid-residual' && !keys.includes(item ?? '')),
          [],
        );
      });
    });
  }
}

const todoOf = ({ todo }: Situation): { readonly todo?: string } => (todo === undefined ? {} : { todo });

/** What a shared case says about the items of one situation. */
function of(run: FirmRun, { items = [] }: Situation): FirmRun {
  const keys = items.map(({ key }) => key);
  return {
    ...run,
    violations: run.violations.filter(({ kind, item }) => kind === 'broke' || keys.includes(item ?? '')),
  };
}

function assertTold(situation: Situation, run: FirmRun): void {
  const { report } = run;
  const residuals = ({ kind }: Violation): boolean => kind === 'unsaid-residual';
  assert.deepEqual(situation.residual ? run.violations : run.violations.filter((each) => !residuals(each)), []);
  assert.ok(report !== undefined);
  for (const key of situation.ends ?? []) assert.ok(run.touched.includes(key), `${key} is not ended`);
  for (const key of situation.alive ?? []) assert.ok(run.living.includes(key), `${key} is not alive`);
  for (const key of situation.told ?? []) {
    const own = run.paths.filter(({ item }) => item.key === key);
    assert.ok(own.length > 0, `${key} is not alive, so that there is nothing to tell`);
    for (const path of own) assert.ok(telling(report, path).length > 0, `no finding tells: ${path.what}`);
  }
  if (situation.says !== undefined) assert.ok(situation.says[1](report), situation.says[0]);
}

/** Whom the product must not take for a leaver. */
async function assertRefused(stack: Stack, firm: Firm): Promise<void> {
  plant(stack.states, firm, stack.tenant.core.now());
  const opened = await openCase(stack, firm);
  const { oid } = personOf(firm, firm.leaver);
  assert.ok(opened.status >= 400, `POST /api/cases answered ${opened.status}`);
  assert.equal(deniedIn(stack.states).has(oid), false, 'the gateway refuses it');
}
