import '../../local/loopback-names.ts';
import type { OffboardingRequest } from '../../src/cases/case.ts';
import { loadConfig } from '../../src/config.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import type { Oid } from '../../src/people/oid.ts';

/** One instance of the app, in a process of its own: has a case opened for each person that its parent names. */
export interface Work {
  readonly settings: Readonly<Record<string, string>>;
  readonly people: readonly Oid[];
  /** When the first event came, in milliseconds since the epoch. */
  readonly begun: number;
}
export type Said =
  /** Everything is loaded. */
  | { readonly kind: 'ready' }
  /** To the engine, which is the parent's. */
  | { readonly kind: 'start'; readonly instanceId: string; readonly ms: number }
  | { readonly kind: 'done'; readonly mb: number };

/** Events that one instance handles side by side; the others wait, and their time counts from the beginning. */
const AT_ONCE = 16;

process.once('message', (work: Work) => {
  contain(work).then(
    () => say({ kind: 'done', mb: Math.round(process.resourceUsage().maxRSS / 1_024) }, () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});

say({ kind: 'ready' });

function say(said: Said, then: () => void = () => undefined): void {
  process.send?.(said, then);
}

async function contain({ settings, people, begun }: Work): Promise<void> {
  const config = loadConfig(settings);
  const vendors = openVendors(config);
  const about = { trigger: 'entra-event', reason: 'left', requestedBy: 'entra', mode: 'apply' } as const;
  await mapBounded(people, AT_ONCE, async (oid) => {
    const request: OffboardingRequest = { oid, ...about, requestedAt: new Date().toISOString() };
    await openCase(vendors, config, request, async (instanceId) => {
      say({ kind: 'start', instanceId, ms: Date.now() - begun });
    });
  });
}
