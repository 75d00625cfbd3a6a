import { z } from 'zod';

/** A TCP port; 0 asks the system for a free one. */
export const port = () => z.coerce.number().int().min(0).max(65_535);

/** `on` or `off` (also 1/0, true/false, yes/no). */
export const flag = () =>
  z.stringbool({ truthy: ['on', '1', 'true', 'yes'], falsy: ['off', '0', 'false', 'no'] });

/** An absolute URL, of one of the protocols if any are named (without the colon). */
export const url = (...protocols: readonly string[]) =>
  z.string().refine(
    (text) => {
      if (!URL.canParse(text)) return false;
      return protocols.length === 0 || protocols.includes(new URL(text).protocol.slice(0, -1));
    },
    `a URL${protocols.length === 0 ? '' : ` of kind ${protocols.join(' or ')}`} is expected`,
  );

/** A JSON text whose value fits `schema`. */
export const jsonOf = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'JSON is expected' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** 32 secret bytes in base64. */
export const secret32 = () =>
  z
    .string()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => bytes.length === 32, '32 bytes in base64 are expected');
