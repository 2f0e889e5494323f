import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseLink, denialLink, findingLink, postureLink } from '../../../src/cases/words/console-link.ts';

test('the console is linked where a setting says where it is, and nowhere else', () => {
  const at = 'https://x.example/console';
  assert.equal(findingLink(caseLink(at, 'c-1') ?? '', 'F-1'), `${at}/#/cases/c-1?finding=F-1`);
  assert.equal(postureLink(at, 'r'), `${at}/#/posture/r`);
  assert.equal(denialLink(at, 'o'), `${at}/#/denied/o`);
  for (const link of [caseLink, postureLink, denialLink]) assert.equal(link(undefined, 'x'), undefined);
});
