/** The words in the language of this screen, typed by their keys. */
import i18next from 'i18next';
import { useContext } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { messageText } from '../../core/contract/messages.ts';
import type { Locale, Message, PaymentView } from '../../core/contract/types.ts';
import type { Notice } from '../machine/state.ts';
import { en } from './en.ts';
import { GatewaysContext, withGatewayName } from './gateways.ts';
import { zhCN, type WordKey } from './zh-CN.ts';

export type Translate = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

export interface Said {
  readonly t: Translate;
  readonly locale: Locale;
  /** A message of the till in this language. */
  readonly text: (message: Message) => string;
  readonly notice: (notice: Notice) => string;
  /** The gateway of a payment in this language. */
  readonly gateway: (payment: Pick<PaymentView, 'gatewayNames'>) => string;
}

export function startWords(locale: Locale): void {
  void i18next.use(initReactI18next).init({
    resources: { 'zh-CN': { translation: zhCN }, en: { translation: en } },
    lng: locale,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
    react: { useSuspense: false },
    initAsync: false,
  });
}

/** Changes the language of everything on screen, and of the root for the right glyph forms. */
export function speak(locale: Locale): void {
  document.documentElement.lang = locale;
  if (i18next.language !== locale) void i18next.changeLanguage(locale);
}

const fixed = new Map<Locale, Translate>();

/** The words of one language, always as the same function: for rows of long lists, which are drawn again only where they change. */
export function wordsIn(locale: Locale): Translate {
  const known = fixed.get(locale);
  if (known) return known;
  const t = i18next.getFixedT(locale);
  const made: Translate = (key, values) => (values ? t(key, { ...values }) : t(key));
  fixed.set(locale, made);
  return made;
}

export function useWords(): Said {
  const { t, i18n } = useTranslation();
  const locale: Locale = i18n.language === 'en' ? 'en' : 'zh-CN';
  const gateways = useContext(GatewaysContext);
  const translate: Translate = (key, values) => t(key, { ...values });
  const text = (message: Message): string => messageText(withGatewayName(message, gateways, locale), locale);
  return {
    t: translate,
    locale,
    text,
    notice: (notice) => (notice.kind === 'message' ? text(notice.message) : translate(notice.key, notice.values)),
    gateway: (payment) => payment.gatewayNames[locale],
  };
}
