import { setTimeout as delay } from 'node:timers/promises';
import { counted, instant } from '../../src/cases/words/wording.ts';
import { hrQueue } from '../hr-queue.ts';
import type { Stack } from '../stack.ts';
import { consoleLink } from '../telling/console-links.ts';
import { doDueWork } from '../telling/follow-case.ts';
import { administratorOf } from '../tenant/entra/people/administrator.ts';
import { sendToolCalls, toolCallEvent } from '../tenant/event-hub/gateway.ts';
import { WORLD } from '../tenant/seeds/world.ts';
import { type Done, type Link, within } from './deed.ts';
import { messageIdOf, receiptOf } from './hr-receipt.ts';
import { personOf } from './people.ts';

/** How long a page waits for what the app does about something. */
const PATIENCE_MS = 15_000;
const pause = (): Promise<void> => delay(150);

/** What a page of the play can do, each as whoever does it in a firm. */
export function deedsOf(stack: Stack) {
  const administrator = administratorOf(stack.tenant.core, WORLD.operator.oid);
  const read = async <T>(path: string): Promise<T> => {
    const answer = await stack.api(path);
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
    return (await answer.json()) as T;
  };
  const rowsOf = async (oid: string) =>
    (await read<{ cases: { caseId: string; state: string }[] }>(`/api/cases?oid=${oid}`)).cases;
  const casesOf = async (oid: string): Promise<string[]> => (await rowsOf(oid)).map(({ caseId }) => caseId);
  const caseLink = (caseId: string): Link => ({
    text: `The case ${caseId}`,
    href: consoleLink(stack, 'operator', `/cases/${caseId}`),
  });

  return {
    /** As an administrator does in the portal; Graph tells the app. */
    async deleteUser(oid: string): Promise<Done> {
      const { name } = personOf(stack, oid);
      const before = new Map((await rowsOf(oid)).map(({ caseId, state }) => [caseId, state]));
      await administrator.deleteUser(oid);
      const begun = await within(
        PATIENCE_MS,
        async () => (await rowsOf(oid)).find(({ caseId, state }) => before.get(caseId) !== state),
        pause,
      );
      const title = `${name} was deleted in Entra`;
      const links = (begun === undefined ? [...before.keys()].slice(0, 1) : [begun.caseId]).map(caseLink);
      const what =
        begun === undefined
          ? 'did nothing about it yet'
          : before.has(begun.caseId)
            ? 'went on with a case'
            : 'opened a case';
      return { title, ok: true, lines: [`Graph told the app, which ${what}.`], links };
    },

    async restoreUser(oid: string): Promise<Done> {
      const { name } = personOf(stack, oid);
      await administrator.restoreUser(oid);
      const lines = ['What was cut stays cut: giving it back is somebody’s decision, on the page of the case.'];
      return { title: `${name} was restored in Entra`, ok: true, lines, links: (await casesOf(oid)).map(caseLink) };
    },

    /** Puts a text into the queue of HR, whatever it is, and reads the receipt as HR's system does. */
    async sendToHr(text: string): Promise<Done> {
      const sentAt = new Date();
      // In base64 whatever somebody typed arrives as it is; a form sends lines with another end.
      await hrQueue(stack).sendMessage(Buffer.from(text.replaceAll('\r\n', '\n')).toString('base64'));
      const messageId = messageIdOf(text);
      const title = messageId === undefined ? 'A message without an id was sent' : `HR’s message ${messageId} was sent`;
      const receipt =
        messageId === undefined
          ? undefined
          : await within(PATIENCE_MS, () => receiptOf(stack, messageId, sentAt), pause);
      if (receipt === undefined) {
        const lines = ['HR has no receipt of this message yet; what was rejected is among the rejections.'];
        return { title, ok: false, lines, links: [{ text: 'Rejections', href: '/dead-letters' }] };
      }
      const { status, faults = [], note, startsAt, caseId } = receipt;
      const lines = [
        `The receipt says: ${status}${startsAt === undefined ? '' : `; the case begins ${instant(startsAt)}`}.`,
        ...(note === undefined ? [] : [note]),
        ...faults,
      ];
      return { title, ok: status === 'accepted', lines, links: caseId === undefined ? [] : [caseLink(caseId)] };
    },

    /** As an operator does in the console, and the timer at the full hour. */
    async runSweep(): Promise<Done> {
      const asked = await stack.api('/api/sweeps', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ reason: 'Asked for on the play page' }),
      });
      const said = (await asked.json()) as { sweepId?: string; detail?: string };
      const links = [{ text: 'Sweeps', href: consoleLink(stack, 'operator', '/sweeps') }];
      const { sweepId } = said;
      if (!asked.ok || sweepId === undefined)
        return {
          title: 'No sweep was begun',
          ok: false,
          lines: [said.detail ?? `The app answered ${asked.status}.`],
          links,
        };
      const filed = await within(PATIENCE_MS, () => sweepReport(read, sweepId), pause);
      const title = 'The sweep was run';
      if (filed === undefined) return { title: 'The sweep goes on', ok: true, lines: [], links };
      const opened = filed.orphaned.flatMap(({ caseId }) => caseId ?? []);
      const { people, credentials } = filed.looked;
      const looked = `${counted(people, 'person', 'people')} and ${counted(credentials, 'credential')}`;
      const lines = [`It looked at ${looked}, and found ${filed.orphaned.length} who left.`];
      return { title, ok: true, lines, links: [...opened.map(caseLink), ...links] };
    },

    /** What the app does each minute. */
    async doDueWork(): Promise<Done> {
      await doDueWork(stack);
      const lines = ['What was waiting to be told is told, and what was due has begun.'];
      return { title: 'What falls due was done', ok: true, lines, links: [{ text: 'What came', href: '/#came' }] };
    },

    /** A call through the gateway with a token that somebody still has. */
    async callTool(oid: string): Promise<Done> {
      const { name, upn, denied } = personOf(stack, oid);
      // Whoever is on the list is refused before the gateway reads what is called.
      const refused = {
        ...{ tool_name: '[unread]', tool_class: '', scope_used: '', resource_accessed: '[none]' },
        ...{ response_status: 403, latency_ms: 2 },
      };
      const event = toolCallEvent({ caller_oid: oid, caller_upn: upn, ...(denied ? refused : {}) });
      const before = stack.states.logs.rows.length;
      await sendToolCalls(stack.tenant, [event]);
      const logged = await within(PATIENCE_MS, async () => stack.states.logs.rows.length > before || undefined, pause);
      const answer = denied
        ? 'The gateway answered 403: the person is on its list, whatever the token says.'
        : 'The gateway let it through: the person is not on its list.';
      const lines = [
        answer,
        logged
          ? 'The call is in the audit log; a case reads it when it is checked again.'
          : 'The call is on its way to the audit log.',
      ];
      return { title: `${name} called a tool`, ok: true, lines, links: (await casesOf(oid)).slice(0, 1).map(caseLink) };
    },
  };
}

interface SweepReport {
  readonly looked: { readonly people: number; readonly credentials: number };
  readonly orphaned: readonly { readonly caseId?: string }[];
}

async function sweepReport(read: <T>(path: string) => Promise<T>, sweepId: string): Promise<SweepReport | undefined> {
  return (await read<{ report?: SweepReport }>(`/api/sweeps/${encodeURIComponent(sweepId)}`)).report;
}
