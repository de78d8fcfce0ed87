/** Reconcile, as the frame knows it: file and result, each loaded when it is first gone to. */
import { lazy } from 'react';
import { columnsOf, type ReconcilePlace } from '../machine/reconcile.ts';
import type { ReconcileResultPlace } from '../machine/reconcile-result.ts';
import { Late } from '../parts/late.tsx';
import { countText } from '../words/days.ts';
import type { PartLook } from './parts.tsx';

const FileScreen = lazy(() => import('./reconcile-file.tsx'));
const ResultScreen = lazy(() => import('./reconcile-result.tsx'));

export const reconcileLook: PartLook<ReconcilePlace> = {
  title: 'screen.reconcile',
  draw: (at, state) => <Late><FileScreen at={at} state={state} /></Late>,
  words: (at, _, { t }) => (at.look ? { polite: t('reconcile.recognised', { count: columnsOf(at).filter(({ ours }) => ours !== null).length }) } : {}),
};

export const reconcileResultLook: PartLook<ReconcileResultPlace> = {
  title: 'screen.reconcile',
  draw: (at, state) => <Late><ResultScreen at={at} state={state} /></Late>,
  words: ({ result }, _, { t }) => (result === null || result === 'gone' ? {} : {
    polite: t('say.counts', { matched: countText(result.matched), here: result.missingHere, there: result.missingThere, different: result.different }),
  }),
};
