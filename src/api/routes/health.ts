import * as z from 'zod';
import { problem } from '../problems/problem.ts';
import { defineRoute } from '../route.ts';

export const getHealth = defineRoute({
  id: 'getHealth',
  method: 'GET',
  path: '/api/health',
  summary: 'Whether the app runs, reaches its rows, and is paused; says nothing about vendors',
  tag: 'Operation',
  access: { kind: 'anybody' },
  answers: { 200: z.object({ status: z.literal('ok'), paused: z.exactOptional(z.literal(true)) }) },
  async handle(_asked, { vendors }) {
    try {
      const [pause] = await Promise.all([vendors.storage.readPause(), vendors.storage.listCases({ limit: 1 })]);
      return {
        status: 200,
        value: { status: 'ok' as const, ...(pause === undefined ? {} : { paused: true as const }) },
      };
    } catch {
      return problem('unavailable', { detail: 'The table of cases cannot be read.', headers: { 'retry-after': '30' } });
    }
  },
});
