import { TokenIssuer, type TokenSubject } from './token-issuer.js';

/** Tokens that can be read. */
export class FakeTokenIssuer extends TokenIssuer {
  async issue(subject: TokenSubject): Promise<string> {
    return JSON.stringify(subject);
  }
}
