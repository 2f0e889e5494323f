import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import { sentence } from '../../../src/cases/words/wording.ts';
import { buildReport, type ReportInput } from '../../../src/report/build/build-report.ts';
import type { Report } from '../../../src/report/report.ts';
import { remedyDefinition } from '../../../src/steps/registry.ts';
import { action, emptyCase, finding, OID, part, readBack, verification, withRemedy } from '../sample-case.ts';
import { grant, oneGrant } from './world.ts';

function oneGrantParts(findings: readonly Finding[]): ReportInput['parts'] {
  const parts = emptyCase().parts.map((each) => (each.step === 'consent' ? part('consent', { findings }) : each));
  return parts.map((each) => (each.step === 'verification' ? verification([]) : each));
}

/** A case that stopped: one grant was cut before, another stands, and containment says what became of the person. */
function stoppedCase(because: 'returned' | 'unreadable'): Report {
  const why = because === 'returned' ? 'The account was deleted, and is enabled now.' : 'Entra could not be asked.';
  const left = withRemedy(finding('consent', 'delegated-grant', 'VS Code'));
  const back = finding('containment', 'person-returned', OID, { title: 'Alex came back', reason: why });
  const freed = finding('containment', 'gateway-deny-list', OID, {
    title: 'The gateway lets Alex in again',
    status: 'nothing-to-do',
  });
  const told = because === 'returned' ? [back, freed] : [];
  return buildReport({
    ...emptyCase(),
    parts: emptyCase()
      .parts.filter(({ step }) => step !== 'verification')
      .concat(
        part('containment', { findings: told }),
        part('consent', { findings: [grant, left] }),
        verification([readBack(grant)]),
      ),
    actions: [action(grant)],
    stopped: { because, why },
  });
}

test('of somebody who came back the report says so first, claims nothing to be cut that is not, and tells nobody to cut', () => {
  const { summary, outcome } = stoppedCase('returned');
  assert.equal(outcome, 'attention');
  assert.match(
    summary.headline,
    /^The case stopped, because the person is no leaver any more: The account was deleted, and is enabled now\. Of its plan, 1 remedy had been carried out by then;/,
  );
  assert.doesNotMatch(summary.headline, /everything else/i);
  assert.deepEqual(
    summary.cut.map(({ text }) => text),
    ['1 consent grant revoked: Claude Code.'],
  );
  const next = summary.next.map(({ text }) => text).join('\n');
  assert.match(next, /Look at .*Alex came back\./);
  assert.match(next, /Give back what the case had cut, if the person needs it: 1 finding \(Claude Code\)/);
  assert.doesNotMatch(next, /by hand|Start a case|^Wait/m);
});

test('a case that stopped because nobody could say whether the person still leaves says so, and what to do', () => {
  const { summary, outcome } = stoppedCase('unreadable');
  assert.equal(outcome, 'incomplete');
  assert.match(summary.headline, /^The case stopped, before it was through with its plan: Entra could not be asked\./);
  assert.doesNotMatch(summary.headline, /need(s)? a person/);
  assert.deepEqual(
    summary.next.map(({ text }) => text),
    [
      'Find out whether the person still leaves; if so, start the case again, because it stopped before it was through with its plan. Until then leave alone what else was found: 1 finding.',
    ],
  );
});

test('what is to be decided says what it stops, and what it may stop', () => {
  const impact = [{ what: 'nightly.yml' }, { what: 'report.yml', perhaps: true as const }];
  const found = {
    ...grant,
    status: 'awaiting-decision',
    remedy: { ...grant.remedy, risk: 'disruptive', impact },
  } as const;
  assert.match(
    oneGrant({ found, actions: [] }).summary.next[0]?.text ?? '',
    /^Approve or reject: .* It stops nightly\.yml\. It may stop report\.yml\. Undo: .+\.$/,
  );
});

test('what is to be decided says what its kind may stop where nothing is known to, and what undoes it', () => {
  const found = { ...grant, status: 'awaiting-decision', remedy: { ...grant.remedy, risk: 'disruptive' } } as const;
  const [line] = oneGrant({ found, actions: [] }).summary.next;
  const { impact } = remedyDefinition(grant.remedy.call).words;
  assert.equal(line?.text, `Approve or reject: ${grant.remedy.what} ${impact} Undo: ${sentence(grant.remedy.undo)}`);
});

test('two ways to close one finding are one decision, and what comes afterwards is told with it', () => {
  const first = { ...grant, status: 'awaiting-decision', remedy: { ...grant.remedy, risk: 'disruptive' } } as const;
  const call = {
    kind: 'hand-over-schedule',
    organisation: 'acme',
    repository: 'api',
    workflowId: 1,
    path: 'nightly.yml',
    crons: ['0 2 * * *'],
    expected: { path: 'nightly.yml', runsAs: 2 },
  } as const;
  const closed = { status: 'nothing-to-do', closedWith: grant.id } as const;
  const other = withRemedy(finding('consent', 'another-way', 'Claude Code', closed), {
    risk: 'disruptive',
    what: 'Hand it over.',
    undo: 'Take it back.',
    call,
  });
  const later = withRemedy(finding('consent', 'later', 'Claude Code', closed), {
    risk: 'disruptive',
    what: 'Remove it.',
    undo: 'Nothing brings it back.',
  });
  const told = (findings: readonly Finding[]) => oneGrant({ parts: oneGrantParts(findings), actions: [] }).summary.next;
  const [both, ...rest] = told([first, other]);
  assert.match(
    both?.text ?? '',
    /^Approve one of 2 ways, or reject: \(1\) .+ Undo: .+ \(2\) Hand it over\. .+ Undo: Take it back\.$/,
  );
  assert.deepEqual(both?.findings, [first.id, other.id]);
  assert.ok(!rest.some(({ text }) => text.includes('Hand it over')));
  assert.match(
    told([first, later])[0]?.text ?? '',
    /^Approve or reject: .+ Afterwards, if so decided: Remove it\. .+ Undo: Nothing brings it back\.$/,
  );
});

test('a line about something that a person has to look at begins with what to do', () => {
  const found = finding('consent', 'delegated-grant', 'x', {
    title: 'VS Code may call the gateway',
    reason: 'Ask its owner.',
  });
  const [line] = oneGrant({ found, actions: [] }).summary.next;
  assert.equal(line?.text, 'Ask its owner: VS Code may call the gateway.');
});
