import { randomUUID } from 'node:crypto';
import samlify from 'samlify';

samlify.setSchemaValidator({ validate: async () => 'not looked at here' });

const template = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{ID}" Version="2.0" IssueInstant="{IssueInstant}" Destination="{Destination}" InResponseTo="{InResponseTo}"><saml:Issuer>{Issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="{AssertionID}" Version="2.0" IssueInstant="{IssueInstant}"><saml:Issuer>{Issuer}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">{Subject}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{Until}" Recipient="{Destination}" InResponseTo="{InResponseTo}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{IssueInstant}" NotOnOrAfter="{Until}"><saml:AudienceRestriction><saml:Audience>{Audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{IssueInstant}" SessionIndex="{AssertionID}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="email"><saml:AttributeValue>{Email}</saml:AttributeValue></saml:Attribute><saml:Attribute Name="name"><saml:AttributeValue>{Name}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>`;

/** An identity provider on samlify. */
export class SamlifyIdp {
  constructor({ entityId, ssoUrl, key, certificate }) {
    this.idp = samlify.IdentityProvider({
      entityID: entityId,
      privateKey: key,
      signingCert: certificate,
      wantAuthnRequestsSigned: true,
      requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      nameIDFormat: ['urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'],
      singleSignOnService: [{ Binding: samlify.Constants.namespace.binding.redirect, Location: ssoUrl }],
      loginResponseTemplate: { context: template, attributes: [] },
    });
  }

  metadata() {
    return this.idp.getMetadata();
  }

  /** Checks the signature of the request, and answers it. */
  async respond(spMetadata, question, { subject, email, name }) {
    const sp = samlify.ServiceProvider({ metadata: spMetadata });
    const raw = new URL(question).search.slice(1);
    const octetString = raw
      .split('&')
      .filter((part) => !part.startsWith('Signature='))
      .join('&');
    const query = Object.fromEntries(new URL(question).searchParams);
    const { extract } = await this.idp.parseLoginRequest(sp, 'redirect', { query, octetString });
    const acs = sp.entityMeta.getAssertionConsumerService('post');
    const now = new Date();
    const values = {
      ID: `_${randomUUID()}`,
      AssertionID: `_${randomUUID()}`,
      IssueInstant: now.toISOString(),
      Until: new Date(now.getTime() + 300_000).toISOString(),
      Destination: acs,
      InResponseTo: extract.request.id,
      Issuer: this.idp.entityMeta.getEntityID(),
      Audience: sp.entityMeta.getEntityID(),
      ...{ Subject: subject, Email: email, Name: name },
    };
    const fill = (text) => ({ id: values.ID, context: samlify.SamlLib.replaceTagsByValue(text, values) });
    const { context } = await this.idp.createLoginResponse(sp, { extract }, 'post', { email }, fill);
    return context;
  }
}
