// Runs before the first paint: a reader who chose light or dark never sees the other one flash.
// The name carries a number, not a hash: raise it with every change, since /assets/ is cached for good.
(() => {
  try {
    const theme = globalThis.localStorage.getItem('harka.theme');
    if (theme === 'light' || theme === 'dark') globalThis.document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be refused; the system's setting then decides.
  }
})();
