/**
 * Tells the cases of the snapshot and prints their reports as one line of JSON. Runs in a process of its own, whose
 * clock was moved to `at`: `node told-cases.ts <at>`. One stack for all of them; the tokens are the same in every run, and
 * so are the calls of the log, however long the machine took to come this far.
 */
import { createHash } from 'node:crypto';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { filedReport, startFastStack } from '../../scenarios/support/fast-stack.ts';
import { rewinder } from '../../scenarios/support/rewind.ts';

const at = Date.parse(process.argv[2] ?? '');
const { oid } = WORLD.leaver;
const stack = await startFastStack({
  mint: makeTokenMint({ bytes: sameBytes(), now: () => at }),
  now: new Date(at),
});
try {
  const rewind = rewinder(stack);

  await stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid, reason: 'A look before HR acts', mode: 'plan' }),
  });
  const plan = await filedReport(stack, `${oid}-1`);

  await stack.administrator.deleteUser(oid);
  const applied = await filedReport(stack, `${oid}-2`);

  rewind();
  await stack.administrator.restoreUser(oid);
  await stack.tenant.core.events.idle();
  stack.tenant.faults.add({ vendor: 'github', effect: { kind: 'answer', status: 500 } });
  await stack.administrator.deleteUser(oid);
  const inTrouble = await filedReport(stack, `${oid}-3`);

  process.stdout.write(`${JSON.stringify({ plan, applied, 'github-in-trouble': inTrouble })}\n`);
} finally {
  await stack.stop();
}

/** Bytes that look random and are the same in every run. */
function sameBytes(): (count: number) => Buffer {
  let drawn = 0;
  return (count) => {
    const blocks = Array.from({ length: Math.ceil(count / 32) }, () => {
      drawn += 1;
      return createHash('sha256').update(`block ${drawn}`).digest();
    });
    return Buffer.concat(blocks).subarray(0, count);
  };
}
