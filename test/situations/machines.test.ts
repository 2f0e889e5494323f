import { CI } from './ci.ts';
import { GATEWAY } from './gateway.ts';
import { runSituations } from './run-situations.ts';

runSituations({ 'build machines and their tokens': CI, 'the gateway and refusals': GATEWAY });
