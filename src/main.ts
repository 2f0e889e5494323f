import { registerActivities } from '../activities/index.ts';
import { registerOrchestrations } from '../orchestrations/index.ts';
import { registerTriggers } from './triggers/index.ts';

registerActivities();
registerOrchestrations();
registerTriggers();
