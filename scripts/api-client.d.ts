export const ANY_PLATFORM: string;
export function clientFiles(document: object): Promise<Readonly<Record<string, string>>>;
export function staleFiles(document: object): string[];
