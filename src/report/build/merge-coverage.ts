import { type Coverage, worstCoverage } from '../../cases/coverage/coverage.ts';
import type { Filings } from '../../steps/define-step.ts';

/**
 * One line per source. Batches of one source are added up and keep the worst state; a step that was tried again may
 * have replaced what it said before.
 */
export function mergeCoverage(coverage: readonly Coverage[], filings: Filings): Coverage[] {
  const bySource = new Map<string, Coverage>();
  for (const line of coverage) {
    const key = `${line.source} ${line.looked.unit}`;
    const known = bySource.get(filings === 'replaced' ? line.source : key);
    bySource.set(
      filings === 'replaced' ? line.source : key,
      known === undefined || filings === 'replaced' ? line : add(known, line),
    );
  }
  return [...bySource.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
}

function add(a: Coverage, b: Coverage): Coverage {
  const details = [...new Set([a.detail, b.detail].filter((detail) => detail !== undefined))];
  const permission = a.missingPermission ?? b.missingPermission;
  const state = worstCoverage([a.state, b.state]);
  const why = [a, b].find((each) => each.state === state && each.why !== undefined)?.why;
  return {
    source: a.source,
    state,
    looked: { ...askedOf(a, b), count: a.looked.count + b.looked.count, unit: a.looked.unit },
    ...(details.length === 0 ? {} : { detail: details.join(' ') }),
    ...(permission === undefined ? {} : { missingPermission: permission }),
    ...(why === undefined ? {} : { why }),
  };
}

/** Where one of them says how many were asked, the other listed all of its own. */
function askedOf({ looked: a }: Coverage, { looked: b }: Coverage): Pick<Coverage['looked'], 'asked'> {
  return a.asked === undefined && b.asked === undefined ? {} : { asked: (a.asked ?? a.count) + (b.asked ?? b.count) };
}
