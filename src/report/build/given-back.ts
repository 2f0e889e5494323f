import type { Finding } from '../../cases/finding.ts';
import type { RemedyId } from '../../cases/ids.ts';
import { isGivenBack, type WantedAndUndone } from '../../cases/remedies/restore.ts';
import { instant, sentence } from '../../cases/words/wording.ts';
import { givenBackOf } from '../../steps/restoring/given-back.ts';
import type { ReportCase } from '../report.ts';

/** Why the remedy of a finding is not carried out, where it stands again by somebody's word. */
export function whyGivenBack(findings: readonly Finding[], all: readonly WantedAndUndone[]): Map<RemedyId, string> {
  const back = all.filter(isGivenBack);
  return new Map(
    findings.flatMap(({ remedy }) => {
      const given = remedy && givenBackOf(back, remedy.call);
      if (remedy === undefined || given === undefined) return [];
      const { by, at, reason } = given.restore;
      return [[remedy.id, `Given back at ${instant(at)}, because ${by} asked for it: ${sentence(reason)}`]];
    }),
  );
}

/** What people had undone, as the report tells it. */
export function toldRestores(all: readonly WantedAndUndone[]): Pick<ReportCase, 'restores'> {
  const byN = Map.groupBy(all, ({ restore }) => restore.n);
  if (byN.size === 0) return {};
  return {
    restores: [...byN.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { n, revision, by, at, reason, whole } = first.restore;
      const undone = group.flatMap((each) => each.undone ?? []);
      return [{ n, revision, by, at, reason, ...(whole && { whole }), undone }];
    }),
  };
}
