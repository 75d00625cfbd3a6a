export function keyPair(name: string): Promise<{ key: string; certificate: string }>;
