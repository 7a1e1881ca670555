/** Outlives a restart; VS Code's `Memento`. Not for secrets. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
