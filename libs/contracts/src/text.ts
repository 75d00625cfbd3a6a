import { z } from 'zod';

// C0 and C1 controls but for tab and line ends, and DEL: none has a place in a name or a title.
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const forbiddenControls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;

const wellFormed = (value: string): boolean => value.isWellFormed();

/** Text of `min` to `max` characters after trimming: well-formed Unicode, no control characters. */
export const text = (min: number, max: number) =>
  z
    .string()
    .max(max * 2)
    .trim()
    .min(min)
    .max(max)
    .refine(
      (value) => wellFormed(value) && !forbiddenControls.test(value),
      'control characters are not allowed',
    );

/** Long text that keeps its white space (Markdown, for one): well-formed Unicode, no control characters. */
export const longText = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (value) => wellFormed(value) && !forbiddenControls.test(value),
      'control characters are not allowed',
    );

/** A DNS label (RFC 1035): a-z, 0-9 and inner hyphens, 1 to 63 characters. */
export const slug = () =>
  z
    .string()
    .max(63)
    .regex(
      /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
      'a slug has a-z, 0-9 and inner hyphens, at most 63 characters',
    );

/** An e-mail address, normalised to lower case; at most 254 characters (RFC 5321). */
export const email = () => z.string().max(254).trim().toLowerCase().pipe(z.email());

/** A UUID in lower case. */
export const uuid = () => z.uuid().toLowerCase();

/** A fully qualified host name in lower case, at most 253 characters, at least two labels. */
export const hostName = () =>
  z
    .string()
    .max(253)
    .trim()
    .toLowerCase()
    .regex(
      /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      'a host name is expected',
    );

/** An instant, ISO 8601 in UTC with a Z. */
export const instant = () => z.iso.datetime();

/** A colour as #rrggbb, normalised to lower case. */
export const hexColor = () =>
  z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, 'a colour is written #rrggbb');
