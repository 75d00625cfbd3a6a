/** That a session came to an app, which is to hear of its end. */
export interface AppSession {
  readonly sessionId: string;
  readonly appId: string;
  /** What the app calls the session. */
  readonly sid: string;
  readonly userId: string;
  readonly attempts: number;
}

export abstract class AppSessions {
  /** True where the session had not come to the app before. */
  abstract record(session: Omit<AppSession, 'userId' | 'attempts'>, at: Date): Promise<boolean>;
  /** Of a session: the apps that have not been told. */
  abstract untold(sessionId: string): Promise<readonly AppSession[]>;
  abstract bySid(sid: string): Promise<AppSession | null>;
  abstract recordTold(sessionId: string, appId: string, at: Date): Promise<void>;
  /** Answers how often it failed by now. */
  abstract recordFailure(sessionId: string, appId: string): Promise<number>;
}
