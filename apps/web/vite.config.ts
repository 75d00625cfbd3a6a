import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const config = defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { port: 5173, proxy: { '/api': { target: 'http://127.0.0.1:8080', changeOrigin: false } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // light-dark() and relative colours stay as written: every engine since mid-2024 knows them.
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    // Fonts and images are files: data: URLs would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});

// Vite reads the default export; a named export with that name keeps the house rule.
export { config as default };
