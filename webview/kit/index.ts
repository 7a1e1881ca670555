import './kit.css';

export { type Button, button } from './button.ts';
export { checkbox } from './checkbox.ts';
export type { Control } from './control.ts';
export { type Progress, progress } from './progress.ts';
export { type Select, select } from './select.ts';
export { field, textarea } from './text-input.ts';
export { register } from './toolkit.ts';
