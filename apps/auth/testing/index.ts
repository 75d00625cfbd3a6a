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
