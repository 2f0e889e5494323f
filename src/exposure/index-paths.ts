import { createHash } from 'node:crypto';
import type { Finding } from '../cases/finding.ts';
import type { Holding } from './holding.ts';
import { type ExposurePath, PATH_KINDS, type RemedyClass } from './path.ts';

/** What a plan would make of the findings about one person. */
export type Planning = (findings: readonly Finding[]) => readonly Finding[];

/**
 * Everybody’s paths by object id: one pass over the holdings, and nobody is asked about. What is seen in two places is one
 * path, because a credential that is ended is ended in both.
 */
export function indexPaths(holdings: readonly Holding[], planning: Planning): Map<string, ExposurePath[]> {
  const byOwner = Map.groupBy(holdings, ({ owner }) => owner.toLowerCase());
  return new Map(
    [...byOwner].map(([owner, own]) => {
      const planned = new Map(planning(own.flatMap(({ findings }) => findings)).map((each) => [each.id, each]));
      const now = own.map((each) => ({ ...each, findings: each.findings.map(({ id }) => planned.get(id)) }));
      const open = now.flatMap(({ findings, ...rest }) => {
        const left = findings.filter((each): each is Finding => each !== undefined && each.status !== 'nothing-to-do');
        return left.length === 0 ? [] : [{ ...rest, findings: left }];
      });
      return [owner, together(open).map(pathOf)];
    }),
  );
}

/** Those that share a mark, directly or through others. */
function together(holdings: readonly Holding[]): Holding[][] {
  const groups = new Map<string, Set<Holding>>();
  for (const holding of holdings) {
    const joined = new Set([holding, ...holding.marks.flatMap((mark) => [...(groups.get(mark) ?? [])])]);
    for (const mark of [...joined].flatMap(({ marks }) => marks)) groups.set(mark, joined);
  }
  return [...new Set(groups.values())].map((group) => [...group]);
}

function pathOf(group: readonly Holding[]): ExposurePath {
  const [first, ...others] = group.toSorted(
    (one, other) => PATH_KINDS.indexOf(one.kind) - PATH_KINDS.indexOf(other.kind) || (one.where < other.where ? -1 : 1),
  ) as [Holding, ...Holding[]];
  const { kind, title, why, todo, link, command } = first;
  const places = [...new Set([first, ...others].map(({ where }) => where))];
  const [mark = ''] = group.flatMap(({ marks }) => marks).toSorted();
  return {
    id: `X-${createHash('sha256').update(`${kind} ${mark}`).digest('hex').slice(0, 12)}`,
    kind,
    title,
    where: places.join('; also '),
    survives: group.some(({ survives }) => survives),
    why,
    remedy: {
      class: classOf(group.flatMap(({ findings }) => findings)),
      todo,
      ...(link === undefined ? {} : { link }),
      ...(command === undefined ? {} : { command }),
    },
  };
}

/** Code that declares it brings it back, whatever is deleted; otherwise the plan’s own word, and last of all a person. */
export function classOf(findings: readonly Finding[]): RemedyClass {
  if (findings.some(({ kind }) => kind === 'declared-in-terraform')) return 'code-change';
  const carriedOut = findings.flatMap(({ remedy, status }) =>
    remedy !== undefined && (status === 'planned' || status === 'awaiting-decision') ? [remedy] : [],
  );
  if (carriedOut.length > 0) return carriedOut.every(({ risk }) => risk === 'safe') ? 'automatic' : 'approval';
  return findings.some(({ status }) => status === 'needs-code-change') ? 'code-change' : 'human';
}
