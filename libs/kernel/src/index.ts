export { Clock, SystemClock } from './clock.js';
export { DomainError, type DomainErrorOptions, type ErrorKind, type Fault } from './domain-error.js';
export { escapeHtml } from './html.js';
export { newId } from './id.js';
