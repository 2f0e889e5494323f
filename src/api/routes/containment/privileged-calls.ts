import * as z from 'zod';
import { PrivilegedCallSchema } from '../../../connectors/storage/privileged-calls.ts';
import { defineRoute } from '../../route.ts';

/** Entries of one answer. */
const MOST = 1_000;

export const listPrivilegedCalls = defineRoute({
  id: 'listPrivilegedCalls',
  method: 'GET',
  path: '/api/privileged-calls',
  summary: 'Who had the API change what on a day: an entry before each call, and one with what was answered',
  tag: 'Operation',
  access: { kind: 'read', right: 'administer' },
  query: z.strictObject({ day: z.iso.date().optional().meta({ description: 'UTC; by default today' }) }),
  answers: { 200: z.object({ day: z.string(), calls: z.array(PrivilegedCallSchema), more: z.boolean() }) },
  async handle({ query }, { vendors, now }) {
    const day = query.day ?? now().toISOString().slice(0, 10);
    const { calls, more } = await vendors.storage.listPrivilegedCalls(day, MOST);
    return { status: 200, value: { day, calls: [...calls], more } };
  },
});
