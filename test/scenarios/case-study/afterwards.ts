import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userEvents } from '../../../local/tenant/entra/people/user-event.ts';
import { deliverEvent } from '../support/deliver-event.ts';
import { filedReport } from '../support/fast-stack.ts';
import { gapsIn } from '../support/fault-stack.ts';
import { pictureOf } from '../support/picture.ts';
import { administrator, CASE, casesOfLeaver, github, leaver, PLAN, stack, tenant, told } from './world.ts';

test('one issue in the security repository tells what is left, and the operators’ channel is told once', async () => {
  const { before, after, report } = await told();
  assert.deepEqual([before.issues.length, before.messages], [0, 0]);
  assert.equal(after.issues.length, 1);
  const [issue] = after.issues;
  assert.equal(issue?.repository, github.securityRepository);
  const boxes = issue?.body.split('\n').filter((line) => line.startsWith('- [ ] ')) ?? [];
  assert.equal(boxes.length, report.summary.next.length);
  assert.ok(issue?.body.includes(CASE));
  assert.equal(after.messages, 1);
  assert.match(JSON.stringify(stack.states.teams.messages), new RegExp(CASE));
});

test('the same event again makes no second case, and a later edit of the deleted account neither', async () => {
  await told();
  const event = userEvents(tenant.core)({ changeType: 'updated', userId: leaver.oid });
  assert.deepEqual([await deliverEvent(stack, event), await deliverEvent(stack, event)], [202, 202]);
  assert.deepEqual(await casesOfLeaver(), [CASE, PLAN]);
});

test('restored and deleted again: the next case, which denies at the gateway again and finds the rest of the work done', async () => {
  const { after: before } = await told();
  await administrator.restoreUser(leaver.oid);
  // The event of the restore ends the denial.
  await tenant.core.events.idle();
  await administrator.deleteUser(leaver.oid);
  const next = `${leaver.oid}-3`;
  const report = await filedReport(stack, next);
  assert.deepEqual(
    report.steps.flatMap(({ actions }) => actions).map(({ result, what }) => `${result}: ${what}`),
    ['done: Put the leaver on the gateway’s deny list.'],
  );
  // Their consent to something else is listed, so that they have none to the gateway. Of roles no list shows anything of
  // somebody who is deleted.
  assert.deepEqual(
    gapsIn(report).map(({ source, state }) => `${source} ${state}`),
    ['entra/app-role-assignments partial'],
  );
  assert.equal(report.outcome, 'incomplete');
  const { issues: _, messages: __, ...now } = pictureOf(stack);
  const { issues: ___, messages: ____, ...then } = before;
  assert.deepEqual(now, then);
});
