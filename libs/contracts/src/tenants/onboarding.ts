import { z } from 'zod';
import { instant, page, uuid } from '../index.js';

export const MAX_BUNDLE_BYTES = 64 * 1024 * 1024;

/** An onboarding folder as one request: paths relative to the folder, contents in base64. */
export const bundle = z.strictObject({
  files: z
    .array(z.strictObject({ path: z.string().min(1).max(300), content: z.string().max(MAX_BUNDLE_BYTES) }))
    .min(1)
    .max(20_000),
});
export type Bundle = z.output<typeof bundle>;

/** The most that an archive may unpack to. */
export const MAX_ARCHIVE_CONTENT_BYTES = 128 * 1024 * 1024;

/** One thing that is wrong with a bundle, and where. */
export const bundleIssue = z.strictObject({
  code: z.string(),
  file: z.string(),
  /** From 1; null where the whole file is meant. */
  line: z.int().positive().nullable(),
  column: z.int().positive().nullable(),
  detail: z.string(),
  /** What would put it right. */
  help: z.string(),
});
export type BundleIssue = z.infer<typeof bundleIssue>;

const onboardingStep = z.enum(['tenant', 'users', 'content', 'enrolments', 'verify', 'done']);
export type OnboardingStep = z.infer<typeof onboardingStep>;

const counter = z.strictObject({ done: z.int().nonnegative(), total: z.int().nonnegative() });

const onboardingProgress = z.strictObject({ users: counter, courses: counter, enrolments: counter });
export type OnboardingProgress = z.infer<typeof onboardingProgress>;

export const onboarding = z.strictObject({
  id: uuid(),
  slug: z.string(),
  /** SHA-256 over the sorted paths and contents: the same folder is the same onboarding. */
  bundleDigest: z.string(),
  /** Chosen at the start, before there is a tenant. */
  tenantId: uuid(),
  state: z.enum(['running', 'done', 'failed']),
  step: onboardingStep,
  progress: onboardingProgress,
  /** The last comparison of the tenant with its bundle; null before the first. */
  verification: z
    .strictObject({
      checkedAt: instant(),
      matches: z.boolean(),
      /** What differs, in words. After the import this is what the tenant's people have changed since. */
      differences: z.array(z.string()),
    })
    .nullable(),
  failure: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
  createdAt: instant(),
  updatedAt: instant(),
  finishedAt: instant().nullable(),
});
export type Onboarding = z.infer<typeof onboarding>;
export const onboardingPage = page(onboarding);

/** What a faultless bundle would bring. */
export const onboardingCheck = z.strictObject({
  slug: z.string(),
  bundleDigest: z.string(),
  users: z.int().nonnegative(),
  courses: z.int().nonnegative(),
  enrolments: z.int().nonnegative(),
});
export type OnboardingCheck = z.infer<typeof onboardingCheck>;
