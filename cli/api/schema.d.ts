// Of docs/openapi.json with SHA-256 7d217c16e5370bbc9cffc8381b6df5f5475041055a5b6efc4dbb37f5d7328fcb: npm run write:api-types writes it anew.
export interface paths {
    "/api/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases, the newest first, a page at a time; where few match, a page may hold fewer than the limit */
        get: operations["listCases"];
        put?: never;
        /** Opens a case, or names the one there is */
        post: operations["openCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/several": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens cases of several people, or names those there are; the answer tells of each, in their order */
        post: operations["openCases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The case, and how far it is */
        get: operations["getCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The filed report */
        get: operations["getReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/report.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The filed report as JSON */
        get: operations["getReportJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The filed report as a page */
        get: operations["getReportHtml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/report.md": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The filed report as Markdown */
        get: operations["getReportMarkdown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The findings of the newest report, and the hash of the plan that a decision about them names */
        get: operations["listFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The reports that a case has filed, newest first */
        get: operations["listRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people and systems were told of a case, and what could not be told so far, oldest first */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files of the newest report, each with the digest that its manifest seals */
        get: operations["listEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/evidence/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The names of all files in the case’s folder, those of every revision, signatures and keys included */
        get: operations["listEvidenceFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/evidence/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file of the case’s folder, as it is stored: whoever downloads it verifies it */
        get: operations["getEvidenceFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels a scheduled case */
        post: operations["cancelCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts a scheduled case before its instant */
        post: operations["startCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/reschedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a scheduled case wait for another day */
        post: operations["rescheduleCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides about remedies that wait; what is approved is carried out, read back and filed as the next revision */
        post: operations["decideCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/recheck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Has a filed case read again: everything is read, what needs no decision is cut, and the next revision is filed */
        post: operations["recheckCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a case has cut and was not given back since, and who gives it back: the app, a person, or nobody */
        get: operations["listCut"];
        put?: never;
        /** Gives back what a case cut, whole or by finding; what came of it is read back and filed as the next revision */
        post: operations["restoreCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every answer about the person of a case, also those of earlier cases and withdrawn ones */
        get: operations["listAnswers"];
        put?: never;
        /** Answers what no vendor says about the person of a case; a second person confirms it, and the case is read again */
        post: operations["answerCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/answers/{n}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A second person stands by an answer: from now on it counts as one of two people */
        post: operations["confirmAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/answers/{n}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An answer does not hold any more; nothing further rests on it, and it stays on record */
        post: operations["withdrawAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers for many people at once which account is whose; each line is confirmed like any answer */
        post: operations["answerList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accepts findings of the newest report until a day; they stand in each report, and never make a case clear */
        post: operations["acceptFindings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every finding that somebody accepts now, those that end soonest first */
        get: operations["listExceptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions/{exception}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A finding is not accepted any more: it is open again in the next revision of its case */
        post: operations["revokeException"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What keeps cases from being started: the pause, and the cases on hold by brake and trigger */
        get: operations["listHeld"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/held/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts the cases on hold: all of them, those that a brake holds, those of a trigger, or those of a span of time */
        post: operations["releaseHeld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People by the beginning of their name, principal name or mail, deleted ones last; to pick from, not to rely on */
        get: operations["searchPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{oid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who somebody is, which accounts are remembered as theirs and on what evidence, their cases, and what people answered */
        get: operations["getPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks, with which roles, and what these allow; also for somebody without any */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for a person, the most urgent first, and whether the caller may act on it */
        get: operations["listWaiting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** With what a client signs a person in to this API */
        get: operations["getSignInSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/denied": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is or was denied at the gateway, and why nothing is projected from it where that is so */
        get: operations["listDenied"];
        put?: never;
        /** Cuts a suspected account off now, for a time, without a case; a later end extends it */
        post: operations["containAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/denied/{oid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One who is or was denied, with what people did about it as far as it is kept */
        get: operations["getDenied"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/denied/{oid}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody who is contained stays so for longer */
        post: operations["extendDenied"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/denied/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The table of the denied is right as it is */
        post: operations["acceptDenied"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/denied/{oid}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody is let in again; nobody releases themselves */
        post: operations["releaseDenied"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sweeps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sweeps of a day, the newest first: those that are filed with what they counted, and those that go on */
        get: operations["listSweeps"];
        put?: never;
        /** Begins a sweep now, unless one goes on; it opens cases in the mode of the sweep */
        post: operations["startSweep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sweeps/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the last sweep does, how far it is, and when it has read everything */
        get: operations["getLatestSweep"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sweeps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A sweep: how far it is, or what it looked at, found and opened */
        get: operations["getSweep"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The checklist as it was assessed last */
        get: operations["getPosture"];
        put?: never;
        /** Assesses the checklist now: reads everything that it rests on, changes nothing, and files the run */
        post: operations["startPosture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posture/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs of a month, the newest first */
        get: operations["listPostureRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posture/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run: whether it goes on, or what it found */
        get: operations["getPostureRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posture/runs/{id}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run as a page for an auditor, as it was filed */
        get: operations["getPosturePage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posture/runs/{id}/junit.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run in JUnit’s form, for a pipeline: unknown is an error, what is accepted or does not apply is skipped */
        get: operations["getPostureJunit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posture/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is new, fixed, still failing or out of sight between two runs */
        get: operations["diffPosture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posture/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every number that posture measures, with the first of it, the last, and a point for each day since */
        get: operations["getPostureMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posture/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Of each point of the checklist the worst status of each week, of 52 weeks at most */
        get: operations["getPostureHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posture/canary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last canaries, the newest first: whether the detection saw them, and after how many seconds */
        get: operations["listCanaries"];
        put?: never;
        /** Tries the detection of point 14: calls as nobody does by hand, in an API without documents, and waits for the alert */
        post: operations["startCanary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exposure/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of one’s own would still work after one left, and how to mend it; for everybody, with a role or without */
        get: operations["getOwnExposure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exposure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many people hold what would still work after they left; numbers below 5 are withheld */
        get: operations["getExposure"];
        put?: never;
        /** Reads now what everybody holds; changes nothing, and replaces what was read before */
        post: operations["startExposure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/machines/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A machine of CI tells of the credentials that lie on it; sent by a job with a token of GitHub for MACHINES_AUDIENCE, or by a managed identity with the role Offboarding.Inventory */
        post: operations["reportMachine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/machines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Machines of CI that were told of, by whom and when; what is missing here says nothing */
        get: operations["listMachines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rejections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was rejected on a day: what could not become a case, and the dead letters of the audit pipeline */
        get: operations["listRejections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rejections/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs a rejected message of HR again, with what it said; one that was settled so before is answered as it was */
        post: operations["retryRejection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rejections/{id}/handled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a rejection off the list of what is open, because somebody did what was to be done */
        post: operations["handleRejection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/privileged-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who had the API change what on a day: an entry before each call, and one with what was answered */
        get: operations["listPrivilegedCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** From now on nothing is cut; every new case is contained and on hold */
        post: operations["pauseApp"];
        /** Ends the pause; what was put on hold meanwhile stays there until somebody releases it */
        delete: operations["endPause"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the app holds every permission that it needs, and what to do about those that it does not hold */
        get: operations["getDoctor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pilot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last pilot: whether it goes on, and its record once it is filed */
        get: operations["getPilot"];
        put?: never;
        /** Asks every vendor what documents leave open, changes nothing, and files what they answered without names */
        post: operations["startPilot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the app runs, reaches its rows, and is paused; says nothing about vendors */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lifecycle-workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A lifecycle workflow of Entra runs for somebody who leaves */
        post: operations["postLifecycleWorkflows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Case: {
            oid: string;
            /** @enum {string} */
            trigger: "entra-event" | "hr-queue" | "api" | "sweep" | "lifecycle-workflow";
            reason: string;
            requestedBy: string;
            /** Format: date-time */
            requestedAt: string;
            /** @enum {string} */
            mode: "plan" | "apply";
            /** Format: date */
            lastDay?: string;
            /** Format: date-time */
            startsAt?: string;
            caseId: string;
            n: number;
            /** @enum {string} */
            state: "scheduled" | "open" | "running" | "filed" | "refused" | "cancelled" | "failed";
            displayName?: string;
            userPrincipalName?: string;
            instanceId: string;
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            filedAt?: string;
            outcome?: string;
            incident?: boolean;
            awaiting?: number;
            report?: string;
            refusal?: string;
            merged: {
                /** @enum {string} */
                trigger: "entra-event" | "hr-queue" | "api" | "sweep" | "lifecycle-workflow";
                requestedBy: string;
                /** Format: date-time */
                requestedAt: string;
                reason: string;
                /** Format: date */
                lastDay?: string;
                /** Format: date-time */
                startsAt?: string;
                /** @enum {string} */
                mode?: "plan" | "apply";
                /** Format: date-time */
                withdrawnAt?: string;
            }[];
            /** Format: date-time */
            withdrawnAt?: string;
            firstDay?: {
                /** Format: date-time */
                startsAt: string;
                /** Format: date */
                lastDay?: string;
            };
            cancellation?: string;
            onHold?: string;
            /** @enum {string} */
            heldBy?: "mass-leaving" | "paused";
            /** @enum {string} */
            contained?: "done" | "failed" | "no-gateway" | "released";
            containedWhy?: string;
            generation?: number;
            failure?: string;
            attempts?: {
                instanceId: string;
                /** Format: date-time */
                endedAt: string;
                why: string;
            }[];
            decisions?: {
                n: number;
                by: string;
                /** Format: date-time */
                at: string;
                /** @constant */
                emergency?: true;
                file: {
                    /** @enum {string} */
                    container: "work" | "evidence" | "inventory";
                    name: string;
                    sha256: string;
                    bytes: number;
                };
            }[];
            restores?: {
                n: number;
                revision: number;
                by: string;
                /** Format: date-time */
                at: string;
                reason: string;
                /** @constant */
                whole?: true;
                file: {
                    /** @enum {string} */
                    container: "work" | "evidence" | "inventory";
                    name: string;
                    sha256: string;
                    bytes: number;
                };
            }[];
            /** Format: date-time */
            attemptAt?: string;
            revisions?: {
                attempt: number;
                /** Format: date-time */
                filedAt: string;
                outcome: string;
                report: string;
            }[];
            /** @enum {string} */
            because?: "vendor-away" | "decision" | "answer" | "restore" | "recheck" | "follow-up" | "reopened";
            /** Format: date-time */
            readAgainAt?: string;
            notReadAgain?: string;
            followUps?: {
                /** @enum {string} */
                which: "24h" | "7d" | "31d" | "restore" | "alive" | "answer";
                /** Format: date-time */
                at: string;
            }[];
            compared?: {
                new: number;
                gone: number;
                changed: number;
                still: number;
            };
            passed?: {
                /** Format: date-time */
                at: string;
                revision: number;
                server: string;
                tool: string;
                status: number;
                requestId: string;
                identity?: string;
            };
            /** Format: date-time */
            sweptAt?: string;
            /** Format: date-time */
            deletedAt?: string;
            /** Format: date-time */
            restoredAt?: string;
            /** Format: date-time */
            goneAt?: string;
            progress?: {
                steps?: {
                    [key: string]: string;
                };
                sources?: {
                    source: string;
                    step?: string;
                    unit: string;
                    done: number;
                    of: number | "not known yet";
                    ends?: string;
                }[];
                ends?: string;
            };
            links: {
                self: string;
                report?: string;
            };
        };
        /** @description Problem details for HTTP APIs (RFC 9457) */
        Problem: {
            /** @description urn:mcp-offboarding:problem:<code>; docs/errors.md lists the codes */
            type: string;
            title: string;
            status: number;
            /** @description what is wrong this time */
            detail: string;
            whatToDo: string;
            /** @description every fault of the request */
            errors?: {
                /** @description JSON pointer (RFC 6901) into the body */
                pointer?: string;
                /** @description name of a parameter */
                parameter?: string;
                detail: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        Finding: {
            id: string;
            step: string;
            kind: string;
            title: string;
            resource: {
                /** @enum {string} */
                system: "entra" | "azure" | "gateway" | "github" | "azure-devops" | "log-analytics" | "app";
                type: string;
                id: string;
                name?: string;
                url?: string;
            };
            /** @enum {string} */
            severity: "critical" | "high" | "medium" | "low" | "info";
            /** @enum {string} */
            status: "planned" | "awaiting-decision" | "rejected" | "accepted" | "done" | "nothing-to-do" | "needs-code-change" | "manual-action" | "could-not-check" | "failed";
            reason: string;
            evidence: {
                [key: string]: string | number | boolean | null | string[];
            };
            /** @constant */
            incident?: true;
            residual?: {
                /** Format: date-time */
                until: string;
                why: string;
            };
            closedWith?: string;
            restsOn?: {
                credentials: string[];
                proved: boolean;
            };
            readBack?: {
                /** @enum {string} */
                state: "gone" | "present" | "could-not-check";
                /** Format: date-time */
                checkedAt: string;
                detail?: string;
            };
            accepted?: {
                exception: string;
                by: string;
                /** Format: date-time */
                at: string;
                /** Format: date-time */
                until: string;
                reason: string;
            };
            remedy?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        Answer: {
            oid: string;
            n: number;
            caseId?: string;
            /** @enum {string} */
            kind: "account" | "none" | "same-person" | "service-account" | "last-day" | "owner";
            /** @enum {string} */
            statement: "is" | "is-not";
            /** @enum {string} */
            vendor?: "github" | "azure-devops";
            scope?: string;
            accountId?: string;
            login?: string;
            /** @constant */
            only?: true;
            other?: string;
            /** Format: date */
            day?: string;
            findingId?: string;
            thing?: string;
            reason: string;
            evidenceUrl?: string;
            by: string;
            /** Format: date-time */
            at: string;
            confirmed?: {
                by: string;
                /** Format: date-time */
                at: string;
                reason: string;
            };
            withdrawn?: {
                by: string;
                /** Format: date-time */
                at: string;
                reason: string;
            };
            /** @enum {string} */
            force: "waits" | "confirmed" | "withdrawn";
            says: string;
            /** @description what it comes to by now */
            permits: string;
        };
        Exception: {
            id: string;
            oid: string;
            caseId: string;
            revision: number;
            planHash?: string;
            findingId: string;
            kind: string;
            title: string;
            /** @enum {string} */
            severity: "critical" | "high" | "medium" | "low" | "info";
            /** @constant */
            incident?: true;
            by: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            until: string;
            reason: string;
            revoked?: {
                by: string;
                /** Format: date-time */
                at: string;
                reason: string;
            };
        };
        Person: {
            oid: string;
            displayName?: string;
            userPrincipalName?: string;
            mail?: string;
            /** @enum {string} */
            state: "active" | "disabled" | "soft-deleted" | "gone" | "unreadable";
            /** @description why Entra could not be asked */
            why?: string;
            denied?: boolean;
            accounts: {
                /** @enum {string} */
                vendor: "github" | "azure-devops";
                id: string;
                /** @description the name under which it was seen last */
                login?: string;
                /**
                 * @description what proved it
                 * @enum {string}
                 */
                code: "P1" | "P2" | "P3" | "P4" | "P5" | "P6" | "P7" | "S1" | "S2" | "S3" | "S4" | "S5" | "S6" | "W1" | "W2" | "W3" | "W4" | "W5" | "X1" | "X2" | "X3" | "X4" | "X5" | "Y1" | "Y2" | "Y3" | "Y4";
                source: string;
                /** Format: date-time */
                firstSeen: string;
                /** Format: date-time */
                lastSeen: string;
            }[];
            cases: components["schemas"]["Case"][];
            /** @description also withdrawn ones */
            answers: components["schemas"]["Answer"][];
        };
        Waiting: {
            /** @description the same for the same thing, as long as it waits */
            id: string;
            /** @enum {string} */
            kind: "not-contained" | "list-blocked" | "failed" | "on-hold" | "decisions" | "old-decisions" | "answer" | "containment-ends" | "exception-ends" | "rejections" | "list-full";
            /** @description one sentence */
            what: string;
            /**
             * @description the right that it takes, as in GET /api/me
             * @enum {string}
             */
            right: "decide" | "approve" | "operate";
            /** @description whether the caller may act on it */
            may: boolean;
            /** @description why they may not, although they have the right */
            whyNot?: string;
            /** Format: date-time */
            since?: string;
            /**
             * Format: date-time
             * @description when it ends by itself, in a way that may not be wanted
             */
            until?: string;
            count?: number;
            /** @description of an answer: its number */
            number?: number;
            oid?: string;
            displayName?: string;
            userPrincipalName?: string;
            caseId?: string;
            /** @constant */
            incident?: true;
            /** @description of rejections */
            day?: string;
            /** @description where the console shows it, behind the # */
            page: string;
        };
        Denied: {
            oid: string;
            /** @enum {string} */
            kind: "person" | "identity" | "unknown";
            /** @enum {string} */
            state: "denied" | "released" | "unreadable";
            generation: number;
            caseId?: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            changedAt: string;
            /** Format: date-time */
            until?: string;
            why: string;
            released?: {
                /** Format: date-time */
                at: string;
                by: string;
                why: string;
            };
            byPerson?: {
                /** Format: date-time */
                since: string;
                /** Format: date-time */
                until: string;
                by: string;
                why: string;
                under?: string;
            };
            pastCase?: string;
            changes?: {
                /** @enum {string} */
                what: "contained" | "extended" | "stood" | "taken-over" | "given-back" | "released" | "ended";
                /** Format: date-time */
                at: string;
                by: string;
                why: string;
                /** Format: date-time */
                until?: string;
                generation: number;
                key?: string;
            }[];
            /** @description as the case knows it */
            displayName?: string;
            userPrincipalName?: string;
        };
        Sweep: {
            sweepId: string;
            at?: string;
            /** @enum {string} */
            state: "running" | "filed" | "failed";
            progress: {
                doing?: string;
                ends?: string;
                sources: {
                    source: string;
                    step?: string;
                    unit: string;
                    done: number;
                    of: number | "not known yet";
                    ends?: string;
                }[];
            };
        };
        FiledSweep: {
            sweepId: string;
            at: string;
            finishedAt: string;
            counts: {
                opened: number;
                /** @default 0 */
                reopened: number;
                known: number;
                "on-hold": number;
                refused: number;
                returned: number;
                unreadable: number;
            };
            /** @default [] */
            faults: string[];
        };
        SweepReport: {
            sweepId: string;
            at: string;
            finishedAt: string;
            counts: {
                opened: number;
                /** @default 0 */
                reopened: number;
                known: number;
                "on-hold": number;
                refused: number;
                returned: number;
                unreadable: number;
            };
            /** @default [] */
            faults: string[];
            looked: {
                people: number;
                credentials: number;
                unlinked: number;
            };
            coverage: {
                source: string;
                /** @enum {string} */
                state: "complete" | "exempt" | "not-examined" | "partial" | "denied" | "unavailable";
                looked: {
                    count: number;
                    unit: string;
                    asked?: number;
                };
                detail?: string;
                missingPermission?: string;
            }[];
            orphaned: {
                oid: string;
                /** @enum {string} */
                result: "opened" | "reopened" | "known" | "on-hold" | "refused" | "returned" | "unreadable";
                caseId?: string;
                /** @enum {string} */
                mode?: "plan" | "apply";
                credentials: {
                    /** @enum {string} */
                    kind: "delegated-grant" | "fine-grained-token" | "sso-credential" | "token-in-repository" | "schedule" | "token-on-machine";
                    source: string;
                    id: string;
                }[];
                /** @description as the case knows it by now */
                displayName?: string;
                userPrincipalName?: string;
                /** @description why the case is on hold, or was refused */
                why?: string;
            }[];
        };
        PostureRun: {
            /** @constant */
            schemaVersion: "1.0";
            runId: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            finishedAt: string;
            /** @enum {string} */
            trigger: "timer" | "asked" | "deployment";
            by?: string;
            before?: string;
            checks: {
                check: string;
                point: number;
                title: string;
                /** @enum {string} */
                severity: "critical" | "high" | "medium" | "low" | "info";
                version: number;
                modules: string[];
                /** @enum {string} */
                status: "pass" | "fail" | "unknown" | "not-applicable";
                /** @enum {string} */
                change: "first" | "same" | "new-fail" | "fixed" | "still-failing" | "lost-sight" | "found" | "exception-expired" | "not-comparable";
                /** Format: date-time */
                at: string;
                subjects: number;
                failures: {
                    id: string;
                    reason: string;
                    resource: string;
                    says: string;
                    /** @enum {string} */
                    severity: "critical" | "high" | "medium" | "low" | "info";
                    evidence: {
                        resource: string;
                        call: string;
                        hash?: string;
                        shows?: {
                            [key: string]: string | number | boolean | string[];
                        };
                    };
                    remedy: {
                        todo: string;
                        link?: string;
                        command?: string;
                    };
                    /** Format: date-time */
                    since: string;
                    /** @enum {string} */
                    change: "new-fail" | "still-failing" | "exception-expired";
                    accepted?: {
                        reason: string;
                        by: string;
                        /** Format: date */
                        until: string;
                    };
                }[];
                gaps: {
                    /** @enum {string} */
                    reason: "denied" | "throttled" | "partial" | "unavailable" | "not-configured" | "unreadable" | "no-data" | "error";
                    source: string;
                    detail: string;
                    missingPermission?: string;
                }[];
                evidence: {
                    resource: string;
                    call: string;
                    hash?: string;
                    shows?: {
                        [key: string]: string | number | boolean | string[];
                    };
                }[];
                shows: {
                    [key: string]: string | number | boolean | string[];
                };
            }[];
            metrics: {
                metric: string;
                title: string;
                unit: string;
                /** @enum {string} */
                state: "exact" | "at-least" | "unknown" | "not-applicable";
                value?: number;
                arithmetic: string;
                terms: {
                    [key: string]: number;
                };
                gaps: {
                    /** @enum {string} */
                    reason: "denied" | "throttled" | "partial" | "unavailable" | "not-configured" | "unreadable" | "no-data" | "error";
                    source: string;
                    detail: string;
                    missingPermission?: string;
                }[];
            }[];
            idleExceptions: string[];
            overlongExceptions?: string[];
        };
        PostureDiff: {
            from: string;
            to: string;
            checks: {
                check: string;
                title: string;
                /** @enum {string} */
                before?: "pass" | "fail" | "unknown" | "not-applicable";
                /** @enum {string} */
                after: "pass" | "fail" | "unknown" | "not-applicable";
                /** @enum {string} */
                change: "first" | "same" | "new-fail" | "fixed" | "still-failing" | "lost-sight" | "found" | "exception-expired" | "not-comparable";
                fails: {
                    id: string;
                    reason: string;
                    resource: string;
                    says: string;
                    /** @enum {string} */
                    severity: "critical" | "high" | "medium" | "low" | "info";
                    evidence: {
                        resource: string;
                        call: string;
                        hash?: string;
                        shows?: {
                            [key: string]: string | number | boolean | string[];
                        };
                    };
                    remedy: {
                        todo: string;
                        link?: string;
                        command?: string;
                    };
                    /** Format: date-time */
                    since: string;
                    /** @enum {string} */
                    change: "new-fail" | "still-failing" | "exception-expired";
                    accepted?: {
                        reason: string;
                        by: string;
                        /** Format: date */
                        until: string;
                    };
                }[];
                stillFails: {
                    id: string;
                    reason: string;
                    resource: string;
                    says: string;
                    /** @enum {string} */
                    severity: "critical" | "high" | "medium" | "low" | "info";
                    evidence: {
                        resource: string;
                        call: string;
                        hash?: string;
                        shows?: {
                            [key: string]: string | number | boolean | string[];
                        };
                    };
                    remedy: {
                        todo: string;
                        link?: string;
                        command?: string;
                    };
                    /** Format: date-time */
                    since: string;
                    /** @enum {string} */
                    change: "new-fail" | "still-failing" | "exception-expired";
                    accepted?: {
                        reason: string;
                        by: string;
                        /** Format: date */
                        until: string;
                    };
                }[];
                gone: {
                    id: string;
                    reason: string;
                    resource: string;
                    says: string;
                    /** @enum {string} */
                    severity: "critical" | "high" | "medium" | "low" | "info";
                    evidence: {
                        resource: string;
                        call: string;
                        hash?: string;
                        shows?: {
                            [key: string]: string | number | boolean | string[];
                        };
                    };
                    remedy: {
                        todo: string;
                        link?: string;
                        command?: string;
                    };
                    /** Format: date-time */
                    since: string;
                    /** @enum {string} */
                    change: "new-fail" | "still-failing" | "exception-expired";
                    accepted?: {
                        reason: string;
                        by: string;
                        /** Format: date */
                        until: string;
                    };
                }[];
            }[];
        };
        PostureMetric: {
            metric: string;
            title: string;
            unit: string;
            latest?: {
                metric: string;
                title: string;
                unit: string;
                /** @enum {string} */
                state: "exact" | "at-least" | "unknown" | "not-applicable";
                value?: number;
                arithmetic: string;
                terms: {
                    [key: string]: number;
                };
                gaps: {
                    /** @enum {string} */
                    reason: "denied" | "throttled" | "partial" | "unavailable" | "not-configured" | "unreadable" | "no-data" | "error";
                    source: string;
                    detail: string;
                    missingPermission?: string;
                }[];
                runId: string;
                /** Format: date-time */
                at: string;
            };
            before?: {
                /** Format: date */
                day: string;
                runId: string;
                /** @enum {string} */
                state: "exact" | "at-least" | "unknown" | "not-applicable";
                value?: number;
                terms: {
                    [key: string]: number;
                };
            };
            points: {
                /** Format: date */
                day: string;
                runId: string;
                /** @enum {string} */
                state: "exact" | "at-least" | "unknown" | "not-applicable";
                value?: number;
                terms: {
                    [key: string]: number;
                };
            }[];
        };
        PostureWeeks: {
            check: string;
            point: number;
            title: string;
            weeks: {
                week: string;
                /** @enum {string} */
                status: "pass" | "fail" | "unknown" | "not-applicable";
            }[];
        };
        Canary: {
            id: string;
            /**
             * @description scheduled, running, waiting (for the alert); detected, late, undetected; not-sent (not let through, nothing was tried), unread (the alerts could not be read)
             * @enum {string}
             */
            state: "scheduled" | "running" | "waiting" | "detected" | "late" | "undetected" | "not-sent" | "unread";
            /** @description object id of who asked; absent of the month’s own */
            by?: string;
            /** Format: date-time */
            dueAt: string;
            /** Format: date-time */
            beganAt?: string;
            /** @description calls that were sent */
            calls: number;
            /** @description calls that the gateway let through */
            answered: number;
            /**
             * Format: date-time
             * @description when the call was sent that crosses the limit
             */
            crossedAt?: string;
            /** @description id of the alert */
            alert?: string;
            /** Format: date-time */
            alertAt?: string;
            /** @description from crossing to alert */
            seconds?: number;
            detail?: string;
        };
        OwnExposure: {
            /** Format: date-time */
            readAt: string;
            /** @enum {string} */
            state: "exact" | "at-least";
            notRead: {
                source: string;
                detail: string;
            }[];
            surviving: number;
            paths: {
                id: string;
                /** @enum {string} */
                kind: "federated-credential" | "application-secret" | "fine-grained-token" | "sso-credential" | "token-in-repository" | "deploy-key" | "schedule" | "service-connection" | "delegated-grant";
                title: string;
                where: string;
                survives: boolean;
                why: string;
                remedy: {
                    /** @enum {string} */
                    class: "automatic" | "approval" | "code-change" | "human";
                    todo: string;
                    link?: string;
                    command?: string;
                };
            }[];
            oid: string;
        };
        Exposure: {
            /** Format: date-time */
            readAt: string;
            /** @enum {string} */
            state: "exact" | "at-least";
            notRead: {
                /** @enum {string} */
                reason: "denied" | "throttled" | "partial" | "unavailable" | "not-configured" | "unreadable" | "no-data" | "error";
                source: string;
                detail: string;
                missingPermission?: string;
            }[];
            bands: {
                /** @enum {string} */
                band: "0" | "1-2" | "3-5" | "more";
                people: number | null;
                suppressed: boolean;
            }[];
            kinds: {
                /** @enum {string} */
                kind: "federated-credential" | "application-secret" | "fine-grained-token" | "sso-credential" | "token-in-repository" | "deploy-key" | "schedule" | "service-connection" | "delegated-grant";
                people: number | null;
                suppressed: boolean;
            }[];
            trend: {
                /** Format: date */
                day: string;
                /** @enum {string} */
                state: "exact" | "at-least";
                bands: {
                    /** @enum {string} */
                    band: "0" | "1-2" | "3-5" | "more";
                    people: number | null;
                    suppressed: boolean;
                }[];
            }[];
        };
        Machine: {
            /** @description vendor, organisation and name */
            machine: string;
            /** @enum {string} */
            vendor: "github" | "azure-devops";
            /** @description who told of it: a repository of GitHub or a managed identity, by its number */
            sayer: string;
            /**
             * Format: date-time
             * @description when the newest report was taken
             */
            reportedAt: string;
            /** @description credentials that the newest report names */
            tokens: number;
        };
        Rejection: {
            id: string;
            trigger: string;
            reason: string;
            /** @description what came, redacted, its beginning */
            received: string;
            /** @description characters of what came */
            length: number;
            blob: string;
            /**
             * @description open: nobody has settled it, or it came again since
             * @enum {string}
             */
            state: "open" | "retried" | "handled";
            /** @description whether it is open, and its message is kept so that it can be run again */
            canRetry: boolean;
            retries: {
                by: string;
                /** Format: date-time */
                at: string;
                reason: string;
                /** @enum {string} */
                result: "opened" | "merged" | "duplicate" | "on-hold" | "carried-out" | "rejected";
                caseId?: string;
                why?: string;
            }[];
            handled?: {
                by: string;
                at: string;
                reason: string;
            };
        };
        Diagnosis: {
            /** @enum {string} */
            verdict: "ready" | "unknown" | "not-ready";
            headline: string;
            permissions: {
                id: string;
                identity: string;
                system: string;
                permission: string;
                /** @enum {string} */
                state: "granted" | "missing" | "could-not-check";
                detail?: string;
                /** @description what does not work as long as it is not granted */
                withoutIt?: string[];
                whatToDo?: string;
            }[];
            checks: {
                check: string;
                /** @enum {string} */
                state: "passes" | "fails" | "could-not-check";
                detail: string;
                whatToDo?: string;
            }[];
            automaticTriggers: {
                /** @enum {string} */
                trigger: "entra-event" | "hr-queue" | "sweep" | "lifecycle-workflow";
                setting: string;
                /** @enum {string} */
                mode: "plan" | "apply";
                detail: string;
            }[];
            decisionPolicy: {
                about: string;
                /** @enum {string} */
                how: "decision" | "by-hand";
                detail: string;
            }[];
            sources: {
                unread: {
                    source: string;
                    why: string;
                    whatToDo: string;
                }[];
                exemptions: {
                    sources: string[];
                    reason: string;
                    by: string;
                    until: string;
                    /** @enum {string} */
                    state: "holds" | "over";
                }[];
                standingLimits: {
                    acknowledged: string[];
                    notAcknowledged: string[];
                };
            };
            notAsked: {
                id: string;
                permission: string;
                why: string;
            }[];
        };
        Pilot: {
            pilotId: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            state: "running" | "filed" | "failed";
            record?: components["schemas"]["PilotRecord"];
        };
        PilotRecord: {
            /** @constant */
            format: "mcp-offboarding-pilot";
            /** @constant */
            version: 1;
            pilotId: string;
            /** Format: date-time */
            at: string;
            answers: {
                probe: string;
                place: string;
                answer: string;
                counts?: {
                    [key: string]: number;
                };
                fields?: {
                    [key: string]: "text" | "number" | "boolean" | "list" | "object" | "null";
                };
                couldNotAsk?: {
                    /** @enum {string} */
                    kind: "denied" | "not-found" | "throttled" | "conflict" | "refused" | "incomplete" | "unavailable" | "late" | "unexpected";
                    status?: number;
                    permission?: string;
                };
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listCases: {
        parameters: {
            query?: {
                state?: "scheduled" | "open" | "running" | "filed" | "refused" | "cancelled" | "failed";
                outcome?: "clear" | "residual" | "attention" | "incomplete" | "failed";
                /** @description only those in which something acted as the leaver after the departure */
                incident?: "true";
                trigger?: "entra-event" | "hr-queue" | "api" | "sweep" | "lifecycle-workflow";
                mode?: "plan" | "apply";
                /** @description only those that wait for somebody */
                onHold?: "true";
                /** @description of this person */
                oid?: string;
                /** @description in the name, the reason, the case id and who asked */
                search?: string;
                openedFrom?: string;
                openedTo?: string;
                limit?: number;
                /** @description where the page begins: from `next` of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cases, the newest first, a page at a time; where few match, a page may hold fewer than the limit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cases: components["schemas"]["Case"][];
                        /** @description address of the next page; absent on the last */
                        next?: string;
                        /** @description cases whose rows another release of the app wrote; they are left alone */
                        unreadable?: string[];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openCase: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    oid?: string;
                    userPrincipalName?: string;
                    mail?: string;
                    acceptUnknown?: boolean;
                    confirmUserPrincipalName?: string;
                    reason: string;
                    /** @enum {string} */
                    mode: "plan" | "apply";
                    /** Format: date */
                    lastDay?: string;
                    timeOfDay?: string;
                    zone?: string;
                    when?: "now" | string;
                };
            };
        };
        responses: {
            /** @description Opens a case, or names the one there is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description Opens a case, or names the one there is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `refused`: This person must not be offboarded; `ambiguous-person`: Several answer to this name; `not-a-person`: This is no person */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unknown-person`: Entra knows nobody of this id or name; `not-confirmed`: It is not certain that this person is meant; `key-reused`: The Idempotency-Key belongs to another request; `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: The caller has asked for as many cases as one may within an hour */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openCases: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    people: {
                        /** Format: uuid */
                        oid?: string;
                        userPrincipalName?: string;
                        mail?: string;
                        acceptUnknown?: boolean;
                        confirmUserPrincipalName?: string;
                    }[];
                    reason: string;
                    /** @enum {string} */
                    mode: "plan" | "apply";
                    /** Format: date */
                    lastDay?: string;
                    timeOfDay?: string;
                    zone?: string;
                    when?: "now" | string;
                };
            };
        };
        responses: {
            /** @description Opens cases of several people, or names those there are; the answer tells of each, in their order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            /** @description as `openCase` would answer */
                            status: number;
                            case?: components["schemas"]["Case"];
                            problem?: components["schemas"]["Problem"];
                        }[];
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case, and how far it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The filed report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `evidence-altered`: The evidence is not what was filed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The filed report as JSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `evidence-altered`: The evidence is not what was filed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportHtml: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The filed report as a page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `evidence-altered`: The evidence is not what was filed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportMarkdown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The filed report as Markdown */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/markdown": string;
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `evidence-altered`: The evidence is not what was filed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFindings: {
        parameters: {
            query?: {
                status?: "planned" | "awaiting-decision" | "rejected" | "accepted" | "done" | "nothing-to-do" | "needs-code-change" | "manual-action" | "could-not-check" | "failed";
                severity?: "critical" | "high" | "medium" | "low" | "info";
                step?: string;
            };
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The findings of the newest report, and the hash of the plan that a decision about them names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revision: number;
                        planHash?: string;
                        findings: components["schemas"]["Finding"][];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `evidence-altered`: The evidence is not what was filed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRevisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The reports that a case has filed, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revisions: {
                            revision: number;
                            /** Format: date-time */
                            filedAt: string;
                            outcome: string;
                            /** @description blob in the container `evidence` */
                            report: string;
                            /** @description whether a signature lies beside the manifest */
                            signed: boolean;
                            /** @description the key that signed, with its version */
                            keyid?: string;
                        }[];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What people and systems were told of a case, and what could not be told so far, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: {
                            /** @enum {string} */
                            moment: "incident" | "containment-failed" | "containment-ends-soon" | "containment-ended" | "containment-released" | "contained" | "posture-worse" | "failed" | "decision-awaited" | "reopened" | "ended" | "on-hold" | "refused" | "started";
                            revision: number;
                            /** @enum {string} */
                            channel: "issue" | "teams" | "webhook" | "log";
                            /** @enum {string} */
                            state: "waiting" | "told" | "void";
                            /** Format: date-time */
                            at: string;
                            /** Format: date-time */
                            dueAt: string;
                            attempts: number;
                            /** Format: date-time */
                            toldAt?: string;
                            failure?: string;
                        }[];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The files of the newest report, each with the digest that its manifest seals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        outcome: string;
                        files: {
                            name: string;
                            sha256: string;
                            bytes: number;
                        }[];
                        previous?: {
                            name: string;
                            sha256: string;
                        };
                        /** @description what seals these files, to be told to whoever verifies them */
                        manifest: {
                            name: string;
                            sha256: string;
                        };
                        /** @description whether a signature lies beside the manifest */
                        signed: boolean;
                        /** @description the key that signed, with its version */
                        keyid?: string;
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `evidence-altered`: The evidence is not what was filed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvidenceFiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The names of all files in the case’s folder, those of every revision, signatures and keys included */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        names: string[];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvidenceFile: {
        parameters: {
            query: {
                /** @description one of the names that GET /api/cases/{id}/evidence/files lists */
                name: string;
            };
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One file of the case’s folder, as it is stored: whoever downloads it verifies it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelCase: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the case or of its findings, as they were looked at: where the case has changed since, nothing is done */
                "if-match"?: string;
            };
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Cancels a scheduled case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-scheduled`: The case is not scheduled any more; `refused`: This person must not be offboarded */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `changed`: What was decided about, or looked at, is not what stands there any more */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startCase: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the case or of its findings, as they were looked at: where the case has changed since, nothing is done */
                "if-match"?: string;
            };
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Starts a scheduled case before its instant */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-scheduled`: The case is not scheduled any more; `refused`: This person must not be offboarded */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `changed`: What was decided about, or looked at, is not what stands there any more */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rescheduleCase: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the case or of its findings, as they were looked at: where the case has changed since, nothing is done */
                "if-match"?: string;
            };
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    lastDay?: string;
                    timeOfDay?: string;
                    zone?: string;
                    /** Format: date-time */
                    when?: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Lets a scheduled case wait for another day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-scheduled`: The case is not scheduled any more; `refused`: This person must not be offboarded */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `changed`: What was decided about, or looked at, is not what stands there any more */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideCase: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the case or of its findings, as they were looked at: where the case has changed since, nothing is done */
                "if-match"?: string;
            };
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @description hash of the plan that was looked at, from the report or the findings */
                    planHash: string;
                    /**
                     * @description findings whose remedy is to be carried out
                     * @default []
                     */
                    approve?: string[];
                    /**
                     * @description findings whose remedy is not to be carried out
                     * @default []
                     */
                    reject?: string[];
                    /**
                     * @description no approver can decide: somebody who administers the app does, and everybody hears of it
                     * @constant
                     */
                    emergency?: true;
                };
            };
        };
        responses: {
            /** @description Decides about remedies that wait; what is approved is carried out, read back and filed as the next revision */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `nothing-to-decide`: Nothing of this case waits for such a decision */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `changed`: What was decided about, or looked at, is not what stands there any more */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `evidence-altered`: The evidence is not what was filed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recheckCase: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the case or of its findings, as they were looked at: where the case has changed since, nothing is done */
                "if-match"?: string;
            };
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Has a filed case read again: everything is read, what needs no decision is cut, and the next revision is filed */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `nothing-to-decide`: Nothing of this case waits for such a decision */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `changed`: What was decided about, or looked at, is not what stands there any more */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a case has cut and was not given back since, and who gives it back: the app, a person, or nobody */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revision: number;
                        cut: {
                            findingId: string;
                            what: string;
                            undo: string;
                            /** @enum {string} */
                            by: "app" | "hand" | "nothing";
                        }[];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `evidence-altered`: The evidence is not what was filed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @description number of the report that was looked at, from 1 */
                    revision: number;
                    /** @description findings whose cut is undone; each must be one that the app can give back */
                    findings?: string[];
                    /**
                     * @description the whole case: everything that it cut, and the person is let in again
                     * @constant
                     */
                    all?: true;
                };
            };
        };
        responses: {
            /** @description Gives back what a case cut, whole or by finding; what came of it is read back and filed as the next revision */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `nothing-to-decide`: Nothing of this case waits for such a decision */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `changed`: What was decided about, or looked at, is not what stands there any more */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAnswers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every answer about the person of a case, also those of earlier cases and withdrawn ones */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        answers: components["schemas"]["Answer"][];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answerCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @enum {string} */
                    kind: "account" | "none" | "same-person" | "service-account" | "last-day" | "owner";
                    /**
                     * @description for account and owner
                     * @default is
                     * @enum {string}
                     */
                    statement?: "is" | "is-not";
                    /** @enum {string} */
                    vendor?: "github" | "azure-devops";
                    /** @description the organisation; by default all of the vendor */
                    scope?: string;
                    /** @description the account by what it is called today */
                    login?: string;
                    /** @description the account by GitHub’s number, or the descriptor in Azure DevOps */
                    accountId?: string;
                    /**
                     * @description of account: the person has no other there
                     * @constant
                     */
                    only?: true;
                    /** @description of same-person: the other object id */
                    other?: string;
                    /**
                     * Format: date
                     * @description of last-day
                     */
                    day?: string;
                    /** @description of owner: the finding about the thing */
                    findingId?: string;
                    /** Format: uri */
                    evidenceUrl?: string;
                };
            };
        };
        responses: {
            /** @description Answers what no vendor says about the person of a case; a second person confirms it, and the case is read again */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        answer: components["schemas"]["Answer"];
                        account?: {
                            accountId: string;
                            login: string;
                            name?: string;
                            avatarUrl?: string;
                        };
                        /** @description reads: the next revision of the case is due; noted: as soon as it can be; none: the next case uses it */
                        reading: {
                            /** @enum {string} */
                            kind: "reads" | "noted" | "none";
                            caseId?: string;
                            why?: string;
                        };
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `answer-refused`: The answer cannot be taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmAnswer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
                /** @description number of the answer */
                n: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description A second person stands by an answer: from now on it counts as one of two people */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        answer: components["schemas"]["Answer"];
                        account?: {
                            accountId: string;
                            login: string;
                            name?: string;
                            avatarUrl?: string;
                        };
                        /** @description reads: the next revision of the case is due; noted: as soon as it can be; none: the next case uses it */
                        reading: {
                            /** @enum {string} */
                            kind: "reads" | "noted" | "none";
                            caseId?: string;
                            why?: string;
                        };
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `answer-refused`: The answer cannot be taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawAnswer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
                /** @description number of the answer */
                n: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description An answer does not hold any more; nothing further rests on it, and it stays on record */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        answer: components["schemas"]["Answer"];
                        account?: {
                            accountId: string;
                            login: string;
                            name?: string;
                            avatarUrl?: string;
                        };
                        /** @description reads: the next revision of the case is due; noted: as soon as it can be; none: the next case uses it */
                        reading: {
                            /** @enum {string} */
                            kind: "reads" | "noted" | "none";
                            caseId?: string;
                            why?: string;
                        };
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `answer-refused`: The answer cannot be taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answerList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    lines: {
                        oid: string;
                        /** @enum {string} */
                        vendor: "github" | "azure-devops";
                        scope?: string;
                        accountId: string;
                        /** @constant */
                        only?: true;
                    }[];
                };
            };
        };
        responses: {
            /** @description Answers for many people at once which account is whose; each line is confirmed like any answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lines: {
                            oid: string;
                            accountId: string;
                            given: boolean;
                            n?: number;
                            account?: {
                                accountId: string;
                                login: string;
                                name?: string;
                                avatarUrl?: string;
                            };
                            why?: string;
                        }[];
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptFindings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    findingIds: string[];
                    /**
                     * Format: date-time
                     * @description at most EXCEPTION_DAYS away
                     */
                    until: string;
                    /** @description hash of the plan that was looked at; left out where there is none */
                    planHash?: string;
                };
            };
        };
        responses: {
            /** @description Accepts findings of the newest report until a day; they stand in each report, and never make a case clear */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exceptions: components["schemas"]["Exception"][];
                        /** @description reads: the next revision of the case is due; noted: as soon as it can be; none: the next case uses it */
                        reading: {
                            /** @enum {string} */
                            kind: "reads" | "noted" | "none";
                            caseId?: string;
                            why?: string;
                        };
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `nothing-to-decide`: Nothing of this case waits for such a decision */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `changed`: What was decided about, or looked at, is not what stands there any more */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExceptions: {
        parameters: {
            query?: {
                /** @description only what ends within so many days */
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every finding that somebody accepts now, those that end soonest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exceptions: components["schemas"]["Exception"][];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeException: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the exception */
                exception: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description A finding is not accepted any more: it is open again in the next revision of its case */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exception: components["schemas"]["Exception"];
                        /** @description reads: the next revision of the case is due; noted: as soon as it can be; none: the next case uses it */
                        reading: {
                            /** @enum {string} */
                            kind: "reads" | "noted" | "none";
                            caseId?: string;
                            why?: string;
                        };
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHeld: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What keeps cases from being started: the pause, and the cases on hold by brake and trigger */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        paused?: {
                            /** Format: date-time */
                            since: string;
                            by: string;
                            why: string;
                        };
                        held: {
                            /** @enum {string} */
                            heldBy: "mass-leaving" | "paused";
                            /** @enum {string} */
                            trigger: "entra-event" | "hr-queue" | "api" | "sweep" | "lifecycle-workflow";
                            cases: number;
                            /**
                             * Format: date-time
                             * @description when the oldest of them was opened
                             */
                            since: string;
                            /** @description as the newest of them says it */
                            why: string;
                        }[];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseHeld: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @enum {string} */
                    heldBy?: "mass-leaving" | "paused";
                    /** @enum {string} */
                    trigger?: "entra-event" | "hr-queue" | "api" | "sweep" | "lifecycle-workflow";
                    /** Format: date-time */
                    openedFrom?: string;
                    /** Format: date-time */
                    openedTo?: string;
                };
            };
        };
        responses: {
            /** @description Starts the cases on hold: all of them, those that a brake holds, those of a trigger, or those of a span of time */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        started: number;
                        notStarted: number;
                        left: number;
                        /** @description why nothing was started */
                        why?: string;
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchPeople: {
        parameters: {
            query: {
                search: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People by the beginning of their name, principal name or mail, deleted ones last; to pick from, not to rely on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        people: {
                            oid: string;
                            displayName?: string;
                            userPrincipalName?: string;
                            mail?: string;
                            /** @enum {string} */
                            state: "active" | "disabled" | "soft-deleted";
                        }[];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description object id in Entra */
                oid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who somebody is, which accounts are remembered as theirs and on what evidence, their cases, and what people answered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who asks, with which roles, and what these allow; also for somebody without any */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        oid: string;
                        isApp: boolean;
                        roles: ("Offboarding.Read" | "Offboarding.Operate" | "Offboarding.Approve" | "Offboarding.Workflow" | "Offboarding.Inventory" | "Offboarding.Administer")[];
                        may: ("read" | "operate" | "decide" | "approve" | "administer" | "report")[];
                        /** @description whether the gateway refuses them, by this account or another of theirs: then they decide nothing */
                        denied: boolean;
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWaiting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What waits for a person, the most urgent first, and whether the caller may act on it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        waiting: components["schemas"]["Waiting"][];
                        /** @description what the app keeps and cannot read, one sentence each: what it would say may wait as well. A newer release wrote it, or somebody edited it */
                        unreadable?: string[];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSignInSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With what a client signs a person in to this API */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tenantId: string;
                        /** @description address of Entra */
                        authority: string;
                        /** @description this API as Entra knows it; with /.default behind it, the scope of a token */
                        resource: string;
                        /** @description application with which a person signs in; absent where none is registered */
                        clientId?: string;
                        /** @description endpoints of a tenant that browsers cannot look up themselves (SIGN_IN_METADATA) */
                        metadata?: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDenied: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is or was denied at the gateway, and why nothing is projected from it where that is so */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["Denied"][];
                        blocked?: string;
                        /** @description object ids on the list, and for how many there is room; absent without a gateway */
                        room?: {
                            taken: number;
                            of: number;
                        };
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    containAccount: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    oid?: string;
                    userPrincipalName?: string;
                    mail?: string;
                    confirmUserPrincipalName?: string;
                    /**
                     * @description identity: a service principal, such as that of a pipeline; named by oid alone
                     * @default person
                     * @enum {string}
                     */
                    kind?: "person" | "identity";
                    /**
                     * Format: date-time
                     * @description an instant; or say days
                     */
                    until?: string;
                    days?: number;
                    reason: string;
                    /** @description also a protected account; takes Offboarding.Administer, and alerts */
                    emergency?: boolean;
                };
            };
        };
        responses: {
            /** @description Cuts a suspected account off now, for a time, without a case; a later end extends it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description stands: denied for as long or longer before; released: the same request came before, and was released since
                         * @enum {string}
                         */
                        became: "contained" | "extended" | "stands" | "released";
                        /**
                         * @description done: read back from the gateway’s list; failed: it is tried again every minute, and told
                         * @enum {string}
                         */
                        list: "done" | "failed" | "no-gateway" | "released";
                        listWhy?: string;
                        /**
                         * @description ended cannot be undone and harms nothing: who may, signs in again; failed: ask again
                         * @enum {string}
                         */
                        sessions: "ended" | "none" | "failed";
                        sessionsWhy?: string;
                        row: components["schemas"]["Denied"];
                    };
                };
            };
            /** @description Cuts a suspected account off now, for a time, without a case; a later end extends it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description stands: denied for as long or longer before; released: the same request came before, and was released since
                         * @enum {string}
                         */
                        became: "contained" | "extended" | "stands" | "released";
                        /**
                         * @description done: read back from the gateway’s list; failed: it is tried again every minute, and told
                         * @enum {string}
                         */
                        list: "done" | "failed" | "no-gateway" | "released";
                        listWhy?: string;
                        /**
                         * @description ended cannot be undone and harms nothing: who may, signs in again; failed: ask again
                         * @enum {string}
                         */
                        sessions: "ended" | "none" | "failed";
                        sessionsWhy?: string;
                        row: components["schemas"]["Denied"];
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `refused`: This person must not be offboarded; `ambiguous-person`: Several answer to this name; `not-a-person`: This is no person */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unknown-person`: Entra knows nobody of this id or name; `not-confirmed`: It is not certain that this person is meant; `key-reused`: The Idempotency-Key belongs to another request; `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: The caller has asked for as many cases as one may within an hour */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDenied: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description object id of a person or an identity */
                oid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One who is or was denied, with what people did about it as far as it is kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Denied"];
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    extendDenied: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description object id of a person or an identity */
                oid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description an instant; or say days
                     */
                    until?: string;
                    days?: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Somebody who is contained stays so for longer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        row: components["schemas"]["Denied"];
                        /**
                         * @description failed: it is tried again every minute
                         * @enum {string}
                         */
                        list: "done" | "failed" | "no-gateway";
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-contained`: No person’s word denies this account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptDenied: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The table of the denied is right as it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        added: string[];
                        dropped: string[];
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseDenied: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description object id of a person or an identity */
                oid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Somebody is let in again; nobody releases themselves */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        row: components["schemas"]["Denied"];
                        /**
                         * @description later: the gateway did not answer; a timer takes the id off
                         * @enum {string}
                         */
                        list: "written" | "later";
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSweeps: {
        parameters: {
            query?: {
                /** @description UTC; by default today */
                day?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sweeps of a day, the newest first: those that are filed with what they counted, and those that go on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        day: string;
                        running: components["schemas"]["Sweep"][];
                        filed: components["schemas"]["FiledSweep"][];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startSweep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Begins a sweep now, unless one goes on; it opens cases in the mode of the sweep */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sweepId: string;
                        at: string;
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `sweep-runs`: A sweep runs already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLatestSweep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the last sweep does, how far it is, and when it has read everything */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sweep"];
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSweep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the sweep */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A sweep: how far it is, or what it looked at, found and opened */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sweepId: string;
                        at?: string;
                        /** @enum {string} */
                        state: "running" | "filed" | "failed";
                        progress: {
                            doing?: string;
                            ends?: string;
                            sources: {
                                source: string;
                                step?: string;
                                unit: string;
                                done: number;
                                of: number | "not known yet";
                                ends?: string;
                            }[];
                        };
                        report?: components["schemas"]["SweepReport"];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPosture: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The checklist as it was assessed last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostureRun"];
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `run-unreadable`: A filed run of the checklist cannot be read */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startPosture: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /**
                     * @description where a deployment asks for it
                     * @constant
                     */
                    after?: "deployment";
                };
            };
        };
        responses: {
            /** @description Assesses the checklist now: reads everything that it rests on, changes nothing, and files the run */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runId: string;
                        at: string;
                        /** @constant */
                        state: "running";
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `posture-not-set-up`: Nobody may read the platform for the checklist */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPostureRuns: {
        parameters: {
            query?: {
                /** @description UTC; by default this month */
                month?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The runs of a month, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        month: string;
                        runs: {
                            runId: string;
                        }[];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPostureRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A run: whether it goes on, or what it found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runId: string;
                        /** @enum {string} */
                        state: "running" | "filed";
                        run?: components["schemas"]["PostureRun"];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `run-unreadable`: A filed run of the checklist cannot be read */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPosturePage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A run as a page for an auditor, as it was filed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPostureJunit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A run in JUnit’s form, for a pipeline: unknown is an error, what is accepted or does not apply is skipped */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": string;
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `run-unreadable`: A filed run of the checklist cannot be read */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffPosture: {
        parameters: {
            query: {
                /** @description id of the run */
                from: string;
                /** @description id of the run */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is new, fixed, still failing or out of sight between two runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostureDiff"];
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed; `run-unreadable`: A filed run of the checklist cannot be read */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPostureMetrics: {
        parameters: {
            query?: {
                /** @description by default 365 days back; of an earlier day than three years back, that one */
                from?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every number that posture measures, with the first of it, the last, and a point for each day since */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date */
                        from: string;
                        metrics: components["schemas"]["PostureMetric"][];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPostureHistory: {
        parameters: {
            query?: {
                /** @description by default 52 weeks back, and never earlier */
                from?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Of each point of the checklist the worst status of each week, of 52 weeks at most */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date */
                        from: string;
                        weeks: string[];
                        checks: components["schemas"]["PostureWeeks"][];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCanaries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last canaries, the newest first: whether the detection saw them, and after how many seconds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description whether there is a canary at all */
                        setUp: boolean;
                        canaries: components["schemas"]["Canary"][];
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startCanary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Tries the detection of point 14: calls as nobody does by hand, in an API without documents, and waits for the alert */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Canary"];
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `canary-not-set-up`: There is no canary */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOwnExposure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What of one’s own would still work after one left, and how to mend it; for everybody, with a role or without */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnExposure"];
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `exposure-off`: What would still work is not read here */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExposure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many people hold what would still work after they left; numbers below 5 are withheld */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exposure"];
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `exposure-off`: What would still work is not read here */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startExposure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Reads now what everybody holds; changes nothing, and replaces what was read before */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at: string;
                        /** @constant */
                        state: "running";
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `exposure-off`: What would still work is not read here */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportMachine: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    schemaVersion: 1;
                    /** @enum {string} */
                    vendor: "github" | "azure-devops";
                    job: string;
                    machine: {
                        name: string;
                        number?: number;
                        registeredAt: string;
                        pool?: string;
                        host: string;
                        user: string;
                        /** @enum {string} */
                        os: "linux" | "windows" | "macos";
                        ephemeral?: boolean;
                        /** Format: date-time */
                        startedAt?: string;
                    };
                    /** Format: date-time */
                    takenAt: string;
                    tookMs: number;
                    version: string;
                    tokens: {
                        /** @enum {string} */
                        place: "process-environment" | "runner-environment" | "runner-work" | "git" | "npm" | "docker" | "azure-cli" | "github-cli" | "ssh" | "cloud" | "claude-code" | "mcp-client";
                        path?: string;
                        name?: string;
                        account?: string;
                        /** Format: date-time */
                        modifiedAt?: string;
                        /** @enum {string} */
                        type: "github-classic" | "github-classic-hex" | "github-oauth" | "github-app-user" | "github-refresh" | "github-installation" | "github-fine-grained" | "azure-devops" | "azure-devops-legacy" | "entra-client-secret" | "entra-refresh" | "azure-storage-key" | "azure-sas" | "azure-shared-access-key" | "azure-api-management-key" | "npm" | "aws-access-key" | "anthropic-oauth" | "anthropic-api" | "openai" | "gcp-service-account-key" | "gitlab" | "slack" | "docker-hub" | "pypi" | "terraform" | "atlassian" | "hugging-face" | "private-key" | "jwt";
                        /** @enum {string} */
                        holder: "personal" | "service" | "unknown";
                        /** @enum {string} */
                        checksum: "valid" | "wrong" | "none";
                        sha256: string;
                        lastFour: string;
                        /** @enum {string} */
                        encoded?: "base64" | "escaped";
                        claims?: {
                            oid?: string;
                            iss?: string;
                            tid?: string;
                            upn?: string;
                            exp?: number;
                        };
                    }[];
                    places: {
                        /** @enum {string} */
                        place: "process-environment" | "runner-environment" | "runner-work" | "git" | "npm" | "docker" | "azure-cli" | "github-cli" | "ssh" | "cloud" | "claude-code" | "mcp-client";
                        path: string;
                        /** @enum {string} */
                        state: "read" | "unreadable" | "too-large" | "left-out";
                        /** Format: date-time */
                        modifiedAt?: string;
                    }[];
                    servers: {
                        /** @enum {string} */
                        client: "claude-code" | "claude-desktop" | "cursor" | "vs-code" | "other";
                        path: string;
                        name: string;
                        /** @enum {string} */
                        transport: "stdio" | "http";
                        host?: string;
                        command?: string;
                        tokens: string[];
                        otherCredential: boolean;
                    }[];
                    leftOut: {
                        tokens: number;
                        places: number;
                        servers: number;
                    };
                };
            };
        };
        responses: {
            /** @description A machine of CI tells of the credentials that lie on it; sent by a job with a token of GitHub for MACHINES_AUDIENCE, or by a managed identity with the role Offboarding.Inventory */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description vendor, organisation and name of the machine */
                        id: string;
                        job: string;
                        /**
                         * @description before: a report of this job was taken already
                         * @enum {string}
                         */
                        taken: "new" | "before";
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-machines`: This sender tells of as many machines as one may */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-reports`: This sender has told of machines as often as one may */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMachines: {
        parameters: {
            query?: {
                limit?: number;
                /** @description where the page begins: from `next` of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Machines of CI that were told of, by whom and when; what is missing here says nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        machines: components["schemas"]["Machine"][];
                        /** @description rows that cannot be read */
                        unreadable: string[];
                        /** @description address of the next page; absent on the last */
                        next?: string;
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRejections: {
        parameters: {
            query?: {
                /** @description UTC; by default today */
                day?: string;
                state?: "open" | "retried" | "handled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was rejected on a day: what could not become a case, and the dead letters of the audit pipeline */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        day: string;
                        rejections: components["schemas"]["Rejection"][];
                        more: boolean;
                        /** @description what was kept and cannot be read, one sentence each */
                        unreadable?: string[];
                        toolCalls: {
                            rejected: string[];
                            notUploaded: string[];
                        };
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryRejection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the rejection */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Runs a rejected message of HR again, with what it said; one that was settled so before is answered as it was */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rejection"];
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `nothing-to-retry`: This rejection is not run again */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    handleRejection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the rejection */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Takes a rejection off the list of what is open, because somebody did what was to be done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rejection"];
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own-affair`: Nobody decides about themselves; `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPrivilegedCalls: {
        parameters: {
            query?: {
                /** @description UTC; by default today */
                day?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who had the API change what on a day: an entry before each call, and one with what was answered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        day: string;
                        calls: {
                            id: string;
                            /** @enum {string} */
                            entry: "asked" | "answered";
                            at: string;
                            caller: string;
                            clientId: string;
                            operation: string;
                            path: string;
                            body?: string;
                            status?: number;
                        }[];
                        more: boolean;
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseApp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description From now on nothing is cut; every new case is contained and on hold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        paused: {
                            /** Format: date-time */
                            since: string;
                            by: string;
                            why: string;
                        };
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endPause: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Ends the pause; what was put on hold meanwhile stays there until somebody releases it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ended: {
                            /** Format: date-time */
                            since: string;
                            by: string;
                            why: string;
                            /** Format: date-time */
                            endedAt: string;
                            endedBy: string;
                            endedWhy: string;
                        } | null;
                        /** @description another pause, which goes on */
                        paused?: {
                            /** Format: date-time */
                            since: string;
                            by: string;
                            why: string;
                        };
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDoctor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the app holds every permission that it needs, and what to do about those that it does not hold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnosis"];
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPilot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last pilot: whether it goes on, and its record once it is filed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pilot"];
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startPilot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Asks every vendor what documents leave open, changes nothing, and files what they answered without names */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        pilotId: string;
                        /** Format: date-time */
                        at: string;
                        /** @constant */
                        state: "running";
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs; `own-affair`: Nobody decides about themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the app runs, reaches its rows, and is paused; says nothing about vendors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                        /** @constant */
                        paused?: true;
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postLifecycleWorkflows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        subject: {
                            /** Format: uuid */
                            id: string;
                            userPrincipalName?: string | null;
                        };
                        task: {
                            /** Format: uuid */
                            id: string;
                        };
                        taskProcessingResult: {
                            /** Format: uuid */
                            id: string;
                        };
                        workflow: {
                            /** Format: uuid */
                            id: string;
                            displayName?: string | null;
                        };
                        callbackUriPath?: string | null;
                    };
                };
            };
        };
        responses: {
            /** @description A lifecycle workflow of Entra runs for somebody who leaves */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        caseId: string;
                        /** @enum {string} */
                        mode: "plan" | "apply";
                        /** @enum {string} */
                        state: "scheduled" | "open" | "running" | "filed" | "refused" | "cancelled" | "failed";
                    };
                };
            };
            /** @description `not-json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: An access token of Entra is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `missing-role`: The caller has none of the app roles that this needs */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `refused`: This person must not be offboarded; `not-a-person`: This is no person */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-confirmed`: It is not certain that this person is meant; `invalid-request`: The request has faults */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description what If-None-Match names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unexpected`: This app failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Something that this needs does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
