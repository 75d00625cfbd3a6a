export { outboundAllow, type AllowedTarget } from './allowed-targets.js';
export { OutboundClient, type OutboundAnswer, type OutboundRequest } from './outbound-client.js';
