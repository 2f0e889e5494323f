/**
 * Every error code of the app with the sentence that says what to do next.
 * `docs/errors.md` mirrors this list; a test keeps them equal.
 */
export const ERRORS = {
  'config-invalid': 'Correct the app settings named in the message; docs/configuration.md explains each.',
  'case-not-found': 'Check the case id; GET /api/cases lists the cases.',
  'storage-conflict':
    'Another writer changed the row at the same moment; the call is retried by itself, repeat it if not.',
  'directory-unreadable':
    'Nothing is lost: it is delivered again. If it goes on, check the permissions of the reader identity in Entra.',
  'tool-calls-not-uploaded':
    'Nothing is lost: the batch is delivered again, then kept and uploaded later; docs/audit-pipeline.md tells what to check.',
  'evidence-altered': 'A sealed file differs from what is being filed; keep both, and treat it as an incident.',
  unexpected: 'Look the operation id up in the logs and report a bug with it.',
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** The one error that this app throws: for the unexpected only. What a vendor may well answer is a value. */
export class OffboardingError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(`${message} ${ERRORS[code]}`, options);
    this.name = 'OffboardingError';
    this.code = code;
  }
}
