import type { AttemptCheck } from '#libs/contracts/auth';
import { ASSERTION, BEARER, ENTITY_FORMAT, PROTOCOL, SUCCESS, TRANSIENT_FORMAT } from './saml-names.js';
import type { SignedResponse } from './signed-xml.js';
import { childOf, childrenOf, type XmlElement } from './xml-tree.js';

/** What a response has to say to be for us, from whom we asked, and of now. */
export interface Expectation {
  readonly idpEntityId: string;
  readonly spEntityId: string;
  readonly acsUrl: string;
  readonly now: Date;
  readonly signed: 'either' | 'assertion' | 'response' | 'both';
  readonly allowIdpInitiated: boolean;
}

/** What the provider says about somebody. */
export interface SamlStatement {
  readonly assertionId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly nameIdFormat: string | null;
  readonly sessionIndex: string | null;
  /** The session that comes of it ends then at the latest. */
  readonly sessionUntil: Date | null;
  /** Null: nobody here asked. */
  readonly inResponseTo: string | null;
  /** Until then it could be shown again. */
  readonly validUntil: Date;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

export interface Judgement {
  readonly checks: readonly AttemptCheck[];
  /** The first that failed. */
  readonly reason: string | null;
  /** As far as it could be read. Of use only where nothing failed. */
  readonly statement: SamlStatement;
}

const SKEW_MS = 60_000;
/** However long the provider says that it holds (hours, with some), a fresh sign-in is a fresh one. */
const OLDEST_MS = 5 * 60_000;

/** Holds a response against what SAML asks of who relies on it (Profiles 4.1.4.3, Core 2.4 and 2.5) and a little more. */
export function judge(
  { response, responseSigned, assertion, assertionSigned }: SignedResponse,
  expected: Expectation,
): Judgement {
  const { now, acsUrl, spEntityId, idpEntityId } = expected;
  const checks: AttemptCheck[] = [];
  const check = (name: string, ok: boolean, wanted: string | null, actual: string | null | undefined) => {
    checks.push({ check: name, ok, expected: wanted, actual: actual ?? null });
  };
  const equal = (name: string, wanted: string, actual: string | null | undefined) => {
    check(name, actual === wanted, wanted, actual);
  };

  const signedParts = [...(responseSigned ? ['response'] : []), ...(assertionSigned ? ['assertion'] : [])];
  const isSignedAsWanted =
    expected.signed === 'either'
      ? signedParts.length > 0
      : expected.signed === 'both'
        ? signedParts.length === 2
        : signedParts.includes(expected.signed);
  check('signed_parts', isSignedAsWanted, expected.signed, signedParts.join(' and '));

  const status = childOf(response, PROTOCOL, 'Status');
  equal(
    'status',
    SUCCESS,
    status === undefined ? null : childOf(status, PROTOCOL, 'StatusCode')?.attributes.get('Value'),
  );
  equal('version', '2.0', assertion.attributes.get('Version'));
  const destination = response.attributes.get('Destination');
  check(
    'destination',
    destination === acsUrl || (destination === undefined && !responseSigned),
    acsUrl,
    destination,
  );
  const responseIssuer = issuerOf(response);
  check(
    'response_issuer',
    responseIssuer === null || responseIssuer === idpEntityId,
    idpEntityId,
    responseIssuer,
  );
  const issuer = issuerOf(assertion);
  equal('issuer', idpEntityId, issuer);

  const subject = childOf(assertion, ASSERTION, 'Subject');
  const nameId = subject === undefined ? undefined : childOf(subject, ASSERTION, 'NameID');
  const name = nameId?.children.length === 0 ? nameId.text.trim() : '';
  check('subject', name !== '' && name.length <= 1_000, null, name);
  const format = nameId?.attributes.get('Format') ?? null;
  check('subject_lasting', format !== TRANSIENT_FORMAT, 'persistent', format);

  const confirmation = confirmationOf(subject);
  equal('confirmation_method', BEARER, confirmation?.method);
  equal('recipient', acsUrl, confirmation?.data?.attributes.get('Recipient'));
  const until = instantOf(confirmation?.data?.attributes.get('NotOnOrAfter'));
  const from = confirmation?.data?.attributes.get('NotBefore');
  check(
    'confirmation_time',
    until !== null && isWithin(now, from, until),
    window(now),
    confirmation?.data?.attributes.get('NotOnOrAfter'),
  );

  const conditions = childOf(assertion, ASSERTION, 'Conditions');
  const ends = instantOf(conditions?.attributes.get('NotOnOrAfter'));
  const begins = conditions?.attributes.get('NotBefore');
  check(
    'conditions_time',
    ends !== null && isWithin(now, begins, ends),
    window(now),
    conditions === undefined
      ? null
      : `${begins ?? '…'} – ${conditions.attributes.get('NotOnOrAfter') ?? '…'}`,
  );
  const audiences = (
    conditions === undefined ? [] : childrenOf(conditions, ASSERTION, 'AudienceRestriction')
  ).map((restriction) => childrenOf(restriction, ASSERTION, 'Audience').map(({ text }) => text.trim()));
  check(
    'audience',
    audiences.length > 0 && audiences.every((each) => each.includes(spEntityId)),
    spEntityId,
    audiences.flat().join(', '),
  );

  const issued = instantOf(assertion.attributes.get('IssueInstant'));
  const age = issued === null ? null : now.getTime() - issued.getTime();
  check(
    'age',
    age !== null && age >= -SKEW_MS && age <= OLDEST_MS + SKEW_MS,
    window(now),
    assertion.attributes.get('IssueInstant'),
  );

  const authentication = childrenOf(assertion, ASSERTION, 'AuthnStatement')[0];
  const sessionEnd = authentication?.attributes.get('SessionNotOnOrAfter');
  const sessionUntil = instantOf(sessionEnd);
  check(
    'authentication',
    authentication !== undefined &&
      (sessionEnd === undefined || (sessionUntil !== null && sessionUntil > now)),
    null,
    authentication === undefined ? null : (sessionEnd ?? 'stated'),
  );

  const asked = response.attributes.get('InResponseTo') ?? null;
  const inResponseTo = confirmation?.data?.attributes.get('InResponseTo') ?? null;
  // What only the unsigned response says could have been added by anybody.
  const agrees = asked === null || asked === inResponseTo;
  check(
    'in_response_to',
    agrees && (inResponseTo !== null || expected.allowIdpInitiated),
    inResponseTo ?? asked,
    inResponseTo,
  );

  const assertionId = assertion.attributes.get('ID') ?? '';
  check('assertion_id', assertionId !== '', null, assertionId);

  const latest = Math.max(until?.getTime() ?? 0, ends?.getTime() ?? 0);
  const oldest = (issued?.getTime() ?? now.getTime()) + OLDEST_MS;
  return {
    checks,
    reason: checks.find(({ ok }) => !ok)?.check ?? null,
    statement: {
      ...{ assertionId, subject: name, nameIdFormat: format, sessionUntil, inResponseTo },
      issuer: issuer ?? '',
      sessionIndex: authentication?.attributes.get('SessionIndex') ?? null,
      validUntil: new Date(Math.min(latest, oldest) + 2 * SKEW_MS),
      attributes: attributesOf(assertion),
    },
  };
}

function issuerOf(element: XmlElement): string | null {
  const issuer = childOf(element, ASSERTION, 'Issuer');
  const format = issuer?.attributes.get('Format');
  if (issuer === undefined || (format !== undefined && format !== ENTITY_FORMAT)) return null;
  return issuer.text.trim();
}

/** The bearer's, else whichever there is, so that the trace can show it. */
function confirmationOf(subject: XmlElement | undefined) {
  const all = (subject === undefined ? [] : childrenOf(subject, ASSERTION, 'SubjectConfirmation')).map(
    (each) => ({
      method: each.attributes.get('Method') ?? null,
      data: childOf(each, ASSERTION, 'SubjectConfirmationData'),
    }),
  );
  return all.find(({ method }) => method === BEARER) ?? all[0];
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

function instantOf(text: string | undefined): Date | null {
  if (text === undefined || !INSTANT.test(text)) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

function isWithin(now: Date, from: string | undefined, until: Date): boolean {
  const begins = instantOf(from);
  if (from !== undefined && (begins === null || begins.getTime() > now.getTime() + SKEW_MS)) return false;
  return until.getTime() > now.getTime() - SKEW_MS;
}

function window(now: Date): string {
  return now.toISOString();
}

/** In a map, so that no name of an attribute means anything to the program. */
function attributesOf(assertion: XmlElement): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, readonly string[]>();
  for (const statement of childrenOf(assertion, ASSERTION, 'AttributeStatement')) {
    for (const attribute of childrenOf(statement, ASSERTION, 'Attribute').slice(0, 200)) {
      const name = attribute.attributes.get('Name') ?? '';
      const values = childrenOf(attribute, ASSERTION, 'AttributeValue').map(({ text }) => text.trim());
      if (name === '' || values.length === 0) continue;
      attributes.set(name, [...(attributes.get(name) ?? []), ...values].slice(0, 1_000));
      const friendly = attribute.attributes.get('FriendlyName');
      if (friendly !== undefined && !attributes.has(friendly)) {
        attributes.set(friendly, values.slice(0, 1_000));
      }
    }
  }
  return attributes;
}
