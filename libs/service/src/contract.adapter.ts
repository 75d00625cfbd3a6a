import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { cookieHeader, Download, Reply } from './reply.js';

/** Nest's Fastify adapter, which also knows how to send a `Reply` and a `Download`. */
export class ContractAdapter extends FastifyAdapter {
  override reply(response: FastifyReply, body: unknown, statusCode?: number) {
    if (body instanceof Reply) {
      const { status, etag, cookies = [], setCookies = [], headers = {} } = body.options;
      for (const [name, value] of Object.entries(headers)) response.header(name, value);
      if (etag !== undefined) response.header('etag', `"${etag}"`);
      for (const cookie of cookies) response.header('set-cookie', cookieHeader(cookie));
      for (const cookie of setCookies) response.header('set-cookie', cookie);
      return super.reply(response, body.body, status ?? statusCode);
    }
    if (body instanceof Download) {
      const { contentType, length, status, headers = {} } = body.options;
      for (const [name, value] of Object.entries(headers)) response.header(name, value);
      response.header('content-type', contentType);
      if (length !== undefined) response.header('content-length', length);
      return response.status(status ?? 200).send(body.content ?? undefined);
    }
    return super.reply(response, body, statusCode);
  }
}
