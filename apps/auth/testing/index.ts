export { actorOf, anActor, authOnShard, type AuthOnShard, type AuthOnShardOptions } from './auth-on-shard.js';
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
export { SignInLab } from './sign-in-lab.js';
