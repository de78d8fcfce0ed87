/** How a settings form shows one key of a gateway's block: what it is called, what it means, and what can be written. Types alone. */

/** Words of the form in both languages. */
export interface SettingWords {
  readonly 'zh-CN': string;
  readonly en: string;
}

interface FieldBase {
  /** The key in the block, or in the group that it stands in: exactly one field for each key of the schema, and vice versa. */
  readonly key: string;
  /** What stands above the field: 终端号 terminal_sn ｜ Terminal number (terminal_sn). */
  readonly label: SettingWords;
  /** One sentence below it: where the value comes from, or what it changes; null where the label says it all. */
  readonly help: SettingWords | null;
  /** What holds where it is left empty, shown in the empty field; null where it must be filled. Matches the schema. */
  readonly whenEmpty: SettingWords | null;
  /** That the gateway's `identity` is made of it: where orders are sent to, or as whom (CASES 6). */
  readonly identity?: 'origin' | 'account';
}

/** One field of a gateway's settings form (SCREENS.md 5.17). */
export type SettingField =
  | (FieldBase & { readonly kind: 'text' })
  /** Write-only: it is replaced, never shown, and never leaves the main process. Stands in the gateway's `secretKeys`. */
  | (FieldBase & { readonly kind: 'secret' })
  /** An address; `example` shows how it is written. */
  | (FieldBase & { readonly kind: 'address'; readonly example: string })
  /** One of a few values, chosen and never typed. */
  | (FieldBase & { readonly kind: 'choice'; readonly choices: readonly SettingChoice[] })
  /** A whole number; `range` are the schema's limits, `wise` what the form advises. */
  | (FieldBase & { readonly kind: 'number'; readonly unit: SettingWords; readonly range: NumberRange; readonly wise?: NumberRange })
  /** An amount as text, such as `500.00`. */
  | (FieldBase & { readonly kind: 'amount' })
  /** Keys of a group in braces. The group may be left out as a whole where `whenEmpty` isn't null; groups don't nest. */
  | (FieldBase & { readonly kind: 'group'; readonly fields: readonly Exclude<SettingField, { readonly kind: 'group' }>[] });

export interface SettingChoice {
  /** What stands in settings.json. */
  readonly value: string;
  readonly label: SettingWords;
}

export interface NumberRange {
  readonly least: number;
  readonly most: number;
}
