import { azurePipelinesFiles } from './azure-pipelines.ts';
import { githubFiles } from './github.ts';

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

/** One platform a row. */
export const platforms = {
  github: githubFiles,
  'azure-pipelines': azurePipelinesFiles,
} satisfies Record<string, (options: PipelineOptions) => PipelineFiles>;

export type Platform = keyof typeof platforms;
