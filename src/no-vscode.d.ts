// Where a folder must not know VS Code, the module "vscode" is this file: it has nothing to import.
export {};
