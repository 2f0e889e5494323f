import * as z from 'zod';
import { defineRoute } from '../route.ts';

/** Blobs of dead letters that one answer names. */
const MOST_BLOBS = 100;

const Rejection = z.object({
  trigger: z.string(),
  reason: z.string(),
  received: z.string().meta({ description: 'what came, redacted, its beginning' }),
  length: z.number().meta({ description: 'characters of what came' }),
  blob: z.string(),
});

export const listRejections = defineRoute({
  id: 'listRejections',
  method: 'GET',
  path: '/api/rejections',
  summary: 'What was rejected on a day: what could not become a case, and the dead letters of the audit pipeline',
  tag: 'Rejections',
  access: { kind: 'read', right: 'read' },
  query: z.strictObject({ day: z.iso.date().optional().meta({ description: 'UTC; by default today' }) }),
  answers: {
    200: z.object({
      day: z.string(),
      rejections: z.array(Rejection),
      more: z.boolean(),
      toolCalls: z.object({ rejected: z.array(z.string()), notUploaded: z.array(z.string()) }),
    }),
  },
  async handle({ query }, { vendors, now }) {
    const day = query.day ?? now().toISOString().slice(0, 10);
    const [{ rejections, more }, rejected, notUploaded] = await Promise.all([
      vendors.storage.listRejected(day),
      vendors.storage.listDeadLetters('rejected', MOST_BLOBS, day),
      vendors.storage.listDeadLetters('not-uploaded', MOST_BLOBS, day),
    ]);
    const toolCalls = { rejected, notUploaded };
    return { status: 200, value: { day, rejections, more, toolCalls } };
  },
});
