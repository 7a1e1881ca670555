/** What the parser makes of a script. */
export type Statement =
  | { readonly kind: 'assign'; readonly name: string; readonly value: Pipeline }
  | {
      readonly kind: 'if';
      readonly test: Pipeline;
      readonly yes: readonly Statement[];
      readonly no: readonly Statement[];
    }
  | {
      readonly kind: 'foreach';
      readonly name: string;
      readonly list: Pipeline;
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'throw'; readonly value: Expression; readonly line: number }
  | { readonly kind: 'pipeline'; readonly value: Pipeline };

/** The first makes values, the others are commands that are given them. */
export interface Pipeline {
  readonly first: Expression | Command;
  readonly then: readonly Command[];
}

export interface Command {
  readonly kind: 'command';
  readonly name: string;
  readonly line: number;
  /** By parameter name, lower case. */
  readonly parameters: ReadonlyMap<string, Expression>;
}

export type Expression =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'property'; readonly of: Expression; readonly name: string }
  | {
      readonly kind: 'replace';
      readonly of: Expression;
      readonly from: Expression;
      readonly to: Expression;
    }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'pair';
      readonly operator: '+' | 'eq' | 'ne';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'group'; readonly value: Pipeline };
