/** A control with its label, help and error. */
export interface Control<T> {
  /** What goes into the page. */
  readonly node: HTMLElement;
  value: T;
  /** Empty: none. */
  setHelp(text: string): void;
  /** Empty: none. */
  setError(text: string): void;
  focus(): void;
}

export interface ControlOptions<T> {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly required?: boolean;
  readonly onInput: (value: T) => void;
}
