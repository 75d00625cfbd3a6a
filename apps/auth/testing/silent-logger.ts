import { createLogger } from '#libs/metrics';

export const silentLogger = createLogger({ service: 'auth', level: 'silent' });
