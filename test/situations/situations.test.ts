import { ACCOUNTS } from './accounts.ts';
import { AUDIT } from './audit.ts';
import { CI } from './ci.ts';
import { GATEWAY } from './gateway.ts';
import { RESTORED } from './restored.ts';
import { runSituations } from './run-situations.ts';
import { TRUST } from './trust.ts';

runSituations({
  'build machines and their tokens': CI,
  'the gateway and refusals': GATEWAY,
  accounts: ACCOUNTS,
  audit: AUDIT,
  'who comes back': RESTORED,
  trust: TRUST,
});
