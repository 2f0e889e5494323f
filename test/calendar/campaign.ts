/**
 * The slow form of `other-days.test.ts`: every day of `days.ts`, one after the other.
 * `npm run test:calendar -- --only 2028` runs those whose line contains the text.
 */
import { parseArgs } from 'node:util';
import { DAYS } from './days.ts';
import { onDay } from './on-day.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
let passed = 0;
let failed = 0;
for (const day of DAYS) {
  const name = `${day.at}${day.zone === undefined ? '' : ` ${day.zone}`}: ${day.why}`;
  if (!name.includes(values.only)) continue;
  const started = performance.now();
  const { ok, output } = await onDay(day);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(`${ok ? '✔' : '✖'} ${name} (${seconds} s)\n${ok ? '' : output}`);
  if (ok) passed += 1;
  else failed += 1;
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
