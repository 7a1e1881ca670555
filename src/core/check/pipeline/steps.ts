/** What a person chooses about a nightly check. */
export interface PipelineOptions {
  /** The folder with the customers, from the top of the repository. */
  readonly customers: string;
  /** On how many machines the customers are spread. */
  readonly shards: number;
  /** The Key Vault that has the age key; without one it is a secret of the platform. */
  readonly vault: string | undefined;
  /** What npx starts. */
  readonly program: string;
}

/** The texts that a repository is given, by their paths from its top. */
export type PipelineFiles = Readonly<Record<string, string>>;

// The shell of both platforms, for bash. `check` ends with 1 where a customer could not be looked at and with 2 where something needs action:
// both are told by the report, and more is a fault of the pipeline.

/**
 * What has to be there before the first night. Whoever opens the file reads it there: no guide lies in their repository. `secretPlace` is
 * where the platform has its secrets, `rights` what it has to be given.
 */
export const needs = (
  { customers, vault, program }: PipelineOptions,
  secretPlace: string,
  rights: readonly string[],
): string => `# It needs an age key as the secret ${
  vault === undefined ? 'TA_EXCHANGE_AGE_KEY' : `ta-exchange-age-key of the vault ${vault}`
},
# and beside each customer file the customer's preferences, encrypted for that key (NAME.ta-email.json.age).
# The line *.ta-email.json* of .gitignore keeps these out too: below it, add the line !*.ta-email.json.age to .gitignore.
#
# Make the key. It opens the preferences of all customers: first add the line my-age-key.txt to .gitignore, and give the file to no one else.
#   npx ${program} key --out my-age-key.txt
# Its line that begins with AGE-SECRET-KEY- is the secret (${vault === undefined ? secretPlace : `in the vault ${vault}`}).
# Encrypt the preferences of each customer for it, and again after each renewal of the client secret:
#   npx ${program} export NAME.ta-email.json --format json --secret encrypt --recipient age1... --out NAME.ta-email.json
# Try what the night will do:
#   npx ${program} check ${customers} --identity my-age-key.txt
# TA_EXCHANGE is what npx starts: a version that is on npm, or a package file in the repository, such as ./ta-exchange.tgz.
${rights.map((line) => `# ${line}\n`).join('')}# Names of customers are in what it tells, so the repository has to be private.`;

/** Lines of a block in YAML, this deep. */
export const block = (spaces: number, text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => `${' '.repeat(spaces)}${line}`.trimEnd())
    .join('\n');

/** Asks AGE_KEY, SHARD and TEMP_FOLDER. Git keeps no empty folder, so one that is missing says nothing while there are customers elsewhere. */
const lookStep = ({ customers, shards }: PipelineOptions): string => `
if [ -z "$(find . -name '*.ta-customer.json' -print -quit)" ]; then
  echo 'There is no customer in this repository.'
  echo '{ "customers": [] }' > "$TEMP_FOLDER/shard.json"
  exit 0
fi
umask 077
printf '%s\\n' "$AGE_KEY" > "$TEMP_FOLDER/age-key.txt"
code=0
npx --yes "$TA_EXCHANGE" check ${customers} --identity "$TEMP_FOLDER/age-key.txt" --shard "$SHARD/${shards}" --json \\
  > "$TEMP_FOLDER/shard.json" || code=$?
rm "$TEMP_FOLDER/age-key.txt"
[ "$code" -le 2 ]`;

/** Asks TEMP_FOLDER, with the documents of all shards in SHARDS. */
const mergeStep = `
code=0
npx --yes "$TA_EXCHANGE" check --merge "$SHARDS"/shard-*/shard.json --json > "$TEMP_FOLDER/customers.json" || code=$?
[ "$code" -le 2 ]
npx --yes "$TA_EXCHANGE" check --merge "$SHARDS"/shard-*/shard.json --format html --out "$TEMP_FOLDER/customers.html" || code=$?
[ "$code" -le 2 ]`;

/** The last step of the report, which has told of all other parts by then. Asks SHARDS. */
const countStep = ({ shards }: PipelineOptions): string => `
missing=0
for shard in $(seq ${shards}); do
  [ -f "$SHARDS/shard-$shard/shard.json" ] && continue
  echo "Part $shard of ${shards} is missing. The report does not have its customers."
  missing=1
done
exit "$missing"`;

/** What the jobs run: the same on either engine. */
export const stepsOf = (options: PipelineOptions) => ({
  look: lookStep(options),
  merge: mergeStep,
  count: countStep(options),
  countTitle: 'All parts are there',
});
