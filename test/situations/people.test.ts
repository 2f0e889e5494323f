import { ACCOUNTS } from './accounts.ts';
import { AUDIT } from './audit.ts';
import { RESTORED } from './restored.ts';
import { runSituations } from './run-situations.ts';
import { TRUST } from './trust.ts';

runSituations({ accounts: ACCOUNTS, audit: AUDIT, 'who comes back': RESTORED, trust: TRUST });
