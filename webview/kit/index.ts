import './kit.css';

export { besideButton, button, copyButton } from './button.ts';
export { checkbox } from './checkbox.ts';
export { progress } from './progress.ts';
export { select } from './select.ts';
export { field, focusFirstField, isField, textarea } from './text-input.ts';
export { register } from './toolkit.ts';
