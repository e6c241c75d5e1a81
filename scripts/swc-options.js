/** How TypeScript becomes JavaScript, in the tests as in what is built. The decorators are those of tsconfig.json. */
export const swcOptions = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true, tsx: true, dynamicImport: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: false,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
    keepClassNames: true,
    target: 'es2022',
  },
  module: { type: 'es6' },
};
