import { Controller } from '@nestjs/common';
import { endOtherSessions, endSession, listSessions, login, logout, refresh } from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { currentActor, requireUserId } from '#libs/tenancy';
import { EndOtherSessions } from './end-other-sessions.use-case.js';
import { EndSession } from './end-session.use-case.js';
import { ListSessions } from './list-sessions.use-case.js';
import { LogIn } from './log-in.use-case.js';
import { LogOut } from './log-out.use-case.js';
import { RefreshSession } from './refresh-session.use-case.js';
import { orSecondStep } from '../factor/second-step.reply.js';
import {
  givenDeviceToken,
  givenRefreshToken,
  requiredRefreshToken,
  signedInReply,
  signedOutReply,
} from './session.cookies.js';
import { sessionView } from './session.js';

@Controller()
export class SessionController {
  constructor(
    private readonly logIn: LogIn,
    private readonly refreshSession: RefreshSession,
    private readonly logOut: LogOut,
    private readonly list: ListSessions,
    private readonly end: EndSession,
    private readonly endOthers: EndOtherSessions,
  ) {}

  @Endpoint(login)
  async login(@Input() input: InputOf<typeof login>): Promise<ResultOf<typeof login>> {
    const { email, password, delivery } = input.body;
    const device = givenDeviceToken(input);
    return orSecondStep(async () =>
      signedInReply(await this.logIn.execute(email, password, device), input, delivery),
    );
  }

  @Endpoint(refresh)
  async refresh(@Input() input: InputOf<typeof refresh>): Promise<ResultOf<typeof refresh>> {
    const { token, delivery } = requiredRefreshToken(input.body, input);
    return signedInReply(await this.refreshSession.execute(token), input, delivery);
  }

  @Endpoint(logout)
  async logout(@Input() input: InputOf<typeof logout>): Promise<ResultOf<typeof logout>> {
    await this.logOut.execute(givenRefreshToken(input.body, input)?.token);
    return signedOutReply(input);
  }

  @Endpoint(listSessions)
  async sessions(): Promise<ResultOf<typeof listSessions>> {
    const { sessionId } = currentActor();
    const sessions = await this.list.execute(requireUserId());
    return { items: sessions.map((session) => sessionView(session, sessionId)), nextCursor: null };
  }

  @Endpoint(endSession)
  async endOne(@Input() { params }: InputOf<typeof endSession>): Promise<ResultOf<typeof endSession>> {
    await this.end.execute(params.sessionId, requireUserId());
    return undefined;
  }

  @Endpoint(endOtherSessions)
  async endAllOthers(): Promise<ResultOf<typeof endOtherSessions>> {
    await this.endOthers.execute(requireUserId());
    return undefined;
  }
}
