/** The words of codes that the customer scans, in Chinese. */
export const zhPresent = {
  'screen.present': '出示二维码',

  'cap.showQr': '出示二维码',
  'cap.cancelCode': '作废这个码',
  'cap.printCode': '打在小票上',
  'cap.newCode': '换新码',
  'cap.chargeOtherwise': '换个办法收',

  'present.making': '正在要二维码',
  'present.makingHint': '正在向{gateway}要二维码，马上就来',
  'present.title': '请顾客扫码付款',
  'present.onDisplay': '顾客屏上也有这个码',
  'present.left': '还能用 {time}',
  'present.note': '到账了这里会变成绿色整屏',
  'present.closing': '正在关掉这个码',
  'present.closingHint': '先问有没有付：付了马上告诉你，没付就关掉',
  'present.closingNote': '关好以前，不要再收一次',
  'present.expired': '码过期了，Enter 换新码',
  'present.expiredHint': '旧的码已经关掉，没有人付',
  'present.notClosed': '这个码没能关掉',
  'present.notClosedHint': '没有人付，也不用等；万一有人付了，马上告诉你',
  'present.notClosedNote': '顾客改用别的办法付：按 Enter',
  'present.code': '付款二维码',

  'block.askingForCode': '正在要二维码，请稍等',

  'notPaid.codeClosed': '二维码作废了',
  'notPaid.refundedReason': '付过，已经退了',
  'notPaid.moneyRefunded': '钱已经退给顾客。',
  'notPaid.codeNext': '要付就扫顾客的付款码，或按 * 再出示二维码。',

  'guard.titleNotClosed': '刚才 {amount} 的码没能关掉，顾客付了吗？',
  'guard.subNotClosed': '问到现在没有人付。这次扫码还没有收款。',
  'guard.subNotClosedShow': '问到现在没有人付。新的二维码还没有出示。',
  'guard.notClosed': '没关掉的码',
  'guard.notClosedWait': '顾客说付了，等结果',
  'guard.notClosedCharge': '没付，收 {amount}',
  'guard.notClosedChargeHint': '那个码万一也有人付了，马上告诉你，退一次。',
  'guard.toShow': '要出示的二维码',
  'guard.notShown': '还没出示',
  'guard.subShow': '金额一样，那一笔还没有结果。二维码还没有出示。',
  'guard.subGivenUpShow': '金额一样，那一笔刚刚不等了。二维码还没有出示。',
  'guard.anotherShow': '是另一位，出示 {amount}',
  'guard.anotherShowHint': '给这一位出示新的二维码。那一笔照样继续查。',

  'notice.scanWhileCode': '二维码还开着。这一次扫码没有收款。按 − 作废，关好以后再扫。',
  'notice.scanNotClosed': '这个码没能关掉。这一次扫码没有收款。按 Enter 回到金额，再扫。',

  'say.codeUp': '二维码已出示，{amount}',
  'say.codeClosing': '正在关掉二维码，先别交货',
} as const;
