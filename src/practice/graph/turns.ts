/** Gives the choices one after the other, over and over: where the service answers now this, now that. */
export function takeTurns<T>(choices: readonly [T, ...T[]]): () => T {
  let taken = 0;
  return () => {
    const choice = choices[taken % choices.length] ?? choices[0];
    taken += 1;
    return choice;
  };
}
