import type { Stack } from '../../local/stack.ts';
import type { Item } from '../truth/firm/firm.ts';
import type { FiledReport } from '../truth/oracle/report.ts';
import { findingsIn } from '../truth/oracle/report.ts';
import type { Situation, Situations } from './situation.ts';

const KEY: Item = {
  key: 'ssh',
  kind: 'sso-credential',
  organisation: 'northwind-labs',
  person: 'alex',
  id: 802,
  type: 'SSH key',
  note: 'laptop',
};
const keyIn = ({ states }: Stack) => states.github.organisations.get('northwind-labs')?.credentials.get('802');

/** An administrator notices that somebody was deleted by mistake. */
function restore({ states: { entra } }: Stack): void {
  for (const user of entra.deletedUsers.all()) {
    entra.deletedUsers.delete(user.id);
    entra.users.add({ ...user, userPrincipalName: user.userPrincipalName.slice(32), deletedDateTime: null });
  }
}

const restoredOn =
  (wanted: 'github' | 'arm', method: string, path: string) =>
  (stack: Stack): (() => void) =>
    stack.tenant.server.onCall((call) => {
      if (call.vendor === wanted && call.method === method && call.path.includes(path)) restore(stack);
    });

const tells: NonNullable<Situation['says']> = [
  'nothing says that the person came back, or the outcome does not',
  // The lists of a deleted person are incomplete, which is worse than what needs somebody's attention.
  (report: FiledReport) =>
    report.outcome === 'incomplete' &&
    findingsIn(report).some(({ kind, status }) => kind === 'person-returned' && status === 'manual-action'),
];

const alone: readonly Situation[] = [
  {
    name: 'restored while a removal waits for as long as GitHub named: it is not tried again',
    items: [KEY],
    meanwhile: (stack) => {
      const lift = stack.tenant.faults.add({
        vendor: 'github',
        method: 'DELETE',
        path: /credential-authorizations/,
        times: 1,
        effect: {
          kind: 'answer',
          status: 429,
          headers: { 'retry-after': '3', 'content-type': 'application/json' },
          body: '{"message":"You have exceeded a secondary rate limit"}',
        },
      });
      const stop = restoredOn('github', 'DELETE', 'credential-authorizations')(stack);
      return () => {
        stop();
        lift();
      };
    },
    moves: /./,
    alive: ['ssh'],
    says: tells,
    afterwards: ['the restored person lost the key', (stack) => keyIn(stack)?.revokedFrom === undefined],
  },
  {
    name: 'restored while the last remedy is carried out: the report says so, and what was cut',
    items: [KEY],
    meanwhile: restoredOn('github', 'DELETE', 'credential-authorizations'),
    moves: /./,
    ends: ['ssh'],
    says: tells,
  },
  {
    name: 'restored while it is read back whether they are refused: the report says so',
    items: [KEY],
    meanwhile: (stack) => {
      let cut = false;
      return stack.tenant.server.onCall(({ vendor, method, path }) => {
        if (vendor === 'github' && method === 'DELETE' && path.includes('credential-authorizations')) cut = true;
        if (cut && vendor === 'arm' && path.includes('namedValues')) restore(stack);
      });
    },
    moves: /./,
    ends: ['ssh'],
    says: tells,
  },
  {
    name: 'restored, and nothing was planned to be cut: the report says so',
    meanwhile: restoredOn('arm', 'GET', 'userAssignedIdentities'),
    moves: /./,
    says: tells,
  },
];

export const RESTORED: Situations = { alone };
