/**
 * Loaded before a test file (run-tests.ts). Node's test runner follows every promise of the process with an async hook, to
 * tell which test an error that nobody caught belongs to; where the app and a tenant run in that process, it is a tenth of
 * the processor time. Without it such an error still fails the run, under the name of its file and with its message;
 * `node --test <file>` names the test.
 */
import { createHook } from 'node:async_hooks';

const hooks = Object.getPrototypeOf(createHook({})) as { enable(): unknown };
const { enable } = hooks;

hooks.enable = function (this: object): unknown {
  const isOfRunner = /node:internal\/test_runner\//.test(new Error('who asks').stack ?? '');
  return isOfRunner ? this : enable.call(this);
};
