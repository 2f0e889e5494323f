import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeredHits, judgeHits } from '../../../src/posture/alerts/alert-hits.ts';
import type { Alert, Hit } from '../../../src/posture/readings/calls/alerts.ts';
import { AT, alert, hit, inHours } from './alerts-world.ts';

const { server: _, ...everywhere } = hit();
const { suppressed: __, ...silent } = alert({ id: '/alerts/silent' });
const { dimensions: ___, ...nameless } = alert({ id: '/alerts/nameless' });
const kept = alert({ id: '/alerts/kept', suppressed: true });

test('what became of each thing is told once, with the alert that is about it', () => {
  const named = ['told', 'kept', 'silent', 'untold', 'new'].map((caller) => hit({ caller }));
  const [told, suppressed, unsure, untold] = named as [Hit, Hit, Hit, Hit];
  const about = (each: Alert, caller: string): Alert => ({
    ...each,
    dimensions: { caller, server: 'files', since: hit().when },
  });
  const list = [about(alert(), 'told'), about(kept, 'kept'), about(silent, 'silent')];
  const late = hit({ caller: 'new', due: inHours(0) });
  assert.deepEqual(judgeHits([told, suppressed, unsure, untold, late], list, AT), {
    ...{ told: [list[0]], untold: [untold], suppressed: [{ hit: suppressed, alert: list[1] }], unsure: [unsure] },
    passedOver: 1,
  });
});

test('of several alerts about one thing the first that told somebody counts', () => {
  const first = alert({ id: '/alerts/first', startedAt: inHours(-4.8) });
  const situations: readonly (readonly [string, readonly Alert[], kind: string, id: string | undefined])[] = [
    ['two that told', [alert(), first], 'told', '/alerts/first'],
    ['one that was kept, and one of which nobody knows', [kept, silent], 'unsure', undefined],
    [
      'two that were kept',
      [kept, { ...kept, id: '/alerts/earlier', startedAt: inHours(-4.9) }],
      'suppressed',
      '/alerts/earlier',
    ],
    [
      'one of somebody else, and one of nobody',
      [alert({ dimensions: { caller: 'sam' } }), nameless],
      'unsure',
      undefined,
    ],
    ['one of nobody that began with it', [{ ...nameless, startedAt: hit().first }], 'unsure', undefined],
    ['one of another that was not told', [{ ...kept, dimensions: { caller: 'sam' } }], 'untold', undefined],
  ];
  for (const [what, alerts, kind, id] of situations) {
    const [answered] = answeredHits([hit()], alerts, AT);
    assert.deepEqual([answered?.kind, answered?.alert?.id], [kind, id], what);
  }
});

test('an alert is about what it names: the caller, the hour, the night or the ten minutes, and the server where there is one', () => {
  const { when } = hit();
  const situations: readonly (readonly [Hit, Readonly<Record<string, string>>, told: boolean])[] = [
    [everywhere, { caller: 'ALEX', since: when }, true],
    [everywhere, { caller: 'alex', hour: when }, true],
    [everywhere, { caller: 'alex', night: when }, true],
    [everywhere, { caller: 'alex', hour: 'another', night: when, since: when }, false],
    [everywhere, { caller: 'alex', night: 'another', since: when }, false],
    [everywhere, { caller: 'alex' }, false],
    [everywhere, { since: when }, false],
    [hit(), { caller: 'alex', since: when }, false],
    [hit(), { caller: 'alex', since: when, server: 'Files' }, true],
  ];
  for (const [each, dimensions, told] of situations)
    assert.equal(
      answeredHits([each], [alert({ dimensions })], AT)[0]?.kind === 'told',
      told,
      JSON.stringify(dimensions),
    );
});

test('an alert has an hour to come, and after thirty days but an hour nobody looks for it', () => {
  const looked = (more: Partial<Hit>): boolean => answeredHits([hit(more)], [], AT).length === 1;
  assert.deepEqual([looked({ due: inHours(-1) }), looked({ due: inHours(-0.9) })], [true, false]);
  const month = -30 * 24;
  assert.deepEqual([looked({ first: inHours(month + 1) }), looked({ first: inHours(month + 0.9) })], [true, false]);
});
