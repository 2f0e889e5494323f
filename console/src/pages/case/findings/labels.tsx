import { Chip } from '../../../parts/chip.tsx';
import type { Finding } from '../report.ts';

const STATUSES: Readonly<Record<Finding['status'], Parameters<typeof Chip>[0]>> = {
  planned: { tone: 'wait', children: 'planned' },
  'awaiting-decision': { tone: 'warn', children: 'waits for a decision' },
  rejected: { tone: 'warn', children: 'rejected' },
  accepted: { tone: 'warn', children: 'accepted for now' },
  done: { tone: 'good', children: 'done' },
  'nothing-to-do': { tone: 'quiet', children: 'nothing to do' },
  'needs-code-change': { tone: 'warn', children: 'needs a code change' },
  'manual-action': { tone: 'warn', children: 'a person acts' },
  'could-not-check': { tone: 'warn', children: 'could not be checked' },
  failed: { tone: 'bad', children: 'failed' },
};

export function Status({ is }: { readonly is: Finding['status'] }) {
  const { tone, children } = STATUSES[is] ?? { tone: 'quiet', children: is };
  return <Chip tone={tone}>{children}</Chip>;
}

/** The same in words, for a sentence. */
export function statusWords(is: string): string {
  return (STATUSES as Readonly<Record<string, { readonly children: string }>>)[is]?.children ?? is;
}
