/** Headers between the parts. All that start with `x-harka-` are dropped by the gateway when they come from outside. */
export const headers = {
  context: 'x-harka-context',
  requestId: 'x-request-id',
  traceparent: 'traceparent',
  idempotencyKey: 'idempotency-key',
  forwardedProto: 'x-forwarded-proto',
  forwardedHost: 'x-forwarded-host',
  forwardedFor: 'x-forwarded-for',
} as const;
