export { outboundAllow, type AllowedTarget } from './allowed-targets.js';
export { OutboundClient, type OutboundAnswer, type OutboundRequest } from './outbound-client.js';
export { OutboundFailed, OutboundRefused } from './outbound.errors.js';
export { OutboundSockets } from './outbound-sockets.js';
