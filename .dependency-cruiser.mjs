/** Who may import whom (DESIGN.md 1). Each rule says why; `scripts/check-imports.mjs` fails when nothing was cruised. */
const rooms = 'core|adapters|native-bridge|host|electron|browser-host|cli|renderer|simulator|simulation';

export default {
  forbidden: [
    {
      name: 'core-knows-nothing-outside',
      comment: 'core is the till itself: no Electron, no React, no socket, no file. Pure libraries and node:crypto alone.',
      severity: 'error',
      from: { path: '^core/', pathNot: ['\\.test\\.ts$', '^core/testing/'] },
      to: { pathNot: ['^core/', '^(node:)?crypto$', '^node_modules/zod/'] },
    },
    {
      name: 'crypto-only-where-something-is-signed-or-hashed',
      comment: 'Hashing belongs to the chain, the code hash and the signatures.',
      severity: 'error',
      from: { path: '^core/', pathNot: ['^core/journal/chain\\.ts$', '^core/scan/code-hash\\.ts$', '^core/gateways/md5\\.ts$', '^core/gateways/[^/]+/sign\\.ts$', '\\.test\\.ts$'] },
      to: { path: '^(node:)?crypto$' },
    },
    {
      name: 'gateway-folders-stand-alone',
      comment: 'A gateway imports gateway.ts, the helpers beside it, money, ports and contract; never another gateway, never the engine.',
      severity: 'error',
      from: { path: '^core/gateways/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^core/', pathNot: ['^core/gateways/$1/', '^core/gateways/[^/]+\\.ts$', '^core/money/', '^core/time/', '^core/ports\\.ts$', '^core/contract/'] },
    },
    {
      name: 'gateways-never-import-the-registry',
      comment: 'The registry names the folders, and not the other way round.',
      severity: 'error',
      from: { path: '^core/gateways/[^/]+/' },
      to: { path: '^core/gateways/registry\\.ts$' },
    },
    {
      name: 'engine-knows-no-gateway',
      comment: 'Nothing in the engine knows a gateway by name.',
      severity: 'error',
      from: { path: '^core/(payment|refund|staff|shift|cash|find|export|reconcile|journal|receipt|scan|money|time)/|^core/[^/]+\\.ts$', pathNot: '\\.test\\.ts$' },
      to: { path: '^core/gateways/[^/]+/|^core/gateways/registry\\.ts$' },
    },
    {
      name: 'adapters-know-ports-only',
      comment: 'The real ports know the ports they implement, the settings schema and nothing of the engine.',
      severity: 'error',
      from: { path: '^adapters/', pathNot: '\\.test\\.ts$|/testing/' },
      to: { path: `^(${rooms})/`, pathNot: ['^adapters/', '^core/ports\\.ts$', '^core/journal/(storage|chain|matching)\\.ts$', '^core/export/table\\.ts$', '^core/reconcile/(statement|mapping|amount-cell|statement-time)\\.ts$', '^core/contract/', '^core/money/'] },
    },
    {
      name: 'devices-know-ports-only',
      comment: 'Scanners and printers know bytes and documents, not money.',
      severity: 'error',
      from: { path: '^native-bridge/', pathNot: '\\.test\\.ts$|/testing/|read-back' },
      to: { path: `^(${rooms})/`, pathNot: ['^native-bridge/', '^core/ports\\.ts$', '^core/receipt/document\\.ts$'] },
    },
    {
      name: 'screens-know-the-contract-only',
      comment: 'The renderer asks through the contract and formats amounts; nothing else of the till reaches it.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: `^(${rooms})/`, pathNot: ['^renderer/', '^core/contract/(types|messages|staff-types|shift-types|refund-types|day-types)\\.ts$', '^core/money/', '^core/receipt/document\\.ts$'] },
    },
    {
      name: 'only-electron-imports-electron',
      comment: 'The till runs without Electron: browser host, command line and tests.',
      severity: 'error',
      from: { pathNot: ['^electron/', '^e2e/', '^node_modules/'] },
      to: { path: '^(electron|node_modules/electron(-store)?/)' },
    },
    {
      name: 'simulator-shares-no-code-with-gateways',
      comment: 'It is written from the documents a second time, so that a misreading shows.',
      severity: 'error',
      from: { path: '^simulator/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(core/gateways|core/payment|core/till|adapters|native-bridge|host|electron|browser-host|cli|renderer)' },
    },
    {
      name: 'simulated-gateways-share-no-code-with-gateways',
      comment: 'The simulated world judges core: its gateways and its auditor must not agree with core by sharing code.',
      severity: 'error',
      from: { path: '^simulation/(gateways/|auditor)', pathNot: '\\.test\\.ts$' },
      to: { path: '^core/(gateways|payment)/' },
    },
    { name: 'no-circles', comment: 'Two files that need each other are one file, or three.', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'nothing-unresolved', comment: 'An import that resolves to nothing would hide from every rule above.', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|^node_modules/(?!zod/|electron/|electron-store/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
