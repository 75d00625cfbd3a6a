export { expectOnPage, type Attack, type AttackCase, type AttackRow } from './attack-table.js';
export { actorOf, anActor, authOnShard, type AuthOnShard, type AuthOnShardOptions } from './auth-on-shard.js';
export {
  AFTER_LOGOUT,
  AppLab,
  challengeOf,
  LabBrowser,
  REDIRECT,
  VERIFIER,
  type AppQuestionParts,
} from './app-lab.js';
export {
  anInvited,
  aPerson,
  codeOf,
  eventsOf,
  mailsOf,
  PASSWORD,
  setPolicy,
  site,
  tokenOfLastMail,
} from './people.js';
export { TestOpenProvider } from './open-provider.js';
export { TestIdp, type Said, type Signing } from './saml-idp.js';
export { FakeDirectory, result, searchEntry, searchReference } from './fake-directory.js';
export { LdapLab } from './ldap-lab.js';
export { TestAuthority } from './test-authority.js';
export { TestDirectory } from './test-directory.js';
export { SignInLab } from './sign-in-lab.js';
