import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import i18next from 'eslint-plugin-i18next';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const houseRules = [
  { selector: 'ExportAllDeclaration', message: 'Name what you export; no export *.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  { selector: "CallExpression[callee.name='forwardRef']", message: 'Break the cycle instead.' },
];
const environmentRule = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read the environment in libs/config only.',
};
const routeRule = {
  selector: 'Decorator > CallExpression[callee.name=/^(Get|Post|Put|Patch|Delete|Head|Options|All)$/]',
  message: 'Routes are declared with @Endpoint(contract), which cannot be written without an access rule.',
};

/** Words that people read or hear come from the catalogues in apps/web/src/language. */
const wordRules = [
  {
    selector:
      'JSXAttribute[name.name=/^(aria-label|aria-description|aria-roledescription|alt|title|label|placeholder|description|lead|text)$/] > Literal[value=/\\p{L}{2}/u]',
    message: "Say it with t('…').",
  },
  {
    selector:
      "CallExpression[callee.object.name='toasts'][callee.property.name='show'] > Literal:first-child",
    message: "Say it with t('…').",
  },
];

export default defineConfig(
  globalIgnores(['dist', 'coverage', '.harka', 'apps/web/dist']),
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-restricted-syntax': ['error', ...houseRules, environmentRule, routeRule],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/require-await': 'off',
      // Nest declares its option bags as classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  { files: ['libs/config/**'], rules: { 'no-restricted-syntax': ['error', ...houseRules] } },
  {
    files: ['libs/service/**'],
    rules: { 'no-restricted-syntax': ['error', ...houseRules, environmentRule] },
  },
  { files: ['apps/web/**'], extends: [reactHooks.configs.flat['recommended-latest']] },
  {
    // A type import written inline leaves an import behind, and the words of every area would come with the first page.
    files: ['apps/web/src/language/**'],
    rules: { '@typescript-eslint/no-import-type-side-effects': 'error' },
  },
  {
    files: ['apps/web/src/**/*.tsx'],
    plugins: { i18next },
    rules: {
      'i18next/no-literal-string': [
        'error',
        { mode: 'jsx-text-only', words: { exclude: [/^[^\p{L}]*$/u] }, message: "Say it with t('…')." },
      ],
      'no-restricted-syntax': ['error', ...houseRules, environmentRule, routeRule, ...wordRules],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
        performance: 'readonly',
      },
    },
  },
);
