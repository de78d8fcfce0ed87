/** Checks the fields of a request against a table written down from the document. */

interface FieldRule {
  readonly required?: boolean;
  /** Longest value, in characters unless `bytes`. */
  readonly most?: number;
  readonly bytes?: boolean;
  readonly pattern?: RegExp;
  /** JSON itself, or a text that holds some. */
  readonly json?: boolean;
}

export type FieldTable = Readonly<Record<string, FieldRule>>;

/** One sentence per broken rule; none means that the fields are right. Keys that no table row names are refused too. */
export function faultsOfFields(fields: Readonly<Record<string, unknown>>, table: FieldTable): string[] {
  const faults: string[] = [];
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(table, name)) faults.push(`${name}不是此接口的参数`);
  }
  for (const [name, rule] of Object.entries(table)) {
    const fault = faultOfField(name, fields[name], rule);
    if (fault !== null) faults.push(fault);
  }
  return faults;
}

function faultOfField(name: string, value: unknown, rule: FieldRule): string | null {
  if (value === undefined || value === '') return rule.required === true ? `${name}不可以为空` : null;
  if (rule.json === true) return faultOfJson(name, value, rule);
  if (typeof value !== 'string') return `${name}必须是字符串`;
  const length = rule.bytes === true ? Buffer.byteLength(value) : [...value].length;
  if (rule.most !== undefined && length > rule.most) return `${name}长度不超过${rule.most}`;
  if (rule.pattern !== undefined && !rule.pattern.test(value)) return `${name}格式错误`;
  return null;
}

function faultOfJson(name: string, value: unknown, { most }: FieldRule): string | null {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (most !== undefined && [...text].length > most) return `${name}长度不超过${most}`;
  try {
    const inner: unknown = JSON.parse(text);
    return typeof inner === 'object' && inner !== null ? null : `${name}必须是JSON`;
  } catch {
    return `${name}必须是JSON`;
  }
}

/** The one content type that both documents name; UTF-8 where it says a charset. */
export function isJsonType(header: string | string[] | undefined): boolean {
  return /^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(String(header ?? ''));
}
