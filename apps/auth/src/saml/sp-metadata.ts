import { addressesOf, type SamlConnection } from '../connection/connection.js';
import { bareCertificate } from '../connection/certificate.js';
import {
  ASSERTION,
  DSIG,
  METADATA,
  nameIdFormats,
  POST_BINDING,
  PROTOCOL,
  REDIRECT_BINDING,
  XENC,
} from './saml-names.js';

const encryptionMethods = [
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  `${XENC}aes256-cbc`,
  `${XENC}aes128-cbc`,
];

/** Our side of a connection, for the provider to read. All of our keys stand in it, so that ours can change too. */
export function spMetadata(connection: SamlConnection): string {
  const { acs, slo, samlMetadata } = addressesOf(connection);
  const { signRequests, signed, nameIdFormat } = connection.saml;
  const format = nameIdFormats[nameIdFormat];
  const wantsAssertion = signed === 'assertion' || signed === 'both';
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${METADATA}" xmlns:ds="${DSIG}" entityID="${escaped(samlMetadata)}">
  <md:SPSSODescriptor protocolSupportEnumeration="${PROTOCOL}" AuthnRequestsSigned="${signRequests}" WantAssertionsSigned="${wantsAssertion}">
${connection.certificates.map(keyDescriptors).join('\n')}
    <md:SingleLogoutService Binding="${REDIRECT_BINDING}" Location="${escaped(slo)}"/>
    <md:SingleLogoutService Binding="${POST_BINDING}" Location="${escaped(slo)}"/>${
      format === null
        ? ''
        : `
    <md:NameIDFormat>${format}</md:NameIDFormat>`
    }
    <md:AssertionConsumerService index="0" isDefault="true" Binding="${POST_BINDING}" Location="${escaped(acs)}"/>
    <md:AttributeConsumingService index="0">
      <md:ServiceName xml:lang="en">${escaped(connection.name)}</md:ServiceName>
      <md:RequestedAttribute xmlns:saml="${ASSERTION}" Name="email" isRequired="true"/>
      <md:RequestedAttribute xmlns:saml="${ASSERTION}" Name="name"/>
      <md:RequestedAttribute xmlns:saml="${ASSERTION}" Name="groups"/>
    </md:AttributeConsumingService>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;
}

function keyDescriptors(certificate: string): string {
  const info = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${bareCertificate(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
  const methods = encryptionMethods.map((method) => `<md:EncryptionMethod Algorithm="${method}"/>`).join('');
  return `    <md:KeyDescriptor use="signing">${info}</md:KeyDescriptor>
    <md:KeyDescriptor use="encryption">${info}${methods}</md:KeyDescriptor>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
