import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** Chunks of CSS load in any order, so each one says the order of the layers before anything else. */
const layerOrder: Plugin = {
  name: 'harka:layer-order',
  enforce: 'pre',
  transform: {
    filter: { id: /\/src\/.*\.css$/ },
    handler: (css) => `@layer reset, tokens, base, primitives, features;\n${css}`,
  },
};

/** A file that several pages share is named after all of them; one word is enough. */
const shortName = (name: string): string =>
  name.startsWith('shared') ? 'shared' : name.replace(/\.[a-z0-9]+$/, '');

const config = defineConfig({
  root: import.meta.dirname,
  plugins: [layerOrder, react()],
  // What is taken from the contracts is read from their sources: the app is built beside the server, not after it.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  server: { port: 5173, proxy: { '/api': { target: 'http://127.0.0.1:8080', changeOrigin: false } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // light-dark() and relative colours stay as written: every engine since mid-2024 knows them.
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    // Fonts and images are files: data: URLs would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // The lists of what to fetch ahead are part of the first page: they name what learners wait for, and leave out
      // what the pages of others bring in.
      resolveDependencies: (page, needed) =>
        /(?:home|learning|catalogue|course|lesson|player|app-shell|sign-in)-[^/]*$|front-/.test(page)
          ? needed
          : needed.filter((file) => file.endsWith('.css')),
    },
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${shortName(name)}-[hash].js`,
        assetFileNames: ({ names }) => `assets/${shortName(names[0] ?? 'asset')}-[hash][extname]`,
        // What pages share goes into a few files by who uses it, not into one a module.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules[\\/](?:react|react-dom|scheduler|@tanstack)[\\/]/,
              minShareCount: 4,
            },
            // The frame and what every page of a learner shows, so that no dialog or menu of others comes with it, not even
            // by way of an icon.
            {
              name: 'frame',
              test: /lucide-react[\\/]dist[\\/]esm[\\/]icons[\\/](?:x|circle-check|circle-alert)\.|web[\\/]src[\\/](?:shell[\\/](?:app-shell|header-tools|offline-notice|skip-link|problem-page|answer)|session[\\/](?:session-ended|session-ended-context|session-ended-guard|step-up-guard|session-user|session\.queries)|brand[\\/][\w-]+|design[\\/](?:avatar|badge|button-link|button-look|class-names|empty-state|initials|page-heading|plain-button|progress|skeleton|toast-queue|toasts|use-media-query|use-settled))\.tsx?$/,
            },
            {
              name: 'first',
              test: /web[\\/]src[\\/](?:home[\\/](?:home-page|continue-card|course-part|my-course-card|due-badge|my-learning)|course[\\/](?:course-card|course-cover|cover-pattern|course-facts)|catalogue[\\/]catalogue-card|notifications[\\/](?:notification-bell|notifications\.queries))\.tsx?$/,
            },
            { name: 'shared', entriesAware: true, entriesAwareMergeThreshold: 1_000, minShareCount: 2 },
          ],
        },
      },
    },
  },
});

// Vite reads the default export; a named export with that name keeps the house rule.
export { config as default };
