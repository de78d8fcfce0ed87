/** The words of the aggregator's document, call by call: the rows of its tables. */
import { documentedWords, type DocumentedWord } from '../documented.ts';
import { answerStatuses, bankCodes, payStatuses } from './table.ts';

export const documented: readonly DocumentedWord[] = [
  ...documentedWords('status', 'present', answerStatuses, ({ means }) => (means === 'done' ? 'shown' : null)),
  ...documentedWords('status', 'present', answerStatuses, ({ means }) => (means === 'failed' ? 'declined requestRefused' : null), { data: '(absent)' }),
  ...documentedWords('status', 'query', answerStatuses, ({ means }) => (means === 'done' ? 'paid' : null)),
  ...documentedWords('status', 'query', answerStatuses, ({ means }) => (means === 'failed' ? 'unknown gatewayUnsure' : null), { data: '(absent)' }),
  // An order that was just made and is said to be ended contradicts itself.
  ...documentedWords('data.pay_status', 'present', payStatuses, ({ means }) => (means === 'waiting' ? 'shown' : 'unknown gatewayUnsure')),
  ...documentedWords('data.pay_status', 'query', payStatuses, ({ means }) => means),
  ...documentedWords('data.bank_code', null, bankCodes, ({ wallet }) => wallet),
];
