import { stat } from 'node:fs/promises';
import {
  type Platform,
  placeNote,
  platforms,
  programOf,
  usualPipeline,
  writePipeline,
} from '../../core/check/pipeline/pipeline.ts';
import { lookAt } from '../../core/files/look-at.ts';
import { errors } from '../../core/words/errors.ts';
import { plain, say } from '../../core/words/say.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { caution, done } from '../show/lines.ts';
import { ownVersion } from '../surroundings.ts';
import type { Terminal } from '../terminal.ts';
import { usageFailure } from '../usage.ts';

export interface InitPipelineOptions extends CommonOptions {
  readonly customers?: string;
  readonly shards?: string;
  readonly keyVault?: string;
  readonly yes?: true;
}

/** Writes a workflow that checks all customers every night on the engine of the customer's IT. */
export const initPipelineCommand =
  (platform: string, folder: string, options: InitPipelineOptions) =>
  async ({ terminal }: Context): Promise<ExitCode> => {
    if (!isPlatform(platform))
      throw usageFailure(`The platform is one of: ${Object.keys(platforms).join(', ')}.`);
    const found = await lookAt(folder, stat);
    if (!found) throw errors.fileMissing(folder);
    if (!found.isDirectory())
      throw errors.badInput({ file: folder, path: '', expected: say`a folder`, found: say`a file` });
    const pipeline = { ...readOptions(options), program: programOf(ownVersion) };
    const files = await writePipeline(platform, folder, pipeline, (others) =>
      mayReplace(others, options, terminal),
    );
    for (const file of files) terminal.line(done(`Written: ${file}`, terminal.paint).text);
    const note = await placeNote(folder);
    if (note) terminal.line(caution(note, terminal.paint).text);
    terminal.line(
      plain(
        `Read both files before you commit them. What they need is in the first lines of ${files[0]}: the age key, the encrypted preferences, the rights.`,
      ),
    );
    if (options.json) terminal.document({ files });
    return 0;
  };

/** What someone has changed since an earlier run is not lost unasked. */
async function mayReplace(
  files: readonly string[],
  { yes }: InitPipelineOptions,
  { interactive }: Terminal,
): Promise<boolean> {
  if (yes) return true;
  const there = `These files already exist and differ: ${files.join(', ')}.`;
  if (!interactive) throw usageFailure(`${there} Add --yes to replace them.`);
  const { confirm } = await import('../prompts.ts');
  const answer = await confirm({
    message: plain(there),
    active: 'Replace Them',
    inactive: 'Stop',
    initialValue: false,
  });
  return answer === true;
}

const isPlatform = (name: string): name is Platform => Object.hasOwn(platforms, name);

/** What goes into YAML and into a shell has no character that either would take for its own. */
function readOptions({
  customers = usualPipeline.customers,
  shards = String(usualPipeline.shards),
  keyVault,
}: InitPipelineOptions) {
  if (!/^\.$|^\w[\w./-]*$/.test(customers) || customers.includes('..'))
    throw usageFailure(
      '--customers takes a folder of the repository, such as customers: letters from a to z, digits, and . _ - /',
    );
  if (!/^[1-9]\d?$/.test(shards)) throw usageFailure('--shards takes a whole number from 1 to 99.');
  if (keyVault !== undefined && !/^[a-z][a-z0-9-]{1,22}[a-z0-9]$/i.test(keyVault))
    throw usageFailure('--key-vault takes the name of a Key Vault.');
  return { customers, shards: Number(shards), vault: keyVault };
}
