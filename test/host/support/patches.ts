/** Puts other values in place of VS Code's own; `restore` puts all of them back. */
export interface Patches {
  put(object: object, name: string, value: unknown): void;
  restore(): void;
}

export function createPatches(): Patches {
  const before: (() => void)[] = [];
  return {
    put(object, name, value) {
      const old = Object.getOwnPropertyDescriptor(object, name);
      Object.defineProperty(object, name, { value, configurable: true, writable: true, enumerable: true });
      before.push(() => {
        if (old) Object.defineProperty(object, name, old);
        else Reflect.deleteProperty(object, name);
      });
    },
    restore() {
      for (const undo of before.splice(0).reverse()) undo();
    },
  };
}
