/** The deployables that answer HTTP. */
export const serviceNames = ['gateway', 'tenants', 'auth', 'courses', 'media', 'insights'] as const;
export type ServiceName = (typeof serviceNames)[number];
