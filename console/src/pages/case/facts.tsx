import type { ReactNode } from 'react';
import type { Case } from '../../api.ts';
import { Person } from '../../parts/people/person.tsx';
import { Time } from '../../parts/time/time.tsx';
import type { Report } from './report.ts';
import { Who } from './who.tsx';

const CONTAINED: Readonly<Record<NonNullable<Case['contained']>, string>> = {
  done: 'yes: the gateway refuses them',
  failed: 'no',
  'no-gateway': 'there is no gateway with a list',
  released: 'no: somebody released them',
};

/** As far as is known: the list names them, and a call that passed says that the gateway does not keep to it. */
function contained({ contained, passed }: Case): string | undefined {
  if (contained === 'done' && passed !== undefined) return 'not for certain: the list names them, and a call passed';
  return contained === undefined ? undefined : CONTAINED[contained];
}

/** Who the person is, who asked for the case, and whether the gateway refuses them. */
export function Facts({ row, report }: { readonly row: Case; readonly report: Report | undefined }) {
  const { userPrincipalName, oid, caseId } = row;
  return (
    <dl className="facts who">
      <Fact name="Person">
        <Person {...row} /> {userPrincipalName !== undefined && <code>{userPrincipalName}</code>}
      </Fact>
      <Fact name="Object id">
        <code>{oid}</code>
      </Fact>
      <Fact name="Last day">{lastDayOf(row, report)}</Fact>
      {report !== undefined && <Fact name="Accounts">{accountsOf(report)}</Fact>}
      <Fact name="Manager">{managerOf(report)}</Fact>
      <Fact name="Contained">{contained(row)}</Fact>
      <Fact name="Asked for">
        <Time at={row.requestedAt} /> by <Who by={row.requestedBy} />: {row.reason}
        {row.merged.length > 0 && `, and ${row.merged.length} more times`}
      </Fact>
      <Fact name="Case">
        <code>{caseId}</code>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === undefined) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function lastDayOf({ lastDay, deletedAt }: Case, report: Report | undefined): ReactNode {
  const day = report?.leaver.lastDay ?? lastDay;
  const left = report?.leaver.leaveAt;
  const gone = report?.leaver.deletedAt ?? deletedAt;
  if (day === undefined && left === undefined && gone === undefined) return undefined;
  return (
    <>
      {day ?? (left === undefined ? 'nobody recorded one' : <Time at={left} />)}
      {gone !== undefined && (
        <>
          ; account deleted <Time at={gone} />
        </>
      )}
    </>
  );
}

function accountsOf({ leaver: { github = [], devops = [] } }: Report): ReactNode {
  const all = [
    ...github.map(({ login, confidence }) => ({ where: 'GitHub', name: login ?? '', confidence })),
    ...devops.map(({ organisation, confidence }) => ({ where: 'Azure DevOps', name: organisation ?? '', confidence })),
  ];
  if (all.length === 0) return 'none was resolved; somebody may know better, see the answers';
  return all.map(({ where, name, confidence }, at) => (
    <span key={`${where} ${name}`}>
      {at > 0 && ', '}
      {where} <code>{name}</code> ({confidence})
    </span>
  ));
}

function managerOf(report: Report | undefined): ReactNode {
  const manager = report?.leaver.manager;
  if (manager === undefined) return undefined;
  return `${manager.displayName}${manager.mail === undefined ? '' : ` (${manager.mail})`}`;
}
