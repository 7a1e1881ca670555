import { limits } from './limits.ts';

/** Exchange stores whole documents, whatever fragment it was given. */
export function wrapHtml(content: string): string {
  if (/<html[\s>]/i.test(content)) return content;
  return `<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>\r\n<body>\r\n${content}\r\n</body>\r\n</html>\r\n`;
}

/** The first characters of the body as plain text. */
export function previewOf(contentType: 'text' | 'html', content: string): string {
  const text = contentType === 'html' ? plainTextOf(content) : content;
  return text.trim().slice(0, limits.previewLength);
}

/** The words of a document without its marks. For reading only: what comes out is no safe HTML. */
export function plainTextOf(html: string): string {
  return html
    .replace(/<(style|script|head)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<(br|\/p|\/div|\/tr|\/li|\/h\d)\b[^>]*>/gi, '\r\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => signs[entity] ?? entity);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entityOf(sign) ?? sign);
}

const signs: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

function entityOf(sign: string): string | undefined {
  return Object.keys(signs).find((entity) => signs[entity] === sign);
}
