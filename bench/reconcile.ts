/**
 * Matching statements of ten thousand to a million payments against their journal, beside reading the same file with
 * csv-parse alone, in the same run. Each statement has five differences, which must come out. Sizes may be given: `reconcile.ts 10000`.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { openJournal, type ReadableJournal } from '../adapters/journal/sqlite-journal.ts';
import type { ReconcileResult } from '../core/contract/types.ts';
import { amountDigits } from '../core/money/amount.ts';
import { journalSide, type OurEntry } from '../core/reconcile/our-side.ts';
import { localText } from '../core/time/day.ts';
import { reconcileFile } from '../host/reconcile-work.ts';
import type { WorkShop } from '../host/work-shop.ts';
import { makeBigJournal, type BigJournal } from './big-journal.ts';

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [10_000, 100_000, 1_000_000];
const timezone = 'Asia/Shanghai';
const shop: WorkShop = { storeName: 'Corner shop', timezone, locale: 'en', currency: 'CNY', gatewayNames: {}, gateways: { shouqianba: { currency: 'CNY', terminals: ['100001220024173'] } } };
const head = '交易时间,商户订单号,商户流水号,收钱吧订单号,第三方订单号,交易类型,支付方式,订单金额,实收金额,状态,终端号\r\n';

/** Run by itself for one match, so that its memory is its own. */
const [, , task = '', journalFolder = '', statementPath = ''] = process.argv;
if (task === 'match') {
  console.log(JSON.stringify(await reconcile(journalFolder, statementPath)));
  process.exit();
}

const folder = mkdtempSync(join(tmpdir(), 'scantill-bench-reconcile-'));
const seconds: number[] = [];
try {
  for (const payments of sizes) {
    const big = makeBigJournal(join(folder, String(payments)), payments);
    const journal = openJournal({ folder: big.folder, access: 'reader' });
    try {
      const path = join(folder, 'statement.csv');
      writeStatement(journal, big, path);
      const bareSeconds = await bare(path);
      const { rows, matched, missingHere, missingThere, different, unexplainedMinor, took, cpuSeconds, residentMegabytes } = inItsOwnProcess(big.folder, path);
      seconds.push(took);
      console.log(JSON.stringify({ payments, rows, matched, missingHere, missingThere, different, unexplainedMinor, seconds: took, cpuSeconds, bareCsvSeconds: round(bareSeconds), ratio: round(took / bareSeconds), underAMinute: took < 60, residentMegabytes }));
      if (missingHere !== 2 || missingThere !== 2 || different !== 1 || unexplainedMinor !== 0) throw new Error('the five differences did not come out');
    } finally {
      journal.close();
    }
    rmSync(big.folder, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify({ from: sizes[0], to: sizes.at(-1), growth: round((seconds.at(-1) ?? 0) / (seconds[0] ?? 1)) }));

/** The journal's own gateway rows as the gateway would list them; two left out, one changed, two of another terminal. */
function writeStatement(journal: ReadableJournal, { firstDay, lastDay }: BigJournal, path: string): void {
  const file = openSync(path, 'w');
  let lines = head;
  let count = 0;
  for (const entry of journalSide(journal, 'shouqianba').entries(firstDay, lastDay)) {
    if (entry.moved !== 'yes') continue;
    count += 1;
    if (count === 100 || count === 200) continue;
    lines += line(entry, count === 300 ? 1 : 0);
    if (lines.length > 500_000) {
      writeSync(file, iconv.encode(lines, 'gb18030'));
      lines = '';
    }
  }
  for (const number of [1, 2]) lines += `${lastDay} 23:00:00,\tT99${number},\tT99${number},\t9${number},\`42${number},收款,微信,1.00,1.00,成功,\t100001220024999\r\n`;
  writeSync(file, iconv.encode(`${lines}合计,,,,,,,,,,\r\n`, 'gb18030'));
  closeSync(file);
}

function line(entry: OurEntry, more: number): string {
  const payment = entry.kind === 'payment';
  const amount = amountDigits({ minor: (payment ? entry.minor : -entry.minor) + more, currency: entry.currency });
  const order = payment ? (entry.references[0] ?? '') : '';
  const own = entry.references[0] ?? '';
  return `${localText(entry.at, timezone)},\t${order},\t${own},\t${entry.gatewayRefs[0] ?? ''},\`${entry.walletRefs[0] ?? ''},${payment ? '收款' : '退款'},微信,${amount},${amount},成功,\t100001220024173\r\n`;
}

async function bare(path: string): Promise<number> {
  const began = performance.now();
  let rows = 0;
  const parser = createReadStream(path).pipe(iconv.decodeStream('gb18030')).pipe(parse({ relax_column_count: true }));
  parser.on('data', () => {
    rows += 1;
  });
  await new Promise((resolve, reject) => {
    parser.once('end', resolve);
    parser.once('error', reject);
  });
  if (rows === 0) throw new Error('the statement is empty');
  return (performance.now() - began) / 1000;
}

interface Measured extends Pick<ReconcileResult, 'rows' | 'matched' | 'missingHere' | 'missingThere' | 'different' | 'unexplainedMinor'> {
  readonly took: number;
  readonly cpuSeconds: number;
  readonly residentMegabytes: number;
}

function inItsOwnProcess(home: string, path: string): Measured {
  const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), 'match', home, path], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}

async function reconcile(home: string, path: string): Promise<Measured> {
  const journal = openJournal({ folder: home, access: 'reader' });
  const began = performance.now();
  const found = await reconcileFile(journal, shop, { path, gateway: 'shouqianba', mapping: null, remembered: {} });
  if (found.kind !== 'done') throw new Error(`refused: ${found.message.key}`);
  const took = round((performance.now() - began) / 1000);
  journal.close();
  const { rows, matched, missingHere, missingThere, different, unexplainedMinor } = found.result;
  const { user, system } = process.cpuUsage();
  return { rows, matched, missingHere, missingThere, different, unexplainedMinor, took, cpuSeconds: round((user + system) / 1e6), residentMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
