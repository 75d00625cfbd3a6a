const HEAD = '<!--harka:head-->';

/** `index.html` of the web app with a place for the head of a tenant. */
export class PageTemplate {
  /** @throws Error when the file has no such place. */
  constructor(private readonly html: string) {
    if (!html.includes(HEAD)) throw new Error(`The page has no ${HEAD} in its head.`);
  }

  render(head: string, language: string, nonce: string): string {
    // Functions, since a dollar sign in a name would mean something in a replacement text.
    return (
      this.html
        .replace(/<html lang="[^"]*"/, () => `<html lang="${language}"`)
        // Before the head comes in, so that only the app's own scripts and preloads are named.
        .replaceAll(/<(script|link rel="modulepreload")(?=[\s>])/g, (tag) => `${tag} nonce="${nonce}"`)
        .replace(HEAD, () => head)
    );
  }
}

/** Stands in where the web app was not built. */
export const bareTemplate = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    ${HEAD}
  </head>
  <body><p>The web app of this installation was not built.</p></body>
</html>
`;
