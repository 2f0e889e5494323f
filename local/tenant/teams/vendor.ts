import { Hono } from 'hono';
import type { TenantCore, Vendor } from '../core/vendor.ts';

/** A message that a workflow's webhook accepted. */
interface TeamsMessage {
  readonly at: string;
  readonly webhook: string;
  readonly card: unknown;
}

export interface TeamsState {
  /** Signature (`sig`) of the one webhook that exists. */
  readonly signature: string;
  readonly messages: TeamsMessage[];
}

/** A team with one workflow and nothing posted yet. */
export function emptyTeams(): TeamsState {
  return { signature: 'local', messages: [] };
}

/** The path of the workflow's webhook; the app setting TEAMS_WEBHOOK_URL is the `teams` origin with this. */
export function teamsWebhookPath(state: TeamsState): string {
  return `/workflows/offboarding/triggers/manual/paths/invoke?api-version=2016-06-01&sig=${state.signature}`;
}

/** Teams refuses larger messages. Source: learn.microsoft.com/microsoftteams/limits-specifications-teams */
const MOST_BYTES = 28 * 1_024;

/** A Teams workflow with the trigger "When a Teams webhook request is received": its signature is the credential. */
export function makeTeams(core: TenantCore, state: TeamsState): Vendor {
  const app = new Hono();
  app.post('/workflows/:workflow/triggers/manual/paths/invoke', async (c) => {
    if (c.req.query('sig') !== state.signature)
      return c.json({ error: { code: 'DirectApiAuthorizationRequired', message: 'The request is not signed.' } }, 401);
    const body = await c.req.text();
    if (Buffer.byteLength(body) > MOST_BYTES) return c.json({ error: { code: 'RequestEntityTooLarge' } }, 413);
    const card = cardOf(body);
    if (card === undefined)
      return c.json({ error: { code: 'TriggerInputSchemaMismatch', message: 'The message has no card.' } }, 400);
    state.messages.push({ at: core.now().toISOString(), webhook: c.req.param('workflow'), card });
    return c.body(null, 202, { 'x-ms-workflow-run-id': `run-${state.messages.length}` });
  });
  return {
    name: 'teams',
    hosts: ['teams'],
    handle: (request) => app.fetch(request),
    snapshot: () => ({ messages: state.messages }),
  };
}

function cardOf(body: string): unknown {
  try {
    const message = JSON.parse(body) as {
      type?: unknown;
      attachments?: { contentType?: unknown; content?: { type?: unknown } }[];
    };
    const attachment = message.attachments?.[0];
    const isCard =
      message.type === 'message' &&
      attachment?.contentType === 'application/vnd.microsoft.card.adaptive' &&
      attachment.content?.type === 'AdaptiveCard';
    return isCard ? attachment.content : undefined;
  } catch {
    return undefined;
  }
}
