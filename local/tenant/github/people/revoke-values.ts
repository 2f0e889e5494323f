import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { forbidden, invalid } from '../answers.ts';
import type { GitHubEnv } from '../context.ts';
import type { GitHubState } from '../state/state.ts';

/** What it takes; an installation's token is none of them. */
const ACCEPTED = /^(?:ghp_|github_pat_|gho_|ghu_|ghr_)/;
const PER_HOUR = 60;
const HOUR = 3_600_000;

/**
 * Revokes whatever values it is given, for anybody and without asking who: whoever has a value may end it. Any
 * authorisation is refused. Source: docs.github.com/rest/credentials/revoke.
 */
export function routeValueRevocation(app: Hono<GitHubEnv>, core: TenantCore, state: GitHubState): void {
  const asked: number[] = [];
  app.post('/credentials/revoke', async (c) => {
    if (c.req.header('authorization') !== undefined)
      return forbidden(c, 'This endpoint must be called unauthenticated.');
    const now = core.now().getTime();
    const recent = asked.filter((at) => at > now - HOUR);
    if (recent.length >= PER_HOUR) {
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil((now + HOUR) / 1000)) };
      return c.json({ message: 'API rate limit exceeded' }, { status: 403, headers });
    }
    asked.splice(0, asked.length, ...recent, now);
    const body = (await c.req.json().catch(() => ({}))) as { credentials?: unknown };
    const values = Array.isArray(body.credentials) ? body.credentials.map(String) : [];
    if (values.length === 0 || values.length > 1_000 || !values.every((value) => ACCEPTED.test(value))) {
      return invalid(c, 'Validation Failed');
    }
    for (const value of values) {
      state.revokedValues.add(value);
      for (const { credentials } of state.organisations.all()) {
        for (const row of credentials.all()) {
          if (row.tokenLastEight === value.slice(-8)) row.revokedFrom ??= now + state.revocationDelayMs;
        }
      }
    }
    return c.json({}, 202);
  });
}
