import { registerActivities } from '../activities/index.ts';
import { registerOrchestrations } from '../orchestrations/index.ts';
import { config } from './config.ts';
import { registerTriggers } from './triggers/index.ts';

// A wrong setting must stop the app when it starts, not in the middle of a case.
config();
registerActivities();
registerOrchestrations();
registerTriggers();
