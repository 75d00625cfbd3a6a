import ipaddr from 'ipaddr.js';

/**
 * Whether an address is one of the public internet: not loopback, private, link-local (the metadata services of clouds),
 * shared, reserved, or a way to write one of those in IPv6.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return false;
  return ipaddr.process(bare).range() === 'unicast';
}

/**
 * Whether an address may stand behind a name that the operator allows: of the public internet or of a private network, but
 * neither this machine nor the link (the metadata services of clouds), whatever a name server says.
 */
export function isNetworkAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return false;
  return ['unicast', 'private', 'uniqueLocal', 'carrierGradeNat'].includes(ipaddr.process(bare).range());
}
