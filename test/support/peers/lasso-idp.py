"""A SAML identity provider on Lasso, which is written in C: answers one AuthnRequest.

Reads JSON from standard input (idpMetadata, key, certificate, spMetadata, query, subject, attributes; without a query the
provider begins) and writes JSON to standard output (response, relayState).
"""
import json
import sys

import lasso

given = json.load(sys.stdin)
server = lasso.Server.newFromBuffers(given["idpMetadata"], given["key"], None, given["certificate"])
server.signatureMethod = lasso.SIGNATURE_METHOD_RSA_SHA256
server.addProviderFromBuffer(lasso.PROVIDER_ROLE_SP, given["spMetadata"])
provider = list(server.providers.values())[0]
if given.get("encrypt"):
    provider.setEncryptionMode(lasso.ENCRYPTION_MODE_ASSERTION)

login = lasso.Login(server)
if given.get("query"):
    login.processAuthnRequestMsg(given["query"])
else:
    login.initIdpInitiatedAuthnRequest(provider.providerId)
    login.request.nameIdPolicy.format = lasso.SAML2_NAME_IDENTIFIER_FORMAT_UNSPECIFIED
    login.request.protocolBinding = lasso.SAML2_METADATA_BINDING_POST
    login.processAuthnRequestMsg(None)
login.validateRequestMsg(True, True)
login.buildAssertion(
    lasso.SAML2_AUTHN_CONTEXT_PASSWORD,
    lasso.ISO_8601_GMT if False else None,
    None,
    given["notBefore"],
    given["notOnOrAfter"],
)
assertion = login.assertion
assertion.subject.nameId.format = lasso.SAML2_NAME_IDENTIFIER_FORMAT_UNSPECIFIED
assertion.subject.nameId.content = given["subject"]
assertion.authnStatement[0].sessionIndex = given["subject"] + "-session"

statement = lasso.Saml2AttributeStatement()
attributes = []
for name, values in given["attributes"].items():
    attribute = lasso.Saml2Attribute()
    attribute.name = name
    attribute.nameFormat = lasso.SAML2_ATTRIBUTE_NAME_FORMAT_BASIC
    nodes = []
    for value in values:
        text = lasso.MiscTextNode()
        text.content = value
        text.textChild = True
        holder = lasso.Saml2AttributeValue()
        holder.any = (text,)
        nodes.append(holder)
    attribute.attributeValue = tuple(nodes)
    attributes.append(attribute)
statement.attribute = tuple(attributes)
assertion.attributeStatement = (statement,)

login.buildAuthnResponseMsg()
json.dump({"response": login.msgBody, "relayState": login.msgRelayState}, sys.stdout)
