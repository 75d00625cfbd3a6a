import type { Page } from '#libs/contracts';
import type { BundleFiles } from './bundle/bundle.js';
import type { Onboarding } from './onboarding.js';

export abstract class OnboardingRepository {
  abstract find(id: string): Promise<Onboarding | null>;

  abstract ofBundle(slug: string, bundleDigest: string): Promise<Onboarding | null>;

  /** The newest onboarding of the slug that is not done, of whatever bundle. */
  abstract unfinished(slug: string): Promise<Onboarding | null>;

  /** Newest first. */
  abstract list(query: { limit: number; cursor?: string | undefined }): Promise<Page<Onboarding>>;

  /** With the bundle itself. False when the same bundle is known already. */
  abstract insert(onboarding: Onboarding, files: BundleFiles): Promise<boolean>;

  /** A failed one runs again, from the step that failed, with the files of its bundle. */
  abstract restart(id: string, files: BundleFiles, now: Date): Promise<void>;

  abstract files(id: string): Promise<BundleFiles>;

  /** Takes a running one that nobody works on, for as long as the lease lasts. */
  abstract claim(
    owner: string,
    lease: { readonly now: Date; readonly until: Date },
  ): Promise<Onboarding | null>;

  /** @throws LeaseLost */
  abstract renew(id: string, owner: string, until: Date): Promise<void>;

  /** @throws LeaseLost */
  abstract save(onboarding: Onboarding, owner: string): Promise<void>;

  /** Gives the lease up; nobody takes it before `until`. */
  abstract release(id: string, owner: string, until: Date): Promise<void>;

  abstract saveVerification(onboarding: Onboarding): Promise<void>;

  /** A bundle of the slug is in; its files, and those of the faulty ones before it, are needed no more. */
  abstract forgetFiles(slug: string): Promise<void>;
}
