import { findingId } from '../../../src/cases/stable-id.ts';
import type { VendorFailure, VendorResult } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';

export const ID = findingId('consent', 'x', 'y');

export const NOT_FOUND: VendorFailure = { kind: 'not-found', status: 404, message: 'It is not there.' };
export const DENIED: VendorFailure = { kind: 'denied', status: 403, message: 'You may not.' };
export const graph = (answers: Record<string, unknown>) => ({ graph: answering(answers) }) as unknown as Vendors;

/** A vendor that answers each question with what is given for it, and no other. */
export const answering = (answers: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(answers).map(([question, answer]) => [question, async () => answer]));

/** `present`, `gone`, or what went wrong. */
export const stateIn = (read: VendorResult<{ readonly state: string }>) =>
  read.ok ? read.value.state : read.failure.kind;
export const nowIn = (read: VendorResult<{ readonly state: string; readonly now?: unknown }>) =>
  read.ok ? read.value.now : undefined;
export const placeIn = (look: VendorResult<{ readonly is: string }>) => (look.ok ? look.value.is : look.failure.kind);
export const effectIn = (acted: VendorResult<{ readonly effect: string }>) =>
  acted.ok ? acted.value.effect : acted.failure.kind;
