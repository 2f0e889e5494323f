/** What is known of an error before it happens. */
interface Explained {
  /** The same for every error of this code. */
  readonly title: string;
  /** What the person who sees the error does next, in a sentence. */
  readonly todo: string;
  /** Where the HTTP API answers with it: the status. Its problem type is `urn:mcp-offboarding:problem:<code>`. */
  readonly status?: number;
  /** It ends by itself: asking again helps. */
  readonly passes?: true;
}

/**
 * Every error code of the app and every problem type of its API, with what to do next.
 * `docs/errors.md` mirrors this list; a test keeps them equal.
 */
export const ERRORS = {
  'config-invalid': {
    title: 'The app’s settings have faults',
    todo: 'Correct the app settings named in the message, in Terraform’s inputs where it deploys the app, whose next apply overwrites what is edited by hand; docs/configuration.md explains each.',
  },
  'case-not-found': {
    title: 'There is no such case',
    todo: 'Check the case id; GET /api/cases lists the cases.',
  },
  'storage-conflict': {
    title: 'Others wrote the same row at the same moment',
    todo: 'Another writer changed the row at the same moment; the call is retried by itself, repeat it if not.',
    passes: true,
  },
  'storage-unavailable': {
    title: 'Storage does not answer',
    todo: 'Nothing is lost: it comes again by itself. If it goes on, look at the storage account that the message names: its network rules, the app’s roles on it, and its health in the portal.',
    passes: true,
  },
  'row-unreadable': {
    title: 'A row of the app’s tables cannot be read',
    todo: 'It is left as it stands, and whatever needs it waits. A newer release wrote it, or somebody edited it: deploy the newer release again, or put the row back from the backup; docs/operations/upgrade.md tells more.',
  },
  'run-unreadable': {
    title: 'A filed run of the checklist cannot be read',
    todo: 'It stays as it was filed. A newer release filed it: deploy that one again, or assess the checklist now with POST /api/posture, whose run is the last then. GET /api/posture/runs lists the others. Where no newer release was there, find out who wrote to the container.',
    status: 500,
  },
  'case-stuck': {
    title: 'A case does not go on',
    todo: 'Whom it contained stays denied. Look in the log what it did last, and ask for it again with POST /api/cases; docs/triggers.md tells when a case fails for this.',
  },
  'case-on-hold': {
    title: 'A case was not started and waits for an operator',
    todo: 'Look whether these people leave. The case says what keeps it, and how it is released: POST /api/cases for the person, POST /api/held/release for all of them, and POST /api/cases/{id}/reschedule where its day is still to come.',
  },
  'case-refused': {
    title: 'A case was refused, and nobody is cut off by it',
    todo: 'The case says why. Where the person leaves all the same, mend that and ask again with POST /api/cases.',
  },
  'nobody-offboarded': {
    title: 'A request named nobody who could be offboarded',
    todo: 'The line says why. Find out who was meant, and ask with POST /api/cases and the object id.',
  },
  'message-rejected': {
    title: 'A message of HR or an event could not be accepted, and was kept',
    todo: 'GET /api/rejections lists it with its faults. Have HR send it again under another messageId; what was meant may also be asked for with POST /api/cases.',
  },
  'message-undelivered': {
    title: 'Somebody was not told of a case',
    todo: 'It is tried again, an hour apart at most, and without an end. The line names the channel and what it answered: mend its address, its permission or its receiver. docs/operations/messages.md tells more.',
  },
  'workflow-unanswered': {
    title: 'A lifecycle workflow of Entra was not told how its case ended',
    todo: 'Entra waits no more. Read the case, and carry on with the workflow’s next task by hand where it is needed.',
  },
  'due-work-failed': {
    title: 'Work that was due failed',
    todo: 'Nothing is lost: it comes again by itself. If it goes on, mend what the line names: storage, a vendor, or a permission.',
  },
  'deny-list-not-written': {
    title: 'The gateway’s deny list could not be written',
    todo: 'Nobody is lost: it is tried again every minute. The line says what the gateway answered, and GET /api/doctor what it lacks; docs/operations/containment.md tells how to deny somebody by hand meanwhile.',
  },
  'decided-in-emergency': {
    title: 'A case was decided without an approver',
    todo: 'See that it was needed: the report names who decided and why. Give the role Offboarding.Approve to a second person, so that nobody needs it again.',
  },
  'access-given-back': {
    title: 'Somebody has what a case cut given back',
    todo: 'See that it was meant: the case names who asked and why, and its next report what came of it. Whoever was cut by mistake needs it; whoever leaves does not. A decision cuts it again.',
  },
  'call-not-entered': {
    title: 'What was answered to a privileged call is not on record',
    todo: 'The call was carried out, and its first entry stands in the table privileged; the log has the answer. If it goes on, look at the storage account.',
  },
  'app-paused': {
    title: 'Somebody paused the app: nothing is cut until the pause ends',
    todo: 'If it was not meant, end it with DELETE /api/pause, and release what is on hold with POST /api/held/release. Leavers are contained all the while.',
  },
  'directory-unreadable': {
    title: 'Entra cannot be asked about a person',
    todo: 'Nothing is lost: it is delivered again, or waits and is tried again. If it goes on, check the permissions of the reader identity in Entra.',
  },
  'deadline-passed': {
    title: 'Something did not end in time',
    todo: 'Nothing is lost: it comes again by itself. If it goes on, whatever it waits for does not answer: look at storage and at the vendor that the log names.',
    passes: true,
  },
  'person-returned': {
    title: 'Somebody about whom there is a case works here again',
    todo: 'Nothing is undone by itself. Look at the case: if the account was restored on purpose, give back what the report says was cut; if not, delete it again, which opens the next case.',
  },
  'changes-unread': {
    title: 'Entra’s list of changes of users could not be read',
    todo: 'Nothing is lost: it is read from where it stopped, or from the deleted items. If it goes on, check the permission User.Read.All of the reader identity; until then only events tell of leavers.',
    passes: true,
  },
  'sweep-incomplete': {
    title: 'A sweep could not read all of its sources',
    todo: 'Somebody who left may have been missed: the sweep’s report names each source and what the vendor said. Mend that; the next hour’s sweep reads them again.',
  },
  'posture-worse': {
    title: 'A point of the checklist fails that did not fail before, or is out of sight',
    todo: 'GET /api/posture, or the console’s page Posture, says what fails and how to mend it. What is out of sight names the permission or the vendor that did not answer.',
  },
  'call-after-containment': {
    title: 'The gateway let a call pass of somebody whom its deny list names',
    todo: 'At once: see that every gateway reads the list, and find out what the call did. The case of the line is read again by itself and tells of it; docs/operations/after-the-case.md says what to look at.',
  },
  'calls-not-compared': {
    title: 'Tool calls could not be compared with who is denied',
    todo: 'No call is lost: all are in the audit table, and those that were answered are compared again with the next batch, or within 15 minutes. If it goes on, look at the storage account.',
  },
  'tool-calls-not-uploaded': {
    title: 'Tool calls could not be uploaded',
    todo: 'Nothing is lost: the batch is delivered again, then kept and uploaded later; docs/audit-pipeline.md tells what to check.',
  },
  'deny-list-blocked': {
    title: 'The table of who is denied cannot be trusted',
    todo: 'Recover the table denied from its backup, or accept it as it is with POST /api/denied/accept; until then only new denials are written. docs/operations/containment.md tells how.',
  },
  'deny-list-drifted': {
    title: 'Somebody took people off the gateway’s deny list',
    todo: 'They are on it again. Find out what changed the named values: an apply that does not ignore their content, or a person.',
  },
  'deny-list-rewritten': {
    title: 'The gateway’s deny list was written in a form that the gateway does not read',
    todo: 'It is in the right form again, and refuses everybody whom it names. Find out who wrote it: the form is `,none,<object id>,<object id>,` in lower case, with nothing else between the commas.',
  },
  'deny-list-adopted': {
    title: 'The gateway’s deny list names somebody whom the table does not know',
    todo: 'They stay denied. Look at GET /api/denied who it is, and release them there if nobody wanted that.',
  },
  'deny-list-unreadable': {
    title: 'Rows of the table of who is denied cannot be read',
    todo: 'Whom they name stays on the gateway’s deny list, or off it, as they are. A newer release wrote the rows, or somebody edited them: deploy the newer release again, or put the rows back from the backup; docs/operations/upgrade.md tells more.',
  },
  'deny-list-nearly-full': {
    title: 'The gateway’s deny list is nearly full',
    todo: 'Soon, add a name to deny_list_named_values of Terraform’s input gateway_settings, after those that are there, and apply; or release who can hold no token any more, of GET /api/denied. docs/operations/containment.md tells how.',
  },
  'deny-list-full': {
    title: 'The gateway’s deny list is full',
    todo: 'Now: the gateway does not refuse those whom the message names. Add a name to deny_list_named_values of Terraform’s input gateway_settings, after those that are there, and apply; within a minute they are on the list. docs/operations/containment.md tells how.',
  },
  'containment-failed': {
    title: 'A leaver is not contained: the gateway may still let them in',
    todo: 'It is tried again every minute and told until it is done. GET /api/doctor says what the gateway refuses; as long as it fails, put the object id on the deny list by hand. docs/operations/containment.md tells how.',
  },
  'contained-in-emergency': {
    title: 'A protected account was contained',
    todo: 'See that it was needed: GET /api/denied/{oid} says who asked and why. If it was not, POST /api/denied/{oid}/release lets it in again.',
  },
  'evidence-altered': {
    title: 'The evidence is not what was filed',
    todo: 'A sealed file differs from what is being filed; keep both, and treat it as an incident.',
    status: 500,
  },
  'evidence-unsigned': {
    title: 'A report is filed, and is not signed',
    todo: 'The report stands, and it is tried again every minute. The line says what Key Vault answered, and GET /api/doctor what the app lacks: mend the key that EVIDENCE_KEY_ID names, or the role on it. docs/operations/evidence.md tells more.',
  },
  unexpected: {
    title: 'This app failed',
    todo: 'Look the operation id up in the logs and report a bug with it.',
    status: 500,
  },
  unauthenticated: {
    title: 'An access token of Entra is needed',
    todo: 'Send an access token of this tenant for API_AUDIENCE: Authorization: Bearer …. docs/operations/first-cases.md makes one.',
    status: 401,
  },
  'missing-role': {
    title: 'The caller has none of the app roles that this needs',
    todo: 'Have it assigned: by Terraform’s input operators, or by an administrator in Entra; then get a new token.',
    status: 403,
  },
  'not-found': {
    title: 'There is no such thing here',
    todo: 'Check the address; the detail says what there is.',
    status: 404,
  },
  'method-not-allowed': {
    title: 'This address does not take that method',
    todo: 'Use one of the methods that the header Allow names.',
    status: 405,
  },
  refused: {
    title: 'This person must not be offboarded',
    todo: 'Look who it is: the detail says why; PROTECTED_OIDS names those whom no case may touch.',
    status: 409,
  },
  'unsupported-media-type': {
    title: 'The body must be application/json',
    todo: 'Send JSON, and say so: Content-Type: application/json.',
    status: 415,
  },
  'too-large': { title: 'The body is too large', todo: 'Send one request for one person.', status: 413 },
  'not-json': { title: 'The body is not JSON', todo: 'Send a JSON document, with its Content-Length.', status: 400 },
  'invalid-request': {
    title: 'The request has faults',
    todo: 'Correct every fault that the answer lists, and send it again.',
    status: 422,
  },
  'unknown-person': {
    title: 'Entra knows nobody of this id or name',
    todo: 'Check the object id or the name; acceptUnknown opens a case for an id nevertheless.',
    status: 422,
  },
  'not-a-person': {
    title: 'This is no person',
    todo: 'Take the object id of the person who leaves, from their page in Entra; an application or its service principal is cut by its owners.',
    status: 409,
  },
  'ambiguous-person': {
    title: 'Several answer to this name',
    todo: 'Find out which of the candidates is meant, and name that one by the object id.',
    status: 409,
  },
  'not-confirmed': {
    title: 'It is not certain that this person is meant',
    todo: 'Make sure who it is, and correct what the answer lists. Name the person by oid, with the user principal name of that account as confirmUserPrincipalName; a plan needs neither.',
    status: 422,
  },
  'not-scheduled': {
    title: 'The case is not scheduled any more',
    todo: 'GET /api/cases/{id} shows what it is now. On hold: POST /api/held/release starts it. Cancelled or ended: POST /api/cases opens another. What runs is not stopped; POST /api/denied/{oid}/release lets the person in again.',
    status: 409,
  },
  'sweep-runs': {
    title: 'A sweep runs already',
    todo: 'GET /api/sweeps/{id} says how far it is; the id is the member sweepId of the answer. Ask again when it has ended.',
    status: 409,
  },
  'posture-not-set-up': {
    title: 'Nobody may read the platform for the checklist',
    todo: 'Apply the release’s Terraform, which makes the identity assessor and sets ASSESSOR_CLIENT_ID; docs/operations/posture.md tells more.',
    status: 409,
  },
  'canary-not-set-up': {
    title: 'There is no canary',
    todo: 'Set canary = true in the release’s Terraform and apply it, which makes its identity, its API at the gateway and its alert rule; docs/operations/posture.md tells more.',
    status: 409,
  },
  'exposure-off': {
    title: 'What would still work is not read here',
    todo: 'The setting EXPOSURE turns it on: own for everybody’s own list, company for figures of the whole firm. docs/operations/exposure.md says what has to be agreed before.',
    status: 409,
  },
  'nothing-to-retry': {
    title: 'This rejection is not run again',
    todo: 'The detail says why. GET /api/rejections lists what is open; POST /api/cases opens a case of somebody who leaves.',
    status: 409,
  },
  'nothing-to-decide': {
    title: 'Nothing of this case waits for such a decision',
    todo: 'Look at GET /api/cases/{id}/findings what waits, and at the detail why this does not.',
    status: 409,
  },
  'not-contained': {
    title: 'No person’s word denies this account',
    todo: 'GET /api/denied/{oid} shows what does. POST /api/denied contains an account; what a case denies has no end, and POST /api/denied/{oid}/release lets in.',
    status: 409,
  },
  'answer-refused': {
    title: 'The answer cannot be taken',
    todo: 'The detail says which source or which person says otherwise. Answer about another account, or have whoever is named there settle it first.',
    status: 409,
  },
  changed: {
    title: 'What was decided about, or looked at, is not what stands there any more',
    todo: 'Read the case and its findings again, and decide about what they say now.',
    status: 412,
  },
  'own-affair': {
    title: 'Nobody decides about themselves',
    todo: 'Ask somebody else with the role.',
    status: 403,
  },
  'key-reused': {
    title: 'The Idempotency-Key belongs to another request',
    todo: 'Take a new key for a new request.',
    status: 422,
  },
  'too-many-requests': {
    title: 'The caller has asked for as many cases as one may within an hour',
    todo: 'Ask again after the time that Retry-After names. If many people leave at once, let HR’s queue or Entra tell of them, or raise MAX_API_CASES_PER_HOUR.',
    status: 429,
  },
  'too-many-reports': {
    title: 'This sender has told of machines as often as one may',
    todo: 'Send the next report after the time that Retry-After names; a report a minute for each machine is enough. Nothing that a machine said before is lost.',
    status: 429,
  },
  'too-many-machines': {
    title: 'This sender tells of as many machines as one may',
    todo: 'What a machine said is forgotten 90 days after its last report. If the firm has so many, have them sent by several repositories or identities; if not, look at GET /api/machines who made them up.',
    status: 409,
  },
  unavailable: {
    title: 'Something that this needs does not answer',
    todo: 'Ask again after the time that Retry-After names; where there is none, GET /api/doctor tells what is wrong.',
    status: 503,
  },
} as const satisfies Readonly<Record<string, Explained>>;

export type ErrorCode = keyof typeof ERRORS;

/** The codes that the API answers with. */
export type ProblemType = {
  [Code in ErrorCode]: (typeof ERRORS)[Code] extends { readonly status: number } ? Code : never;
}[ErrorCode];

/** Whether asking again helps against errors of this code. */
export function passes(code: ErrorCode): boolean {
  const explained: Explained = ERRORS[code];
  return explained.passes === true;
}

/** Whether a text is the code of an error, as histories of other versions may hold others. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

/** The one error that this app throws: for the unexpected only. What a vendor may well answer is a value. */
export class OffboardingError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    // A failure that is told on says what to do next once.
    const { todo } = ERRORS[code];
    super(message.includes(todo) ? message : `${message} ${todo}`, options);
    this.name = 'OffboardingError';
    this.code = code;
  }
}

/** What failed, of a message that says what to do as well: for where that stands once for all of them. */
export function withoutTodo(code: ErrorCode, message: string): string {
  return message.replace(` ${ERRORS[code].todo}`, '');
}
