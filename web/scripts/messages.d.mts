export function idsOf(poText: string, name: string): string
export function catalogFolders(root: string): { folder: string; name: string }[]
