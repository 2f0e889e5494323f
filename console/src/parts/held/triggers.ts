import type { Case } from '../../api.ts';

/** What had a case opened, in a word or two. */
export const TRIGGERS: Readonly<Record<Case['trigger'], string>> = {
  'entra-event': 'Entra’s event',
  'hr-queue': 'HR’s message',
  api: 'a request',
  sweep: 'the sweep',
  'lifecycle-workflow': 'a lifecycle workflow',
};
