import { z } from 'zod';
import { defineEndpoint, uuid } from '../index.js';
import { tenantPulse } from './tenant.js';

export const recordPulses = defineEndpoint({
  id: 'tenants.pulse.record',
  service: 'tenants',
  method: 'POST',
  path: '/internal/v1/tenants/pulses',
  summary: 'How tenants are, as insights measured them; for the operator’s lists',
  access: 'service',
  body: z.strictObject({
    pulses: z
      .array(z.strictObject({ tenantId: uuid(), ...tenantPulse.shape }))
      .min(1)
      .max(500),
  }),
  response: null,
  status: 204,
});

export const internalEndpoints = [recordPulses] as const;
