/** Tests of Reconcile: nothing is guessed, the match waits for what is missing, and the result changes nothing. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { StatementLook } from '../../core/contract/types.ts';
import { bindings } from './keys.ts';
import { columnsOf, missingOf, type ReconcilePlace } from './reconcile.ts';
import type { ReconcileResultPlace } from './reconcile-result.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleStatus } from './samples.ts';
import { sampleAllMatched, sampleDayPage, sampleDayView, sampleLook, sampleResult, sampleStatements, sampleTask } from './samples-day.ts';

function place(till: Rehearsal): ReconcilePlace {
  if (till.state.place.name !== 'reconcile') throw new Error(`not on the file but on ${till.state.place.name}`);
  return till.state.place;
}

function resultPlace(till: Rehearsal): ReconcileResultPlace {
  if (till.state.place.name !== 'reconcileResult') throw new Error(`not on the result but on ${till.state.place.name}`);
  return till.state.place;
}

function opened(): Rehearsal {
  const till = new Rehearsal().keys('/', '4');
  const turn = till.state.place.name === 'today' ? String(till.state.place.turn) : '';
  till.send({ type: 'reply', name: 'day', tag: turn, reply: sampleDayView }).send({ type: 'reply', name: 'dayPage', tag: turn, reply: sampleDayPage });
  return till.wait(500).keys('+').wait(500).keys('4').wait(500).send({ type: 'reply', name: 'statements', tag: '', reply: sampleStatements });
}

function looked(look: StatementLook = sampleLook): Rehearsal {
  const till = opened();
  return till.send({ type: 'reply', name: 'statementLook', tag: String(place(till).turn), reply: look });
}

function asked(till: Rehearsal, name: string): readonly Record<string, unknown>[] {
  return till.requests.flatMap((request) => (request.kind === 'call' && request.name === name ? [request.request as Record<string, unknown>] : []));
}

const keysOf = (till: Rehearsal): readonly string[] => bindings(till.state).map(({ key }) => key);

describe('the way back', () => {
  it('leads to the day that it was opened from, from the file and from the last result', () => {
    expect(opened().wait(500).keys('-').state.place).toMatchObject({ name: 'today', stage: 'list', day: '2025-11-20' });
    const till = opened().wait(500).keys('-').send({ type: 'status', status: sampleStatus({ tasks: [sampleTask({ kind: 'reconcile', state: 'done', format: null })] }) });
    till.wait(500).keys('+').wait(500).keys('5').send({ type: 'reply', name: 'reconcileResult', tag: '', reply: sampleResult }).wait(500);
    expect(till.view).toBe('reconcileResult');
    expect(till.keys('-').state.place).toMatchObject({ name: 'today', stage: 'list' });
  });
});

describe('the file', () => {
  it('is looked into at once, and rings the first column that wasn’t recognised', () => {
    expect(asked(opened(), 'statementLook')).toEqual([{ path: sampleStatements.files[0]?.path }]);
    expect(place(looked()).index).toBe(5);
  });
  it('is matched with the columns as they stand, changed ones included', () => {
    const till = looked().keys('4', 'Enter');
    expect(asked(till, 'startReconcile')).toMatchObject([{ gateway: 'shouqianba', mapping: { amountUnit: 'major', columns: { 商户订单号: 'attemptRef', '金额（元）': 'amount', 备注2: 'terminal' } } }]);
  });
  it('never gives one meaning to two columns', () => {
    const till = looked();
    for (let press = 0; press < 20; press += 1) {
      till.keys('6');
      const used = columnsOf(place(till)).map(({ ours }) => ours).filter((ours) => ours !== null);
      expect(new Set(used).size).toBe(used.length);
    }
  });
  it('waits for the amount’s unit, which is never guessed', () => {
    const till = looked({ ...sampleLook, amountUnit: null });
    expect(missingOf(place(till))).toBe('unit');
    expect(keysOf(till)).not.toContain('Enter');
    expect(columnsOf(place(till))[place(till).index]?.meaning).toBe('amountUnknown');
    till.keys('6');
    expect(place(till).unit).toBe('major');
    expect(keysOf(till)).toContain('Enter');
    expect(place(till.keys('6')).unit).toBe('minor');
  });
  it('waits for a reference: an amount alone matches nothing', () => {
    const till = looked({ ...sampleLook, columns: sampleLook.columns.filter(({ ours }) => ours === 'amount' || ours === 'time') });
    expect(missingOf(place(till))).toBe('reference');
    expect(asked(till.keys('Enter'), 'startReconcile')).toEqual([]);
  });
  it('asks whose statement it is where the file doesn’t say, and looks again with the answer', () => {
    const till = looked({ ...sampleLook, gateway: null });
    expect([missingOf(place(till)), place(till).index]).toEqual(['gateway', 0]);
    till.keys('6');
    expect(asked(till, 'statementLook')).toMatchObject([{ gateway: 'shouqianba' }]);
    till.send({ type: 'reply', name: 'statementLook', tag: String(place(till).turn), reply: sampleLook });
    expect([missingOf(place(till)), place(till).index, place(till).gateway]).toEqual([null, 0, 'shouqianba']);
    expect(asked(till.keys('6'), 'statementLook')).toMatchObject([{ gateway: 'omipay' }]);
  });
  it('forgets the last file’s changes with the next one', () => {
    const till = looked().keys('4', '+');
    expect(place(till)).toMatchObject({ file: 1, changes: {}, look: null });
    expect(asked(till, 'statementLook')).toEqual([{ path: sampleStatements.files[1]?.path }]);
  });
});

describe('the match', () => {
  const begun = (): Rehearsal => {
    const till = looked().keys('Enter');
    return till.send({ type: 'reply', name: 'startReconcile', tag: '', reply: { kind: 'started', task: sampleTask({ kind: 'reconcile', startedAt: till.now }) } });
  };
  const done = (till: Rehearsal): Rehearsal => till.send({ type: 'event', event: { type: 'task', task: sampleTask({ kind: 'reconcile', state: 'done' }) } }).send({ type: 'tick' });

  it('that is quick leads to its result at once, without a bar', () => {
    const till = done(begun());
    expect(till.view).toBe('reconcileResult');
    expect(asked(till, 'reconcileResult')).toEqual([{ taskId: 'task-1' }]);
    expect(till.state.taskBars).toEqual([]);
  });
  it('that takes long shows its progress, and then its result', () => {
    const till = begun().wait(1500).send({ type: 'tick' });
    expect(till.view).toBe('progress');
    expect(done(till).view).toBe('reconcileResult');
  });
  it('that was left says in a bar that it is done, and the bar leads to it; so does + 5 on Today', () => {
    const till = done(begun().wait(1500).send({ type: 'tick' }).wait(500).keys('Enter'));
    expect(till.view).toBe('sale');
    expect(till.state.taskBars).toHaveLength(1);
    const other = Object.assign(Object.create(Rehearsal.prototype) as Rehearsal, till);
    expect(till.send({ type: 'task', taskId: 'task-1' }).view).toBe('reconcileResult');
    expect(other.keys('/', '4').wait(500).keys('+').wait(500).keys('5').view).toBe('reconcileResult');
  });
});

describe('the result', () => {
  const shown = (result = sampleResult): Rehearsal => new Rehearsal({ tasks: [sampleTask({ kind: 'reconcile', state: 'done' })] })
    .send({ type: 'task', taskId: 'task-1' }).send({ type: 'reply', name: 'reconcileResult', tag: '', reply: result }).wait(500);

  it('has rows whose effects are the difference of the totals', () => {
    const effects = sampleResult.differences.reduce((sum, row) => sum + row.effectMinor, 0);
    expect(effects).toBe(sampleResult.theirsMinor - sampleResult.oursMinor);
  });
  it('opens the evidence of what is ours, and has no Enter where nothing is', () => {
    const till = shown();
    expect(keysOf(shown().keys('2'))).not.toContain('Enter');
    expect(till.keys('Enter').state.place).toMatchObject({ name: 'paymentDetail', paymentId: 'r-1', back: { name: 'reconcileResult' } });
  });
  it('notes a ready sentence on its digit, in the shop’s language', () => {
    const till = shown().keys('2', '*').wait(500).keys('3');
    expect(asked(till, 'noteDifference')).toMatchObject([{ taskId: 'task-1', index: 2, note: '别的收银台收的' }]);
    expect(resultPlace(till).stage).toBe('rows');
  });
  it('notes a sentence that was typed, and nothing where none was', () => {
    const till = shown().keys('*').wait(500).keys('*').wait(500);
    expect(keysOf(till)).not.toContain('Enter');
    till.send({ type: 'text', text: ' 客服 10:40 ' }).keys('Enter');
    expect(asked(till, 'noteDifference')).toMatchObject([{ index: 1, note: '客服 10:40' }]);
  });
  it('says why it is not told to whoever may not reconcile', () => {
    const till = shown();
    const refusal = { kind: 'refused', message: message('approvalSupervisor') } as const;
    till.send({ type: 'reply', name: 'noteDifference', tag: '', reply: refusal });
    expect([resultPlace(till).result, till.state.notice]).toEqual([sampleResult, { kind: 'message', message: refusal.message }]);
    till.send({ type: 'reply', name: 'reconcileResult', tag: '', reply: refusal });
    expect(resultPlace(till).result).toBe('gone');
  });
  it('exports the differences', () => {
    expect(asked(shown().keys('+'), 'exportDifferences')).toEqual([{ taskId: 'task-1', format: 'xlsx' }]);
  });
  it('where all matched leads back with Enter', () => {
    expect(shown(sampleAllMatched).keys('Enter').view).toBe('sale');
  });
});
