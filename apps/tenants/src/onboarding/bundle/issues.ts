import type { BundleIssue } from '#libs/contracts/tenants';

/** A place in a text, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Everything that is wrong with a bundle: reading goes on after a fault, so that all are told at once. */
export class Issues {
  private readonly found: BundleIssue[] = [];

  add(file: string, place: Place | null, issue: { code: string; detail: string; help: string }): void {
    this.found.push({ ...issue, file, line: place?.line ?? null, column: place?.column ?? null });
  }

  /** By file, then by place. */
  list(): BundleIssue[] {
    return [...this.found].sort(
      (a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
    );
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
