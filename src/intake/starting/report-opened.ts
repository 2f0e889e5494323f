import type { OffboardingRequest } from '../../cases/case.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import { OffboardingError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { logReturned } from '../containing/note-return.ts';
import { logUncontained } from '../containing/record-contained.ts';
import type { OpenedCase } from './opened-case.ts';

/**
 * Says in the log what became of a request that nobody waits for.
 * @throws where the directory could not be asked, so that the trigger's source delivers the request again
 */
export function logOpened(log: Log, { oid, trigger }: OffboardingRequest, opened: OpenedCase): void {
  tellUncontained(log, opened);
  switch (opened.kind) {
    case 'unreadable':
      // The host logs what is thrown without these fields, and a source that gives up does so silently.
      log.error('the directory cannot be read; waiting for the next delivery', {
        code: 'directory-unreadable',
        oid,
        trigger,
        ...opened.failure,
      });
      throw notReadNow(`no case was opened for ${oid}, whom ${trigger} named`, opened.failure);
    case 'not-a-leaver':
    case 'unknown-person':
      if (opened.kind === 'not-a-leaver') logReturned(log, opened.restored ?? []);
      log.info('not a leaver, no case', { oid, trigger, why: opened.why });
      return;
    case 'not-a-person':
    case 'not-confirmed':
      log.error('nobody was offboarded', {
        code: 'nobody-offboarded',
        oid,
        trigger,
        refused: opened.kind,
        why: opened.why,
      });
      return;
    case 'refused':
      log.error('the case was refused', {
        code: 'case-refused',
        oid,
        trigger,
        ...about(opened),
        refusal: opened.stored.row.refusal,
      });
      return;
    case 'on-hold':
      log.error('the case is on hold', {
        code: 'case-on-hold',
        oid,
        trigger,
        ...about(opened),
        onHold: opened.stored.row.onHold,
      });
      return;
    case 'opened':
    case 'merged':
    case 'duplicate':
      log.info(`the request was ${opened.kind}`, { oid, trigger, ...about(opened) });
      return;
    default:
      opened satisfies never;
  }
}

/** Says at once, as an error, that the leaver of a case could not be contained. */
export function tellUncontained(log: Log, opened: OpenedCase): void {
  const row = 'stored' in opened ? opened.stored.row : undefined;
  if (row?.contained === 'failed') logUncontained(log, { ...row, why: row.containedWhy });
}

/** Thrown by a trigger so that its source delivers again what could not be handled now. */
export function notReadNow(what: string, failure: VendorFailure): OffboardingError {
  return new OffboardingError('directory-unreadable', `${what}: ${failure.message}`);
}

function about({ stored: { row } }: Extract<OpenedCase, { stored: unknown }>) {
  return { caseId: row.caseId, state: row.state, mode: row.mode };
}
