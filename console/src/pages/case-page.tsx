import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { takeTagged } from '../api.ts';
import { Standing } from '../parts/chip.tsx';
import { nameOf } from '../parts/people/person.tsx';
import { Fault, Loading } from '../parts/states.tsx';
import { useSession } from '../session.ts';
import { ActivitySection } from './case/activity/activity.tsx';
import { CaseActions } from './case/acts/case-actions.tsx';
import { Exceptions } from './case/acts/exceptions.tsx';
import { CutSoFar, NextSteps } from './case/acts/next-steps.tsx';
import { useRights } from './case/acts/rights.ts';
import { Answers } from './case/answers/answers.tsx';
import type { Seen } from './case/answers/asking.tsx';
import { AskingAbout } from './case/answers/asking.tsx';
import { Downloads } from './case/downloads.tsx';
import { Facts } from './case/facts.tsx';
import { Findings } from './case/findings/findings.tsx';
import { Unread } from './case/findings/unread.tsx';
import { Alarms, Outcome } from './case/outcome.tsx';
import { Progress } from './case/progress.tsx';
import { useReport } from './case/report.ts';
import { NewCase, StatePanel } from './case/state-panel.tsx';
import { Timeline } from './case/timeline.tsx';

const LIVE_MS = 1_000;
const CALM_MS = 10_000;

/** One case: what happened, what to do, and everything that can be done about it from here. */
export function CasePage({ id, query }: { readonly id: string; readonly query: URLSearchParams }) {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['case', id],
    queryFn: async (): Promise<Seen> => {
      const { data, tag } = await takeTagged(api.GET('/api/cases/{id}', { params: { path: { id } } }));
      return { row: data, ...(tag !== undefined && { tag }) };
    },
    refetchInterval: ({ state }) => (['open', 'running'].includes(state.data?.row.state ?? '') ? LIVE_MS : CALM_MS),
  });
  if (asked.data === undefined)
    return (
      <>
        <p className="crumbs">
          <a href="#/cases">Cases</a>
        </p>
        <h1>Case</h1>
        {asked.isError ? <Fault error={asked.error} again={() => void asked.refetch()} /> : <Loading what="the case" />}
      </>
    );
  return (
    <AskingAbout key={id} seen={asked.data}>
      <CaseView seen={asked.data} marked={query.get('finding') ?? undefined} />
    </AskingAbout>
  );
}

function CaseView({ seen: { row }, marked }: { readonly seen: Seen; readonly marked: string | undefined }) {
  const rights = useRights(row);
  const asked = useReport(row);
  const report = row.report === undefined ? undefined : asked.data;
  const name = nameOf(row);
  useEffect(() => {
    document.title = `${name} · Case · Offboarding`;
  }, [name]);
  return (
    <div className="case">
      <p className="crumbs">
        <a href="#/cases">Cases</a>
      </p>
      <div className="heading">
        <h1>{name}</h1>
        <Standing row={row} />
        <CaseActions row={row} rights={rights} />
      </div>
      <Alarms row={row} />
      {rights.whyNothing !== undefined && <p className="note warn">{rights.whyNothing}</p>}
      <div className="columns">
        <div className="happened">
          <StatePanel row={row} rights={rights} />
          {row.state === 'running' && <Progress row={row} />}
          {row.state === 'filed' && row.mode === 'plan' && (
            <section className="panel tone wait" aria-labelledby="plan">
              <h2 id="plan">This is a plan: nothing was done</h2>
              <p>It says what a case would cut. Nobody is contained by it.</p>
              <NewCase row={row} rights={rights} words="Carry it out" />
            </section>
          )}
          {report !== undefined && <Outcome row={row} report={report} />}
          {row.report !== undefined && asked.isPending && <Loading what="the report" />}
          {asked.isError && <Fault error={asked.error} again={() => void asked.refetch()} />}
        </div>
        {report !== undefined && (
          <div className="do-next">
            <NextSteps caseId={row.caseId} report={report} />
          </div>
        )}
        {/* After what to do, for whoever hears the page or has a narrow screen; beside it on a wide one. */}
        {report?.incident === true && (
          <div className="calls">
            <ActivitySection report={report} />
          </div>
        )}
        <div className="about">
          <section className="panel" aria-label="The person and the case">
            <Facts row={row} report={report} />
          </section>
          {report !== undefined && <CutSoFar report={report} />}
        </div>
      </div>
      {report !== undefined && (
        <>
          {/* What was ticked is about the report that was shown: the next one begins anew, whenever it comes. */}
          <Findings key={report.generatedAt} row={row} report={report} rights={rights} marked={marked} />
          <Unread report={report} />
          {!report.incident && <ActivitySection report={report} />}
        </>
      )}
      <Exceptions oid={row.oid} rights={rights} />
      <Answers caseId={row.caseId} rights={rights} />
      <Timeline row={row} report={report} />
      <Downloads row={row} />
    </div>
  );
}
