import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Schemas, take } from '../api.ts';
import { Chip } from '../parts/chip.tsx';
import { List } from '../parts/list/list.tsx';
import { Pilot } from '../parts/pilot.tsx';
import { Fault } from '../parts/states.tsx';
import { useElapsed } from '../parts/time/use-elapsed.ts';
import { useSession } from '../session.ts';

type Diagnosis = Schemas['Diagnosis'];

const VERDICTS = { ready: ['good', 'Ready'], unknown: ['warn', 'Unknown'], 'not-ready': ['bad', 'Not ready'] } as const;

export function DoctorPage() {
  const { api, may } = useSession();
  const asked = useQuery({
    queryKey: ['doctor'],
    queryFn: () => take(api.GET('/api/doctor')),
    // It asks every vendor: once, and again when somebody wants it.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnReconnect: false,
    retry: false,
  });
  return (
    <>
      <div className="heading">
        <h1>Doctor</h1>
        {asked.data !== undefined && (
          <Chip tone={VERDICTS[asked.data.verdict][0]}>{VERDICTS[asked.data.verdict][1]}</Chip>
        )}
        <button type="button" className="button" disabled={asked.isFetching} onClick={() => void asked.refetch()}>
          {asked.isFetching ? 'Checking…' : 'Check again'}
        </button>
      </div>
      {asked.isFetching && <Checking />}
      {asked.isError && <Fault error={asked.error} again={() => void asked.refetch()} />}
      {asked.data !== undefined && <Shown diagnosis={asked.data} />}
      {may.has('administer') && <Pilot />}
    </>
  );
}

function Checking() {
  const seconds = useElapsed();
  return (
    <div className="state" role="status">
      <span className="spinner" aria-hidden="true" /> It asks Entra, Azure, GitHub, Azure DevOps, the gateway and its
      own storage, along the ways that cases use. That takes up to three minutes.{' '}
      <span aria-hidden="true">{seconds} s so far.</span>
    </div>
  );
}

/** A thing that is not as it should be, and what to do. */
interface Trouble {
  readonly what: ReactNode;
  readonly name: string;
  readonly isBad: boolean;
  readonly detail: ReactNode;
  readonly whatToDo?: string;
}

function Shown({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  const troubles = troublesOf(diagnosis);
  const { permissions, checks, automaticTriggers, decisionPolicy, sources, notAsked } = diagnosis;
  const granted = permissions.filter(({ state }) => state === 'granted');
  const passed = checks.filter(({ state }) => state === 'passes');
  return (
    <>
      <p className="lead">{diagnosis.headline}</p>
      {troubles.length > 0 && (
        <List
          caption="What is not as it should be"
          rows={troubles}
          keyOf={({ name }) => name}
          columns={[
            { title: 'What', show: ({ what }) => what },
            {
              title: 'State',
              show: ({ isBad }) => <Chip tone={isBad ? 'bad' : 'warn'}>{isBad ? 'Fails' : 'Could not check'}</Chip>,
            },
            { title: 'What is wrong', show: ({ detail }) => detail },
            { title: 'What to do', show: ({ whatToDo }) => whatToDo },
          ]}
        />
      )}
      <section className="panel" aria-label="How cases begin">
        <h2>How cases begin</h2>
        <ul className="bullets">
          {automaticTriggers.map(({ trigger, mode, setting, detail }) => (
            <li key={trigger}>
              <code>{trigger}</code>: <Chip tone={mode === 'apply' ? 'wait' : 'quiet'}>{mode}</Chip> (
              <code>{setting}</code>). {detail}
            </li>
          ))}
          {decisionPolicy.map(({ about, how, detail }) => (
            <li key={about}>
              <code>{about}</code>: {how}. {detail}
            </li>
          ))}
        </ul>
      </section>
      <More title={`What is right: ${passed.length} checks, ${granted.length} permissions`}>
        {passed.map(({ check, detail }) => (
          <li key={check}>
            <code>{check}</code>: {detail}
          </li>
        ))}
        {granted.map(({ id, identity, system, permission }) => (
          <li key={id}>
            {identity}, {system}: <code>{permission}</code>
          </li>
        ))}
      </More>
      <More
        title={`Sources that are exempt or stay unread: ${sources.exemptions.length + sources.standingLimits.acknowledged.length}`}
      >
        {sources.exemptions.map((one) => (
          <li key={one.sources.join(' ')}>
            <code>{one.sources.join(', ')}</code>: exempt by {one.by} until {one.until}
            {one.state === 'over' && ', which is over'}. {one.reason}
          </li>
        ))}
        {sources.standingLimits.acknowledged.map((source) => (
          <li key={source}>
            <code>{source}</code>: no app can read it; acknowledged
          </li>
        ))}
      </More>
      <More title={`What the app does not ask for: ${notAsked.length}`}>
        {notAsked.map(({ id, permission, why }) => (
          <li key={id}>
            <code>{permission}</code>: {why}
          </li>
        ))}
      </More>
    </>
  );
}

function More({
  title,
  children,
}: {
  readonly title: string;
  readonly children: readonly ReactNode[][] | ReactNode[];
}) {
  return (
    <details className="panel">
      <summary>{title}</summary>
      <ul className="bullets">{children}</ul>
    </details>
  );
}

/** What fails first, then what nobody could check. */
function troublesOf({ permissions, checks, sources }: Diagnosis): Trouble[] {
  const all: Trouble[] = [
    ...permissions
      .filter(({ state }) => state !== 'granted')
      .map(({ id, identity, system, permission, state, detail, withoutIt, whatToDo }) => ({
        name: `permission ${id}`,
        what: (
          <>
            <code>{permission}</code>
            <small>
              {identity}, {system}
            </small>
          </>
        ),
        isBad: state === 'missing',
        detail: (
          <>
            {detail ?? (state === 'missing' ? 'It is not granted.' : 'Nobody could look.')}
            {withoutIt !== undefined && <small>Without it does not work: {withoutIt.join('; ')}</small>}
          </>
        ),
        ...(whatToDo !== undefined && { whatToDo }),
      })),
    ...checks
      .filter(({ state }) => state !== 'passes')
      .map(({ check, state, detail, whatToDo }) => ({
        name: `check ${check}`,
        what: <code>{check}</code>,
        isBad: state === 'fails',
        detail,
        ...(whatToDo !== undefined && { whatToDo }),
      })),
    ...sources.unread.map(({ source, why, whatToDo }) => ({
      ...{ name: `source ${source}`, what: <code>{source}</code>, isBad: false, detail: why, whatToDo },
    })),
  ];
  return all.toSorted((one, other) => Number(other.isBad) - Number(one.isBad));
}
