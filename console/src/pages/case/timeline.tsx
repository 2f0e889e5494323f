import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Case, take } from '../../api.ts';
import { TRIGGERS } from '../../parts/held/triggers.ts';
import { Time } from '../../parts/time/time.tsx';
import { useSession } from '../../session.ts';
import { Changes } from './findings/changes.tsx';
import { toldEntries } from './findings/told.tsx';
import type { Report } from './report.ts';
import { Who } from './who.tsx';

export interface Entry {
  readonly at: string;
  readonly key: string;
  readonly what: ReactNode;
  readonly tone?: 'good' | 'warn' | 'bad';
}

/** What happened to the case, oldest first, and what is still to come. */
export function Timeline({ row, report }: { readonly row: Case; readonly report: Report | undefined }) {
  const { api } = useSession();
  const { data } = useQuery({
    queryKey: ['messages', row.caseId],
    queryFn: () => take(api.GET('/api/cases/{id}/messages', { params: { path: { id: row.caseId } } })),
    refetchInterval: 10_000,
  });
  const all = [...happened(row, report), ...decided(row, report), ...toldEntries(data?.messages ?? [])];
  const past = all.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const ahead = toCome(row);
  return (
    <section className="panel" aria-labelledby="timeline" tabIndex={-1}>
      <h2 id="timeline">Timeline</h2>
      <ol className="timeline">
        {past.map(({ key, at, what, tone = '' }) => (
          <li key={key} className={tone}>
            <Time at={at} />
            <div>{what}</div>
          </li>
        ))}
        {ahead.map(({ key, at, what }) => (
          <li key={key} className="ahead">
            <Time at={at} />
            <div>To come: {what}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}

const OUTCOME_TONE: Readonly<Record<string, Entry['tone']>> = {
  clear: 'good',
  residual: 'good',
  attention: 'warn',
  incomplete: 'warn',
  failed: 'bad',
};

function happened(row: Case, report: Report | undefined): Entry[] {
  const { caseId, merged, attempts = [], revisions = [], filedAt, outcome } = row;
  const started = report?.case.startedAt;
  const asked = {
    requestedAt: row.requestedAt,
    requestedBy: row.requestedBy,
    reason: row.reason,
    trigger: row.trigger,
  };
  const newest =
    row.state === 'filed' && filedAt !== undefined && row.report !== undefined
      ? [{ filedAt, outcome: outcome ?? '', report: row.report }]
      : [];
  return [
    ...[asked, ...merged].map(
      ({ requestedAt, requestedBy, reason, trigger }, at): Entry => ({
        at: requestedAt,
        key: `asked ${at}`,
        what: (
          <>
            {at === 0 ? 'Asked for' : 'Asked for again'} by <Who by={requestedBy} /> ({TRIGGERS[trigger]}): {reason}
          </>
        ),
      }),
    ),
    {
      at: row.openedAt,
      key: 'opened',
      what:
        row.mode === 'plan'
          ? 'The case was opened as a plan: it only reads.'
          : 'The case was opened, to be carried out.',
    },
    ...(started === undefined || revisions.length > 0
      ? []
      : [{ at: started, key: 'started', what: 'It began to read and to cut.' }]),
    ...attempts.map(
      ({ endedAt, why }): Entry => ({
        at: endedAt,
        key: `attempt ${endedAt}`,
        what: `An attempt ended without a report: ${why}`,
        tone: 'bad',
      }),
    ),
    ...[...revisions, ...newest].map((each, at): Entry => {
      const tone = OUTCOME_TONE[each.outcome];
      return {
        at: each.filedAt,
        key: `filed ${at}`,
        what: (
          <>
            Report {at + 1} was filed: <strong>{each.outcome}</strong>
            {at > 0 && <Changes caseId={caseId} name={each.report} />}
          </>
        ),
        ...(tone !== undefined && { tone }),
      };
    }),
    ...ifAt(row.deletedAt, 'The account was deleted in Entra.'),
    ...ifAt(row.restoredAt, 'The account was seen to be back.', 'warn'),
    ...ifAt(row.goneAt, 'The account is deleted for good.'),
    ...ifAt(row.passed?.at, 'A call passed the gateway although the leaver was contained.', 'bad'),
  ];
}

function ifAt(at: string | undefined, what: string, tone?: Entry['tone']): Entry[] {
  return at === undefined ? [] : [{ at, key: what, what, ...(tone !== undefined && { tone }) }];
}

function decided({ decisions = [], restores = [] }: Case, report: Report | undefined): Entry[] {
  const said = new Map(report?.case.decisions?.map((each) => [each.n, each]));
  return [
    ...decisions.map(({ n, by, at, emergency }): Entry => {
      const { approved = [], rejected = [], reason } = said.get(n) ?? {};
      return {
        at,
        key: `decision ${n}`,
        what: (
          <>
            <Who by={by} /> decided{emergency === true && ' in an emergency'}
            {reason !== undefined && `, ${approved.length} approved, ${rejected.length} rejected: ${reason}`}
          </>
        ),
        ...(emergency === true && { tone: 'bad' as const }),
      };
    }),
    ...restores.map(({ n, by, at, reason, whole }): Entry => {
      const undone = report?.case.restores?.find((each) => each.n === n)?.undone ?? [];
      return {
        at,
        key: `restore ${n}`,
        tone: 'warn',
        what: (
          <>
            <Who by={by} /> had {whole === true ? 'the whole case' : 'some of it'} undone: {reason}
            {undone.length > 0 && (
              <ul className="bulleted">
                {undone.map(({ findingId, what, result, why, undo }) => (
                  <li key={findingId}>
                    <strong>{UNDONE[result] ?? result}</strong>: {what} {why}
                    {(result === 'by-hand' || result === 'nothing' || result === 'failed') && ` ${undo}`}
                  </li>
                ))}
              </ul>
            )}
          </>
        ),
      };
    }),
  ];
}

const UNDONE: Readonly<Record<string, string>> = {
  restored: 'given back',
  unseen: 'given back, not seen yet',
  there: 'was back already',
  other: 'left alone',
  failed: 'failed',
  'by-hand': 'by hand',
  nothing: 'cannot be undone',
};

const FOLLOW_UPS: Readonly<Record<string, string>> = {
  '24h': 'it is read again, a day after its first report',
  '7d': 'it is read again, a week after its first report',
  '31d': 'it is read again, a month after its first report',
  restore: 'it is read again, because the account is back',
  alive: 'it is read again, because something of the leaver was seen to be alive',
  answer: 'it is read again, because somebody answered',
};

function toCome({ state, startsAt, attemptAt, readAgainAt, followUps = [] }: Case): Entry[] {
  const all: Entry[] = [
    ...(state === 'scheduled' && startsAt !== undefined ? [{ at: startsAt, key: 'starts', what: 'it starts' }] : []),
    ...(state === 'running' && attemptAt !== undefined
      ? [{ at: attemptAt, key: 'attempt', what: 'the next attempt' }]
      : []),
    ...(state === 'filed' && readAgainAt !== undefined
      ? [{ at: readAgainAt, key: 'again', what: 'it is read again, because a vendor did not answer' }]
      : []),
    ...(state === 'filed'
      ? followUps.map(({ which, at }) => ({ at, key: which, what: FOLLOW_UPS[which] ?? which }))
      : []),
  ];
  return all.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
