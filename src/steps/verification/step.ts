import { defineSource } from '../define-source.ts';
import { defineStep } from '../define-step.ts';

export const verification = defineStep({
  name: 'verification',
  title: 'Verification',
  phase: 'verify',
  sources: [
    defineSource({
      id: 'verification/gateway',
      holds: 'whether the deny list holds the leaver',
      permissions: ['reader/azure/gateway/Microsoft.ApiManagement/service/namedValues/read'],
    }),
    // Lines `verification/<system>`: what was cut there, read again. Their permissions are those of its discovery.
  ],
  remedies: [],
  acts: [],
});
