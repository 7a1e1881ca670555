import * as vscode from 'vscode';
import * as z from 'zod/mini';

const Text = z.optional(z.string());
const Setting = z.object({
  type: z.string(),
  enum: z.optional(z.array(z.string())),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  pattern: Text,
  patternErrorMessage: Text,
});
type Setting = z.infer<typeof Setting>;
const Manifest = z.object({
  contributes: z.object({ configuration: z.object({ properties: z.record(z.string(), Setting) }) }),
});

/** A value that does not fit counts as not set: said when a page opens, with the way to it. The value is not repeated: it may be a secret. */
export function tellUnusedSettings({ extension }: Pick<vscode.ExtensionContext, 'extension'>): void {
  const { properties } = z.parse(Manifest, extension.packageJSON).contributes.configuration;
  const read = vscode.workspace.getConfiguration('taExchange');
  for (const [id, setting] of Object.entries(properties)) {
    const value = read.inspect<unknown>(id.replace('taExchange.', ''))?.globalValue;
    const wanted = fits(value, setting) ? undefined : wantedOf(setting);
    if (wanted === undefined) continue;
    const open = vscode.l10n.t('Open Setting');
    const message = vscode.l10n.t(
      'The setting {0} is not used, because its value does not fit. {1}',
      id,
      wanted,
    );
    void vscode.window.showWarningMessage(message, open).then(async (answer) => {
      if (answer === open) await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${id}`);
    });
  }
}

function fits(value: unknown, { type, pattern, minimum = 0, maximum = 0, ...setting }: Setting): boolean {
  if (value === undefined) return true;
  if (type === 'integer')
    return Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
  if (typeof value !== type) return false;
  return (setting.enum?.includes(String(value)) ?? true) && new RegExp(pattern ?? '').test(String(value));
}

function wantedOf({ type, patternErrorMessage, minimum = 0, maximum = 0, ...setting }: Setting): string {
  if (type === 'integer') return vscode.l10n.t('Enter a whole number from {0} to {1}.', minimum, maximum);
  if (type === 'boolean') return vscode.l10n.t('Enter true or false.');
  return patternErrorMessage ?? vscode.l10n.t('Enter one of these: {0}.', setting.enum?.join(', ') ?? '');
}
