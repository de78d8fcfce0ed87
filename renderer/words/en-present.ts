/** The words of codes that the customer scans, in English. */
import type { zhPresent } from './zh-CN-present.ts';

export const enPresent: Readonly<Record<keyof typeof zhPresent, string>> = {
  'screen.present': 'Show QR',

  'cap.showQr': 'Show QR',
  'cap.cancelCode': 'Cancel this code',
  'cap.printCode': 'Print the code',
  'cap.newCode': 'New code',
  'cap.chargeOtherwise': 'Charge another way',

  'present.making': 'Making the code',
  'present.makingHint': '{gateway} is being asked for it: a moment',
  'present.title': 'Ask the customer to scan',
  'present.scanned': 'Scanned. The customer confirms on the phone',
  'present.onDisplay': 'Also on the customer display',
  'present.left': 'valid for {time}',
  'present.note': 'This screen turns green once it is paid',
  'present.closing': 'Closing this code',
  'present.closingHint': 'We ask once more: if it is paid you are told, if not it is closed',
  'present.closingNote': 'Until it is closed, do not charge again',
  'present.expired': 'The code has expired. Enter makes a new one',
  'present.expiredHint': 'The old code is closed, and nobody paid it',
  'present.notClosed': 'This code could not be closed',
  'present.notClosedHint': 'Nobody paid it. No need to wait: should it be paid after all, you are told',
  'present.notClosedNote': 'The customer pays another way: press Enter',
  'present.code': 'QR code to pay',

  'block.askingForCode': 'Making the code, one moment',
  'sale.askingFirst': 'Asking first',
  'block.askingFirst': 'Asking once more whether the code from before was paid, one moment',

  'notPaid.codeClosed': 'The code was cancelled',
  'notPaid.refundedReason': 'It was paid, and given back',
  'notPaid.moneyRefunded': 'The money went back to the customer.',
  'notPaid.codeNext': 'To charge, scan the customer’s code, or press * for a new QR.',

  'guard.titleNotClosed': 'The code for {amount} could not be closed. Was it paid?',
  'guard.subNotClosed': 'Nobody has paid it so far. This scan has charged nothing yet.',
  'guard.subNotClosedShow': 'Nobody has paid it so far. The new QR is not shown yet.',
  'guard.notClosed': 'Code not closed',
  'guard.notClosedWait': 'The customer says so: wait',
  'guard.notClosedCharge': 'Not paid: charge {amount}',
  'guard.notClosedChargeHint': 'Should that code be paid as well, you are told and give one back.',
  'guard.titlePaidNow': 'The code for {amount} has been paid',
  'guard.subPaidNow': 'Nobody has decided about it yet. This scan has charged nothing.',
  'guard.subPaidNowShow': 'Nobody has decided about it yet. The new QR is not shown yet.',
  'guard.paidNow': 'Paid by this customer: see it',
  'guard.paidNowHint': 'Hand over, or give it back. Nothing more is charged.',
  'guard.toShow': 'The QR to show',
  'guard.notShown': 'Not shown yet',
  'guard.subShow': 'The same amount, and that payment has no outcome yet. The QR is not shown yet.',
  'guard.subGivenUpShow': 'The same amount, and that payment was just given up. The QR is not shown yet.',
  'guard.anotherShow': 'Another one: show {amount}',
  'guard.anotherShowHint': 'Shows this customer a new QR. We go on asking about the other.',

  'notice.scanWhileCode': 'The QR code is still open. This scan charged nothing. Press − to cancel it, and scan once it is closed.',
  'notice.scanNotClosed': 'This code could not be closed. This scan charged nothing. Press Enter for the amount, then scan.',

  'say.codeUp': 'QR code shown, {amount}',
  'say.codeScanned': 'The code is scanned. The customer is paying',
  'say.codeClosing': 'Closing the code. Keep the goods',
};
