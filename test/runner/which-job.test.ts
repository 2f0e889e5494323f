import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { test } from 'node:test';
import type { Disk } from '../../runner/look/disk.ts';
import { whoIs } from '../../runner/who.ts';

const diskOf = (file: string): Disk => ({
  read: (asked) =>
    asked === `/r/${file}` ? { state: 'read', bytes: Buffer.from('{"agentName":"one"}') } : { state: 'absent' },
  list: () => 'absent',
  real: (folder) => folder,
});
const jobOf = (file: '.runner' | '.agent', env: Readonly<Record<string, string>>): string | undefined =>
  whoIs('/r', env, diskOf(file), path.posix, randomUUID)?.job;

const GITHUB = {
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_JOB: 'build',
  RUNNER_TRACKING_ID: 'github_6f1c',
};
const AZURE = {
  BUILD_BUILDID: '12',
  SYSTEM_PLANID: '3f0c',
  SYSTEM_STAGEATTEMPT: '1',
  SYSTEM_JOBATTEMPT: '1',
  SYSTEM_JOBID: '12f1170f-54f2-53f3-20dd-22fc7dff55f9',
};

test('one job is known again, and each of these differences is another job', () => {
  for (const [file, env, others] of [
    ['.runner', GITHUB, { GITHUB_RUN_ID: '8', GITHUB_RUN_ATTEMPT: '2', RUNNER_TRACKING_ID: 'github_7a' }],
    ['.agent', AZURE, { SYSTEM_PLANID: '4a', SYSTEM_STAGEATTEMPT: '2', SYSTEM_JOBATTEMPT: '2', SYSTEM_JOBID: '9' }],
  ] as const) {
    assert.equal(jobOf(file, env), jobOf(file, env));
    const jobs = Object.entries(others).map(([name, value]) => jobOf(file, { ...env, [name]: value }));
    assert.equal(new Set([jobOf(file, env), ...jobs]).size, jobs.length + 1);
  }
});

test('where nothing tells a job from others, no two of them are taken for one', () => {
  for (const [file, env] of [
    ['.runner', {}],
    ['.runner', { ...GITHUB, RUNNER_TRACKING_ID: '0' }],
    ['.agent', {}],
    ['.agent', { BUILD_BUILDID: '12', AGENT_JOBNAME: 'Job' }],
    ['.agent', { SYSTEM_JOBID: AZURE.SYSTEM_JOBID }],
  ] as const) {
    assert.notEqual(jobOf(file, env), jobOf(file, env), JSON.stringify(env));
  }
});

test('a classic release, which has no build, is told by its plan', () => {
  const { BUILD_BUILDID: _, ...release } = AZURE;
  assert.equal(jobOf('.agent', release), 'azure-devops/3f0c/1/1/12f1170f-54f2-53f3-20dd-22fc7dff55f9/one');
});
