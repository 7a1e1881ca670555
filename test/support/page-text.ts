const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** A page of ours as a person reads it: a line for each block, `## ` before the title of a section, values between backquotes. */
export function pageText(page: string): string {
  return page
    .replace(/^[\s\S]*<body[^>]*>/, '')
    .replaceAll('\n', '')
    .replaceAll(/<script[\s\S]*?<\/script>/g, '')
    .replaceAll(/<\/?code[^>]*>/g, '`')
    .replaceAll('</dt>', ': ')
    .replaceAll(/<h2[^>]*>/g, '\n## ')
    .replaceAll(/<\/(h1|h2|p|li|dd)>/g, '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&(lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity);
}

/** The lines of one section of such a text. */
export function sectionText(text: string, title: string): string {
  const [, section] = text.split(`## ${title}\n`);
  if (section === undefined) throw new Error(`The page has no section "${title}".`);
  return section.split('\n## ')[0] ?? '';
}
