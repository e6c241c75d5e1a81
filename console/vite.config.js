import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// What is built is what people get, whatever the program is that builds it: React has another build for development.
process.env.NODE_ENV = 'production';

const OUTPUT = join(import.meta.dirname, '..', 'dist', 'console');
/** Smaller than this a packet holds it as it is. */
const WORTH_COMPRESSING = 1024;

/** The server sends what lies beside a file, and compresses nothing while people wait. */
const compressed = {
  name: 'compressed',
  closeBundle() {
    for (const entry of readdirSync(OUTPUT, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(js|css|svg)$/.test(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      const bytes = readFileSync(file);
      if (bytes.length < WORTH_COMPRESSING) continue;
      writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    }
  },
};

/** Every address in the build is relative: the page's `<base>` says which console it is. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), compressed],
  build: {
    outDir: OUTPUT,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
  },
  logLevel: 'warn',
});
