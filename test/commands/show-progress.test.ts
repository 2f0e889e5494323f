import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProgress } from '../../local/telling/show-progress.ts';
import { NOT_KNOWN, type SourceProgress } from '../../src/cases/progress.ts';

const repositories = {
  source: 'github/repositories:acme',
  step: 'runner-credentials',
  unit: 'repositories',
} as const;

function shown(progress: Omit<SourceProgress, 'source' | 'step' | 'unit'>): string {
  const written: string[] = [];
  const write = (text: string): number => written.push(text);
  const screen = { isTTY: true, write, moveCursor: () => true, clearLine: () => true };
  makeProgress(screen, true).show({ 'runner-credentials': 'running' }, [{ ...repositories, ...progress }]);
  return written.find((line) => line.includes('runner-credentials')) ?? '';
}

test('a terminal shows how many of how many are read, and when that ends where it is known', () => {
  assert.match(
    shown({ done: 100, of: 500, ends: '2026-11-29T05:46:00.000Z' }),
    /running, 100 of 500 repositories until about 05:46 UTC\n$/,
  );
  assert.match(shown({ done: 0, of: 500, ends: NOT_KNOWN }), /running, 0 of 500 repositories\n$/);
  assert.match(shown({ done: 500, of: 500 }), /running, 500 of 500 repositories\n$/);
  assert.match(shown({ done: 0, of: NOT_KNOWN, ends: NOT_KNOWN }), /running, repositories: not known yet\n$/);
});

test('the end of the whole case has a line of its own, and is not known until it can be', () => {
  const lineOf = (ends?: string): string => {
    const written: string[] = [];
    const write = (text: string): number => written.push(text);
    const screen = { isTTY: true, write, moveCursor: () => true, clearLine: () => true };
    makeProgress(screen, true).show({ 'runner-credentials': 'running' }, [], ends);
    return written.at(-1) ?? '';
  };
  assert.equal(lineOf('2026-11-29T05:46:00.000Z').trim(), 'all of it read: about 05:46 UTC');
  assert.equal(lineOf(NOT_KNOWN).trim(), 'all of it read: not known yet');
  assert.equal(lineOf().trim(), '');
});
